using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Plugins.Record;

/// <summary>Writes what was composed: every frame into a video, the last one as a picture. Unloading finishes both.</summary>
public sealed class RecordPlugin : Plugin
{
    private readonly SoftwareRasterizer rasterizer = new();
    private readonly string? snapshot;
    private readonly Picture picture;
    private VideoWriter? writer;
    private bool isPainted;

    /// <summary>Finds out before the first frame whether the files can be written.</summary>
    /// <param name="snapshot">A picture file, or null.</param>
    /// <param name="video">A video file, or null.</param>
    /// <param name="framesPerSecond">Of the video.</param>
    /// <exception cref="LiveCamException">They cannot.</exception>
    public RecordPlugin(string? snapshot, string? video, int width, int height, double framesPerSecond)
    {
        this.snapshot = snapshot;
        picture = new(width, height, PixelFormat.Rgba8);
        if (snapshot is not null)
        {
            if (!ImageFile.HasPictureExtension(snapshot))
                throw new LiveCamException($"Writing the snapshot \"{snapshot}\": pictures end in {string.Join(", ", ImageFile.Extensions)}.");
            if (Path.GetDirectoryName(Path.GetFullPath(snapshot)) is { } folder && !Directory.Exists(folder))
                throw new LiveCamException($"Writing the snapshot \"{snapshot}\": the folder {folder} does not exist.");
        }
        if (video is not null) writer = VideoWriter.Create(video, width, height, framesPerSecond);
    }

    public override string Name => "record";
    public override FrameParts Reads => FrameParts.Canvas;

    public override void Draw(Frame frame)
    {
        rasterizer.Render(frame.Canvas!, picture);
        isPainted = true;
        writer?.Write(picture);
    }

    public override void Unload()
    {
        using VideoWriter? ending = writer;
        writer = null;
        if (!isPainted) return;
        ending?.Finish();
        if (snapshot is not null) ImageFile.Save(picture, snapshot);
    }
}
