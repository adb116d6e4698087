using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using OpenCvSharp;

namespace LiveCam.Platform.OpenCv;

/// <summary>A camera device or a video file through OpenCvSharp.</summary>
internal sealed class OpenCvCamera : Camera
{
    private readonly long openedAt = Stopwatch.GetTimestamp();
    private readonly VideoCapture source;
    private readonly Mat frame = new(), bgr = new();
    private readonly JpegStream? jpegs;    // the file is one JPEG after the other, which are decoded here: OpenCV would not tell torn ones
    private TimeSpan last = TimeSpan.MinValue;
    private long read;

    private OpenCvCamera(VideoCapture source, string name, bool isDevice)
    {
        (this.source, Name, IsLive) = (source, name, isDevice);
        Width = (int)source.Get(VideoCaptureProperties.FrameWidth);
        Height = (int)source.Get(VideoCaptureProperties.FrameHeight);
        double rate = source.Get(VideoCaptureProperties.Fps), frames = source.Get(VideoCaptureProperties.FrameCount);
        if (rate is > 0 and < 10_000) FramesPerSecond = rate;
        if (isDevice) return;
        if (frames is >= 1 and < 1e15) FrameCount = (long)frames;
        else if (IsJpeg((int)source.Get(VideoCaptureProperties.FourCC)) && source.Set(VideoCaptureProperties.Format, -1)) jpegs = new JpegStream(name);
    }

    public override string Name { get; }
    public override int Width { get; }
    public override int Height { get; }
    public override double FramesPerSecond { get; }
    public override long? FrameCount { get; }
    public override bool IsLive { get; }

    // A container's count may be off by a few: frames before the first key frame, or that its edit list leaves out.
    public override string? Missing => FrameCount is { } count && read > 0 && read + 2 < count * 0.95
        ? $"Reading \"{Name}\": it says it holds {count} frames, but {read} of them could be read, so a part of it is damaged; copy it again." : null;

    /// <exception cref="LiveCamException">The file holds no video that can be read.</exception>
    public static OpenCvCamera OpenFile(string path)
    {
        // "file:" keeps a name with a colon or a percent sign from being taken for a protocol or a numbered sequence.
        VideoCapture source = Open($"Opening \"{path}\"", "it holds no video that FFmpeg can read. Is it a video, and is it whole",
            () => new("file:" + Path.GetFullPath(path), VideoCaptureAPIs.FFMPEG));
        return new OpenCvCamera(source, path, isDevice: false);
    }

    /// <exception cref="LiveCamException">There is no such camera, somebody else is using it, or it lacks what was asked for.</exception>
    public static OpenCvCamera OpenDevice(int index, CameraWish wish)
    {
        // The system's own way to cameras, in whose order CameraList counts.
        VideoCaptureAPIs way = OperatingSystem.IsWindows() ? VideoCaptureAPIs.MSMF : OperatingSystem.IsMacOS() ? VideoCaptureAPIs.AVFOUNDATION : VideoCaptureAPIs.V4L2;
        string name = CameraList.Read().FirstOrDefault(camera => camera.Index == index).Name ?? $"camera {index}";
        string mayI = OperatingSystem.IsLinux() ? $"may you read /dev/video{index} (group video)" : "may you use it";
        VideoCapture source = Open($"Opening camera {index}", $"the device did not open ({way}). Is it connected, is another program using it, and {mayI}",
            () => new(index, way));
        try
        {
            CameraControls.Apply(wish, $"camera {index}", OperatingSystem.IsLinux(), source.Set, source.Get);
            return new OpenCvCamera(source, name, isDevice: true);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    public override bool Read(ref Picture? slot, out TimeSpan time)
    {
        ObjectDisposedException.ThrowIf(source.IsDisposed, this);
        time = default;
        try
        {
            if (!(jpegs is null ? ReadFrame(ref slot) : ReadJpeg(ref slot))) return false;
            time = IsLive ? Stopwatch.GetElapsedTime(openedAt) : TimeSpan.FromMilliseconds(source.Get(VideoCaptureProperties.PosMsec));
        }
        catch (Exception e) when (OpenCvLibrary.IsError(e))
        {
            throw new LiveCamException($"Reading a frame of {Name}: {OpenCvLibrary.OneLine(e)}.", e);
        }
        // Frames that the decoder still held at the end of a file come without a time: they follow at the stated rate.
        if (time <= last) time = last + TimeSpan.FromSeconds(1 / (FramesPerSecond > 0 ? FramesPerSecond : 30));
        last = time;
        read++;
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
        OpenCvLibrary.Start();
        try
        {
            VideoCapture source = open();
            if (source.IsOpened()) return source;
            source.Dispose();
        }
        catch (Exception e) when (OpenCvLibrary.IsError(e))
        {
            throw new LiveCamException($"{what}: {OpenCvLibrary.OneLine(e)}.", e);
        }
        throw new LiveCamException($"{what}: {otherwise}?");
    }

    // Without a tag in the file, OpenCV makes the code from the decoder's name, "mjpeg".
    private static bool IsJpeg(int codec) => codec == FourCC.FromString("MJPG").Value || codec == FourCC.FromString("mjpe").Value;

    private bool ReadFrame(ref Picture? slot)
    {
        if (!source.Grab() || !source.Retrieve(frame) || frame.Empty()) return false;
        Mat picture = frame;
        if (frame.Channels() != 3)
        {
            Cv2.CvtColor(frame, bgr, frame.Channels() == 1 ? ColorConversionCodes.GRAY2BGR : ColorConversionCodes.BGRA2BGR);
            picture = bgr;
        }
        OpenCvLibrary.Copy(picture, Fit(ref slot, picture.Cols, picture.Rows));
        return true;
    }

    private unsafe bool ReadJpeg(ref Picture? slot)
    {
        while (source.Grab() && source.Retrieve(frame))
            if (!frame.Empty() && jpegs!.TryDecode(new ReadOnlySpan<byte>(frame.DataPointer, checked((int)(frame.Total() * frame.ElemSize()))), ref slot)) return true;
        return false;
    }
}
