using LiveCam.Engine.Pictures;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Hosting;

/// <summary>A network at work in a host's frame, one picture after the other; no call but the constructor and <see cref="Dispose"/> waits.</summary>
internal abstract class HostedRun(Scoring? scoring, int features) : IDisposable
{
    /// <summary>Ranks the answer that came last; null where the network ranks no classes.</summary>
    public Scoring? Scoring => scoring;

    /// <summary>The features of the answer that came last, a number for each channel.</summary>
    public float[] Features { get; } = new float[features];

    /// <summary>Where the shown layer is; null where none is.</summary>
    public abstract HostedMaps? Maps { get; }

    /// <summary>Whether a picture is being looked at, so that no other can begin.</summary>
    public abstract bool IsBusy { get; }

    /// <summary>Takes a picture for the next <see cref="Start"/>; it is copied.</summary>
    public abstract void Put(ReadOnlySpan<byte> pixels, int width, int height, PixelFormat format, int stride);

    /// <summary>Takes a texture for the next <see cref="Start"/>; it is copied behind the commands issued so far.</summary>
    public abstract void Put(uint texture, bool bottomRowFirst);

    /// <summary>Begins with the picture that was put last.</summary>
    public abstract void Start(long number);

    /// <summary>Spends the budget, and looks for an answer.</summary>
    /// <param name="number">The picture that the answer is of, as <see cref="Start"/> was told.</param>
    /// <returns>Whether an answer came.</returns>
    public abstract bool GoOn(TimeSpan budget, out long number);

    public abstract void Dispose();
}
