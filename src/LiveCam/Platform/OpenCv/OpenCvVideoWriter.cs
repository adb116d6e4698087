using LiveCam.Engine;
using LiveCam.Engine.Vision;
using OpenCvSharp;

namespace LiveCam.Platform.OpenCv;

/// <summary>Video files through OpenCvSharp (FFmpeg).</summary>
internal sealed class OpenCvVideoWriter : VideoWriter
{
    private readonly OpenCvSharp.VideoWriter sink;
    private readonly Mat bgr = new(), padded = new();

    private OpenCvVideoWriter(OpenCvSharp.VideoWriter sink, string path, string partial, int width, int height, double framesPerSecond)
        : base(path, partial, width, height, framesPerSecond) => this.sink = sink;

    /// <summary>Starts a video under its temporary name with the first of the codecs (four letters) that works.</summary>
    /// <exception cref="LiveCamException">None of them does.</exception>
    public static OpenCvVideoWriter Open(string path, string partial, string[] codecs, int width, int height, double framesPerSecond)
    {
        OpenCvLibrary.Start();
        string reason = "FFmpeg has no encoder for it, or the folder cannot be written";
        // Even in both directions: codecs with halved chroma need that.
        Size even = new((width + 1) & ~1, (height + 1) & ~1);
        foreach (string codec in codecs)
        {
            try
            {
                OpenCvSharp.VideoWriter sink = new(partial, VideoCaptureAPIs.FFMPEG, FourCC.FromString(codec), framesPerSecond, even);
                if (sink.IsOpened()) return new OpenCvVideoWriter(sink, path, partial, width, height, framesPerSecond);
                sink.Dispose();
            }
            catch (Exception e) when (OpenCvLibrary.IsError(e))
            {
                reason = OpenCvLibrary.OneLine(e);
            }
        }
        WholeFile.TryDelete(partial);
        throw new LiveCamException($"Writing the video \"{path}\" with {string.Join(" or ", codecs)}: {reason}.");
    }

    protected override void Append(Picture frame)
    {
        try
        {
            using Mat source = OpenCvLibrary.ToMat(frame);
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
        catch (Exception e) when (OpenCvLibrary.IsError(e))
        {
            throw new LiveCamException($"Writing the video \"{FilePath}\": {OpenCvLibrary.OneLine(e)}.", e);
        }
    }

    protected override void Close()
    {
        try { sink.Release(); }
        catch (Exception e) when (OpenCvLibrary.IsError(e))
        {
            throw new LiveCamException($"Finishing the video \"{FilePath}\": {OpenCvLibrary.OneLine(e)}.", e);
        }
        finally
        {
            sink.Dispose();
            bgr.Dispose();
            padded.Dispose();
        }
    }
}
