using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform.OpenCv;

namespace LiveCam.Platform;

/// <summary>
/// A video file being written under a temporary name beside its own. <see cref="Finish"/> makes it appear; disposing
/// without it leaves nothing behind. One thread at a time.
/// </summary>
public abstract class VideoWriter : IDisposable
{
    // How often a video looks for room on the disk, and what it leaves to others: encoders keep silent about writes that fail.
    private const int FramesPerLook = 30;
    private const long LeastRoom = 16L << 20;

    private static readonly Dictionary<string, string[]> Codecs = new() { [".mp4"] = ["mp4v", "avc1"], [".avi"] = ["MJPG"] };

    private readonly string partial;
    private bool ended;

    protected VideoWriter(string path, string partial, int width, int height, double framesPerSecond)
    {
        (FilePath, this.partial) = (path, partial);
        (Width, Height, FramesPerSecond) = (width, height, framesPerSecond);
    }

    /// <summary>The file that <see cref="Finish"/> leaves.</summary>
    public string FilePath { get; }

    /// <summary>Width every frame must have, in pixels. The file's is the next even number: its last column is repeated.</summary>
    public int Width { get; }

    /// <summary>Height every frame must have, in pixels. The file's is the next even number: its last row is repeated.</summary>
    public int Height { get; }

    public double FramesPerSecond { get; }

    /// <summary>Frames written so far.</summary>
    public long Frames { get; private set; }

    /// <summary>Starts a video file: <c>.mp4</c> (MPEG-4, or H.264 where that is missing) or <c>.avi</c> (Motion JPEG).</summary>
    /// <exception cref="LiveCamException">The extension, size or rate cannot be written, or the place cannot.</exception>
    public static VideoWriter Create(string path, int width, int height, double framesPerSecond)
    {
        if (!Codecs.TryGetValue(Path.GetExtension(path).ToLowerInvariant(), out string[]? codecs))
            throw new LiveCamException($"Writing the video \"{path}\": its name ends in \"{Path.GetExtension(path)}\" but videos are written as {string.Join(" or ", Codecs.Keys)}.");
        if (width is < 2 or > 8192 || height is < 2 or > 8192 || !(framesPerSecond is > 0 and <= 1000))
            throw new LiveCamException($"Writing the video \"{path}\": {width}x{height} pixels at {framesPerSecond} frames per second cannot be encoded; sides go from 2 to 8192 and rates up to 1000.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) throw new LiveCamException($"Writing the video \"{path}\": the folder {folder} does not exist.");
        try
        {
            PlainFile.CheckTarget(path);
            WholeFile.SweepPartials(path);
        }
        catch (IOException error)
        {
            throw new LiveCamException($"Writing the video \"{path}\": {error.Message.TrimEnd('.')}.", error);
        }
        return OpenCvVideoWriter.Open(path, WholeFile.PartialOf(path), codecs, width, height, framesPerSecond);
    }

    /// <summary>Appends a frame of any pixel format (alpha is dropped).</summary>
    /// <exception cref="LiveCamException">The frame has another size than the video, or the encoder failed.</exception>
    public void Write(Picture frame)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        if (frame.Width != Width || frame.Height != Height)
            throw new LiveCamException($"Writing the video \"{FilePath}\": frame {Frames} has {frame.Width}x{frame.Height} pixels but the video was started with {Width}x{Height}.");
        if (Frames % FramesPerLook == 0 && Room() is { } room && room < LeastRoom)
            throw new LiveCamException($"Writing the video \"{FilePath}\": the disk is full after {Frames} frames, {room >> 20} MiB are left. Make room, or record elsewhere.");
        Append(frame);
        Frames++;
    }

    /// <summary>Completes the file and gives it its name, replacing a file that has it.</summary>
    /// <exception cref="LiveCamException">No frame was written, or the encoder or the disk failed.</exception>
    public void Finish()
    {
        ObjectDisposedException.ThrowIf(ended, this);
        ended = true;
        try
        {
            Close();
            if (Frames == 0) throw new LiveCamException($"Writing the video \"{FilePath}\": it was finished without a frame, so there is nothing to keep.");
            Verify(partial);
            File.Move(partial, FilePath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Writing the video \"{FilePath}\": {e.Message.TrimEnd('.')}.", e);
        }
        finally
        {
            WholeFile.TryDelete(partial);
        }
    }

    /// <summary>Drops the file unless it was finished.</summary>
    public void Dispose()
    {
        if (ended) return;
        ended = true;
        try { Close(); }
        finally { WholeFile.TryDelete(partial); }
        GC.SuppressFinalize(this);
    }

    protected abstract void Append(Picture frame);

    /// <summary>Finds out whether a closed file is whole.</summary>
    /// <exception cref="LiveCamException">It cannot be read.</exception>
    protected virtual void Verify(string file)
    {
        try
        {
            OpenCvCamera.OpenFile(file).Dispose();
        }
        catch (LiveCamException error)
        {
            throw new LiveCamException($"Writing the video \"{FilePath}\": what was written cannot be read back, so the disk is full or failing.", error);
        }
    }

    /// <summary>Bytes that the disk has room for; null where it does not say.</summary>
    private long? Room()
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(partial))!).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes what the container still needs and closes it; called once.</summary>
    protected abstract void Close();
}
