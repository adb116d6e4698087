using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform.Native;

/// <summary>A camera, video file or stream through the bridge library liblivecam_video (OpenCV's videoio).</summary>
internal sealed unsafe class OpenCvCamera : Camera
{
    private const int Patience = 10_000;   // milliseconds for a stream to open, and for every picture, where nobody says otherwise

    private readonly long openedAt = Stopwatch.GetTimestamp();
    private nint handle;
    private TimeSpan last = TimeSpan.MinValue;

    private OpenCvCamera(nint handle, string name, int width, int height, bool device, bool stream)
    {
        (this.handle, Name, Width, Height) = (handle, name, width, height);
        double rate, frames;
        if (VideoBridge.Facts(handle, &rate, &frames) == Code.Ok)
        {
            if (rate is > 0 and < 10_000) FramesPerSecond = rate;
            if (!device && frames is >= 1 and < 1e15) FrameCount = (long)frames;
        }
        IsLive = device || (stream && FrameCount is null);
    }

    public override string Name { get; }
    public override int Width { get; }
    public override int Height { get; }
    public override double FramesPerSecond { get; }
    public override long? FrameCount { get; }
    public override bool IsLive { get; }

    public static OpenCvCamera OpenFile(string path)
    {
        nint handle;
        int width, height;
        // "file:" keeps a name with a colon or a percent sign from being taken for a protocol or a numbered sequence.
        if (VideoBridge.OpenFile("file:" + Path.GetFullPath(path), 0, 0, &handle, &width, &height) != Code.Ok)
            throw new LiveCamException($"Opening \"{path}\": {VideoBridge.LastError}. Is it a video, and is it whole?");
        return new OpenCvCamera(handle, path, width, height, device: false, stream: false);
    }

    public static OpenCvCamera OpenStream(string url, CameraWish wish)
    {
        int toOpen = wish.OpenMilliseconds > 0 ? wish.OpenMilliseconds : Patience, toRead = wish.ReadMilliseconds > 0 ? wish.ReadMilliseconds : Patience;
        string title = CameraSource.Title(url);
        nint handle;
        int width, height;
        if (VideoBridge.OpenFile(url, toOpen, toRead, &handle, &width, &height) != Code.Ok)
            throw new LiveCamException($"Opening the stream {title}: {VideoBridge.LastError}, or nobody answers there. Is the address right and the sender running?");
        return new OpenCvCamera(handle, title, width, height, device: false, stream: true);
    }

    public static OpenCvCamera OpenDevice(int index, CameraWish wish)
    {
        nint handle;
        int width = wish.Width, height = wish.Height;
        if (VideoBridge.OpenDevice(index, wish.FramesPerSecond, &handle, &width, &height) != Code.Ok)
            throw new LiveCamException($"Opening camera {index}: {VideoBridge.LastError}. Is another program using it, and may you read /dev/video{index} (group video)?");
        string name = CameraList.Read().FirstOrDefault(camera => camera.Index == index).Name ?? $"camera {index}";
        return new OpenCvCamera(handle, name, width, height, device: true, stream: false);
    }

    public override bool Read(ref Picture? slot, out TimeSpan time)
    {
        ObjectDisposedException.ThrowIf(handle == 0, this);
        bool fits = slot is { Format: PixelFormat.Bgr8 };
        int width = fits ? slot!.Width : Width, height = fits ? slot!.Height : Height;
        double milliseconds = 0;
        Code code = Code.Resize;
        for (int attempt = 0; code == Code.Resize && attempt < 3; attempt++)
        {
            byte[]? bytes = width > 0 && height > 0 ? Fit(ref slot, width, height).Bytes : null;
            fixed (byte* pixels = bytes) code = VideoBridge.Read(handle, pixels, &width, &height, &milliseconds);
        }
        if (code == Code.Failed) throw new LiveCamException($"Reading a frame of {Name}: {VideoBridge.LastError}.");
        time = IsLive ? Stopwatch.GetElapsedTime(openedAt) : TimeSpan.FromMilliseconds(milliseconds);
        if (code != Code.Ok) return false;
        // Frames that the decoder still held at the end of a file come without a time: they follow at the stated rate.
        if (time <= last) time = last + TimeSpan.FromSeconds(1 / (FramesPerSecond > 0 ? FramesPerSecond : 30));
        last = time;
        return true;
    }

    public override void Dispose()
    {
        if (handle != 0) VideoBridge.Close(handle);
        handle = 0;
        GC.SuppressFinalize(this);
    }

    ~OpenCvCamera() => Dispose();
}
