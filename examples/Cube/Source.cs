using OpenCvSharp;

namespace Cube;

/// <summary>Pictures of a camera's number, a video or a picture file.</summary>
internal sealed class Source : IDisposable
{
    private readonly Mat picture = new();
    private readonly VideoCapture? video;

    public Source(string source)
    {
        using Mat still = int.TryParse(source, out int camera) ? new Mat() : Cv2.ImRead(source);
        if (!still.Empty())
        {
            still.CopyTo(picture);
            return;
        }
        video = int.TryParse(source, out camera) ? new VideoCapture(camera) : new VideoCapture(source);
        if (!video.IsOpened()) throw new IOException($"\"{source}\" is no camera, video or picture that can be opened.");
    }

    /// <summary>The next picture, three bytes a pixel, blue first; at a video's end it begins again.</summary>
    public Mat Next()
    {
        if (video is null || video.Read(picture)) return picture;
        video.PosFrames = 0;
        video.Read(picture);
        return picture;
    }

    public void Dispose()
    {
        video?.Dispose();
        picture.Dispose();
    }
}
