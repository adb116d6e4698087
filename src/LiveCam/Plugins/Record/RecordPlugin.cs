using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Plugins.Record;

/// <summary>Writes what was composed: every frame into a video, the last one as a picture.</summary>
/// <param name="snapshot">A picture file, or null.</param>
/// <param name="video">A video file, or null.</param>
/// <param name="framesPerSecond">Of the video.</param>
public sealed class RecordPlugin(string? snapshot, string? video, int width, int height, double framesPerSecond) : Plugin
{
    private readonly SoftwareRasterizer rasterizer = new();
    private readonly Picture picture = new(width, height, PixelFormat.Rgba8);
    private VideoWriter? writer;
    private bool isPainted;

    public override string Name => "record";

    /// <summary>Finds out before the first frame whether the files can be written.</summary>
    public override void Load()
    {
        if (snapshot is not null)
        {
            if (!ImageFile.HasPictureExtension(snapshot))
                throw new LiveCamException($"Writing the snapshot \"{snapshot}\": pictures end in {string.Join(", ", ImageFile.Extensions)}.");
            if (Path.GetDirectoryName(Path.GetFullPath(snapshot)) is { } folder && !Directory.Exists(folder))
                throw new LiveCamException($"Writing the snapshot \"{snapshot}\": the folder {folder} does not exist.");
        }
        if (video is not null) writer = VideoWriter.Create(video, width, height, framesPerSecond);
    }

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
