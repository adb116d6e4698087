using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using OpenCvSharp;

namespace LiveCam.Platform.NuGet;

/// <summary>A camera, video file or stream through OpenCvSharp.</summary>
internal sealed class OpenCvSharpCamera : Camera
{
    private const int Patience = 10_000;   // milliseconds for a stream to open, and for every picture, where nobody says otherwise
    private const int OpenTimeout = 53, ReadTimeout = 54;   // CAP_PROP_OPEN_TIMEOUT_MSEC, CAP_PROP_READ_TIMEOUT_MSEC: not named in every version
    private const int MostDamaged = 30;

    private readonly long openedAt = Stopwatch.GetTimestamp();
    private readonly VideoCapture source;
    private readonly Mat frame = new(), bgr = new();
    private readonly bool packets;         // the source delivers JPEG files, and they are decoded here
    private bool isMarked;                 // one of them had its end marker, so one without it is torn
    private TimeSpan last = TimeSpan.MinValue;

    private OpenCvSharpCamera(VideoCapture source, string name, bool device, bool stream)
    {
        (this.source, Name) = (source, name);
        Width = (int)source.Get(VideoCaptureProperties.FrameWidth);
        Height = (int)source.Get(VideoCaptureProperties.FrameHeight);
        double rate = source.Get(VideoCaptureProperties.Fps), frames = source.Get(VideoCaptureProperties.FrameCount);
        if (rate is > 0 and < 10_000) FramesPerSecond = rate;
        if (!device && frames is >= 1 and < 1e15) FrameCount = (long)frames;
        IsLive = device || (stream && FrameCount is null);
        packets = !device && FrameCount is null && IsJpeg((int)source.Get(VideoCaptureProperties.FourCC)) && source.Set(VideoCaptureProperties.Format, -1);
    }

    public override string Name { get; }
    public override int Width { get; }
    public override int Height { get; }
    public override double FramesPerSecond { get; }
    public override long? FrameCount { get; }
    public override bool IsLive { get; }

    public static OpenCvSharpCamera OpenFile(string path)
    {
        // "file:" keeps a name with a colon or a percent sign from being taken for a protocol or a numbered sequence.
        VideoCapture source = Open($"Opening \"{path}\"", "it holds no video that FFmpeg can read. Is it a video, and is it whole",
            () => new("file:" + Path.GetFullPath(path), VideoCaptureAPIs.FFMPEG));
        return new OpenCvSharpCamera(source, path, device: false, stream: false);
    }

    public static OpenCvSharpCamera OpenStream(string url, CameraWish wish)
    {
        int toOpen = wish.OpenMilliseconds > 0 ? wish.OpenMilliseconds : Patience, toRead = wish.ReadMilliseconds > 0 ? wish.ReadMilliseconds : Patience;
        string title = CameraSource.Title(url);
        VideoCapture source = Open($"Opening the stream {title}", "it holds no video that FFmpeg can read, or nobody answers there, or this OpenCV has no network "
            + "(that of OpenCvSharp4.official.runtime.linux-x64 has none: build LiveCam with NativeStack=system for streams). Is the address right and the sender running",
            () => new(url, VideoCaptureAPIs.FFMPEG, [OpenTimeout, toOpen, ReadTimeout, toRead]));
        return new OpenCvSharpCamera(source, title, device: false, stream: true);
    }

    public static OpenCvSharpCamera OpenDevice(int index, CameraWish wish)
    {
        // The system's own way to cameras, in whose order CameraList counts.
        VideoCaptureAPIs way = OperatingSystem.IsWindows() ? VideoCaptureAPIs.MSMF : OperatingSystem.IsMacOS() ? VideoCaptureAPIs.AVFOUNDATION : VideoCaptureAPIs.V4L2;
        string name = CameraList.Read().FirstOrDefault(camera => camera.Index == index).Name ?? $"camera {index}";
        VideoCapture source = Open($"Opening camera {index}", $"the device did not open ({way}). Is it connected, is another program using it, and may you use it",
            () => new(index, way));
        if (OperatingSystem.IsLinux()) source.Set(VideoCaptureProperties.BufferSize, 2);   // the kernel's queue is latency: two, so that one fills while one is read
        if (wish.Width > 0 && wish.Height > 0)
        {
            if (OperatingSystem.IsLinux()) source.Set(VideoCaptureProperties.FourCC, FourCC.FromString("MJPG").Value);   // raw above VGA is too slow on USB 2
            source.Set(VideoCaptureProperties.FrameWidth, wish.Width);
            source.Set(VideoCaptureProperties.FrameHeight, wish.Height);
        }
        if (wish.FramesPerSecond > 0) source.Set(VideoCaptureProperties.Fps, wish.FramesPerSecond);
        return new OpenCvSharpCamera(source, name, device: true, stream: false);
    }

    public override bool Read(ref Picture? slot, out TimeSpan time)
    {
        ObjectDisposedException.ThrowIf(source.IsDisposed, this);
        time = default;
        try
        {
            if (!(packets ? ReadPacket() : source.Grab() && source.Retrieve(frame) && !frame.Empty())) return false;
            double milliseconds = source.Get(VideoCaptureProperties.PosMsec);
            Mat picture = AsBgr();
            OpenCvSharpLibrary.Copy(picture, Fit(ref slot, picture.Cols, picture.Rows));
            time = IsLive ? Stopwatch.GetElapsedTime(openedAt) : TimeSpan.FromMilliseconds(milliseconds);
        }
        catch (Exception e) when (OpenCvSharpLibrary.IsError(e))
        {
            throw new LiveCamException($"Reading a frame of {Name}: {OpenCvSharpLibrary.OneLine(e)}.", e);
        }
        // Frames that the decoder still held at the end of a file come without a time: they follow at the stated rate.
        if (time <= last) time = last + TimeSpan.FromSeconds(1 / (FramesPerSecond > 0 ? FramesPerSecond : 30));
        last = time;
        return true;
    }

    public override void Dispose()
    {
        source.Dispose();
        frame.Dispose();
        bgr.Dispose();
    }

    private static VideoCapture Open(string what, string otherwise, Func<VideoCapture> open)
    {
        OpenCvSharpLibrary.Start();
        try
        {
            VideoCapture source = open();
            if (source.IsOpened()) return source;
            source.Dispose();
        }
        catch (Exception e) when (OpenCvSharpLibrary.IsError(e))
        {
            throw new LiveCamException($"{what}: {OpenCvSharpLibrary.OneLine(e)}.", e);
        }
        throw new LiveCamException($"{what}: {otherwise}?");
    }

    // Without a tag in the stream, OpenCV makes the code from the decoder's name, "mjpeg".
    private static bool IsJpeg(int codec) => codec == FourCC.FromString("MJPG").Value || codec == FourCC.FromString("mjpe").Value;

    // A network camera may change its size at any picture, which OpenCV's FFmpeg reader does not notice in every version. JPEG
    // packets carry their own size, so those streams are read undecoded; damaged pictures, of which a stream may lose a few, are left out.
    private bool ReadPacket()
    {
        for (int attempt = 0; attempt < MostDamaged; attempt++)
        {
            if (!source.Grab() || !source.Retrieve(frame)) return false;
            if (frame.Empty() || !IsWhole()) continue;
            using Mat decoded = Cv2.ImDecode(frame, ImreadModes.Color | ImreadModes.IgnoreOrientation);
            if (decoded.Empty()) continue;
            decoded.CopyTo(frame);
            return true;
        }
        return false;
    }

    // When a connection breaks, the first part of its last picture comes as a packet, which the decoder would fill up with grey. Zeros
    // after the end marker are padding.
    private unsafe bool IsWhole()
    {
        ReadOnlySpan<byte> file = new ReadOnlySpan<byte>(frame.DataPointer, checked((int)(frame.Total() * frame.ElemSize()))).TrimEnd("\0\r\n"u8);
        bool ends = file.EndsWith((ReadOnlySpan<byte>)[0xFF, 0xD9]);
        isMarked |= ends;
        return ends || !isMarked;
    }

    private Mat AsBgr()
    {
        if (frame.Channels() == 3) return frame;
        Cv2.CvtColor(frame, bgr, frame.Channels() == 1 ? ColorConversionCodes.GRAY2BGR : ColorConversionCodes.BGRA2BGR);
        return bgr;
    }
}
