namespace LiveCam.Engine.Data;

/// <summary>What the files of one data set may take in memory together; see <see cref="Limits.DataBytes"/>.</summary>
internal sealed class DataBudget
{
    /// <summary>What is left of it.</summary>
    public long Left { get; private set; } = Limits.DataBytes;

    /// <summary>Takes memory, if that much is left.</summary>
    /// <param name="path">The file it is for.</param>
    /// <param name="what">What is read, for the sentence.</param>
    /// <exception cref="LiveCamException">It is not.</exception>
    public void Take(long bytes, string path, string what)
    {
        if (bytes > Left) throw Spent(path, $"{what} would take {bytes} bytes");
        Left -= bytes;
    }

    /// <summary>The error of a file that holds more than is left.</summary>
    public LiveCamException Spent(string path, string fact) =>
        new($"Cannot read {path}: {fact}, but {Left} are left of the {Limits.DataBytes >> 20} MiB that a data set may take in memory; leave some of its files out, or raise the limit by LIVECAM_LIMITS.");
}
