using System.Security.Cryptography;
using LiveCam.Engine;

namespace LiveCam.Platform.Downloads;

/// <summary>What is here of a download: a file beside the target that only one process writes, hashed as it grows.</summary>
internal sealed class PartialFile : IDisposable
{
    private readonly DownloadRequest request;
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartialFile(DownloadRequest request, FileStream file) => (this.request, this.file) = (request, file);

    /// <summary>Bytes that are here.</summary>
    public long Length => file.Length;

    /// <summary>Whether these are the bytes that are expected.</summary>
    public bool IsRight => Length == request.Bytes && Convert.ToHexStringLower(hash.GetCurrentHash()) == request.Sha256;

    /// <summary>Opens what an earlier attempt left, or an empty file.</summary>
    /// <exception cref="LiveCamException">Another process downloads it, or something else than a file has its name.</exception>
    public static PartialFile Open(DownloadRequest request, CancellationToken stop)
    {
        var there = new FileInfo(request.Partial);
        // A link would have somebody else's file written.
        if (there.LinkTarget is not null) there.Delete();
        FileStream file;
        try
        {
            // Without a buffer a full disk is told where it is met.
            file = new(request.Partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException error) when (File.Exists(request.Partial))
        {
            throw new LiveCamException($"Downloading {request.Title}: {request.Partial} is in use; does another LiveCam download it?", error);
        }
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new LiveCamException($"Downloading {request.Title}: {request.Partial} is no plain file; delete it.");
        }
        var partial = new PartialFile(request, file);
        try
        {
            if (file.Length > request.Bytes) partial.Clear();
            partial.HashWhatIsThere(stop);
            return partial;
        }
        catch
        {
            partial.Dispose();
            throw;
        }
    }

    private void HashWhatIsThere(CancellationToken stop)
    {
        var buffer = new byte[1 << 20];
        for (int count; (count = file.Read(buffer)) > 0; hash.AppendData(buffer.AsSpan(0, count))) stop.ThrowIfCancellationRequested();
    }

    /// <summary>Asks whether the rest has room on the disk.</summary>
    /// <exception cref="LiveCamException">It has none.</exception>
    public void Reserve()
    {
        long free = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(request.Partial))!).AvailableFreeSpace, missing = request.Bytes - Length;
        if (free < missing)
            throw new LiveCamException($"Downloading {request.Title}: it needs {missing / 1e6:N0} MB more, but {free / 1e6:N0} MB are free at {Path.GetDirectoryName(request.Target)}; make room, or set XDG_CACHE_HOME to another disk.");
    }

    /// <exception cref="LiveCamException">The disk takes no more; then nothing of the file stays on it.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            file.Write(bytes);
        }
        catch (IOException error)
        {
            long came = Length;
            Clear();
            throw new LiveCamException($"Downloading {request.Title}: the disk of {Path.GetDirectoryName(request.Target)} takes no more after {came:N0} of {request.Bytes:N0} bytes ({error.Message.TrimEnd('.')}); make room and try again.", error);
        }
        hash.AppendData(bytes);
    }

    /// <summary>Throws away what is here.</summary>
    public void Clear()
    {
        file.SetLength(0);
        hash.GetHashAndReset();
    }

    public void Flush() => file.Flush(flushToDisk: true);

    /// <summary>Closes the file; an empty one is not left behind.</summary>
    public void Dispose()
    {
        bool isEmpty = file.Length == 0;
        file.Dispose();
        hash.Dispose();
        if (isEmpty) WholeFile.TryDelete(request.Partial);
    }
}
