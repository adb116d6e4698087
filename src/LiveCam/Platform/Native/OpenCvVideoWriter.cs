using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform.Native;

/// <summary>Video files through the bridge library liblivecam_video (OpenCV's videoio over FFmpeg).</summary>
internal sealed unsafe class OpenCvVideoWriter : VideoWriter
{
    private nint handle;

    private OpenCvVideoWriter(nint handle, string path, string partial, int width, int height, double framesPerSecond)
        : base(path, partial, width, height, framesPerSecond) => this.handle = handle;

    public static OpenCvVideoWriter Open(string path, string partial, string[] codecs, int width, int height, double framesPerSecond)
    {
        nint handle;
        foreach (string codec in codecs)
        {
            if (VideoBridge.OpenWriter(partial, codec, framesPerSecond, width, height, &handle) == Code.Ok)
                return new OpenCvVideoWriter(handle, path, partial, width, height, framesPerSecond);
        }
        WholeFile.TryDelete(partial);
        throw new LiveCamException($"Writing the video \"{path}\" with {string.Join(" or ", codecs)}: {VideoBridge.LastError}.");
    }

    protected override void Append(Picture frame)
    {
        Code code;
        fixed (byte* pixels = frame.Bytes) code = VideoBridge.Write(handle, pixels, frame.Width, frame.Height, frame.BytesPerPixel);
        if (code != Code.Ok) throw new LiveCamException($"Writing the video \"{FilePath}\": {VideoBridge.LastError}.");
    }

    protected override void Close()
    {
        Code code = handle == 0 ? Code.Ok : VideoBridge.CloseWriter(handle);
        handle = 0;
        if (code != Code.Ok) throw new LiveCamException($"Finishing the video \"{FilePath}\": {VideoBridge.LastError}.");
    }
}
