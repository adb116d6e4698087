using LiveCam.Engine;
using LiveCam.Engine.Vision;
using OpenCvSharp;

namespace LiveCam.Platform.NuGet;

/// <summary>Video files through OpenCvSharp (FFmpeg).</summary>
internal sealed class OpenCvSharpVideoWriter : VideoWriter
{
    private readonly OpenCvSharp.VideoWriter sink;
    private readonly Mat bgr = new(), padded = new();

    private OpenCvSharpVideoWriter(OpenCvSharp.VideoWriter sink, string path, string partial, int width, int height, double framesPerSecond)
        : base(path, partial, width, height, framesPerSecond) => this.sink = sink;

    public static OpenCvSharpVideoWriter Open(string path, string partial, string[] codecs, int width, int height, double framesPerSecond)
    {
        OpenCvSharpLibrary.Start();
        string reason = "FFmpeg has no encoder for it, or the folder cannot be written";
        // Even in both directions: codecs with halved chroma need that.
        Size even = new((width + 1) & ~1, (height + 1) & ~1);
        foreach (string codec in codecs)
        {
            try
            {
                OpenCvSharp.VideoWriter sink = new(partial, VideoCaptureAPIs.FFMPEG, FourCC.FromString(codec), framesPerSecond, even);
                if (sink.IsOpened()) return new OpenCvSharpVideoWriter(sink, path, partial, width, height, framesPerSecond);
                sink.Dispose();
            }
            catch (Exception e) when (OpenCvSharpLibrary.IsError(e))
            {
                reason = OpenCvSharpLibrary.OneLine(e);
            }
        }
        WholeFile.TryDelete(partial);
        throw new LiveCamException($"Writing the video \"{path}\" with {string.Join(" or ", codecs)}: {reason}.");
    }

    protected override void Append(Picture frame)
    {
        try
        {
            using Mat source = OpenCvSharpLibrary.ToMat(frame);
            Mat whole = source;
            if (frame.Format != PixelFormat.Bgr8)
            {
                Cv2.CvtColor(source, bgr, frame.Format == PixelFormat.Gray8 ? ColorConversionCodes.GRAY2BGR : ColorConversionCodes.RGBA2BGR);
                whole = bgr;
            }
            if ((Width & 1) != 0 || (Height & 1) != 0)
            {
                Cv2.CopyMakeBorder(whole, padded, 0, Height & 1, 0, Width & 1, BorderTypes.Replicate);
                whole = padded;
            }
            sink.Write(whole);
        }
        catch (Exception e) when (OpenCvSharpLibrary.IsError(e))
        {
            throw new LiveCamException($"Writing the video \"{FilePath}\": {OpenCvSharpLibrary.OneLine(e)}.", e);
        }
    }

    protected override void Close()
    {
        try { sink.Release(); }
        catch (Exception e) when (OpenCvSharpLibrary.IsError(e))
        {
            throw new LiveCamException($"Finishing the video \"{FilePath}\": {OpenCvSharpLibrary.OneLine(e)}.", e);
        }
        finally
        {
            sink.Dispose();
            bgr.Dispose();
            padded.Dispose();
        }
    }
}
