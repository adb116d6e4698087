using System.Globalization;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Plugins.Record;

/// <summary>
/// Writes what was composed: every frame into a video and the last one as a picture where the command line asks for it, and snapshots and
/// videos into the current folder while somebody looks on and presses keys.
/// </summary>
public sealed class RecordPlugin : Plugin
{
    private readonly SoftwareRasterizer rasterizer = new();
    private readonly string? snapshot;
    private readonly double framesPerSecond;
    private readonly bool isLive;
    private Picture picture;
    private VideoWriter? writer;
    private Frame? last;
    private TimeSpan next;
    private bool isPainted, isByHand;
    private int taken;

    /// <summary>Finds out before the first frame whether the files can be written.</summary>
    /// <param name="snapshot">A picture file for the last frame, or null.</param>
    /// <param name="video">A video file for all frames, or null.</param>
    /// <param name="framesPerSecond">Of videos.</param>
    /// <param name="isLive">Whether frames come at the display's rate and a video takes them by the clock.</param>
    /// <exception cref="LiveCamException">They cannot.</exception>
    public RecordPlugin(string? snapshot, string? video, int width, int height, double framesPerSecond, bool isLive = false)
    {
        (this.snapshot, this.framesPerSecond, this.isLive) = (snapshot, framesPerSecond, isLive);
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
        Screen screen = frame.Screen;
        bool wantsPicture = taken != screen.Snapshots;
        if (screen.IsRecording != isByHand) Switch(frame);
        bool wantsFrame = writer is not null && (!isLive || frame.Now >= next);
        last = frame;
        if (isLive && !wantsPicture && !wantsFrame) return;
        // A video has one size: it ends with the frame that has another.
        if (writer is not null && (writer.Width != frame.Width || writer.Height != frame.Height)) (screen.IsRecording, wantsFrame) = (false, false);
        Paint(frame);
        if (wantsFrame) Append(frame.Now);
        if (!wantsPicture) return;
        taken = screen.Snapshots;
        Try(frame, () =>
        {
            string file = NewName(".png");
            ImageFile.Save(picture, file);
            screen.Say($"saved {file}", frame.Now);
        });
    }

    private void Paint(Frame frame)
    {
        Canvas canvas = frame.Canvas!;
        if (picture.Width != canvas.Width || picture.Height != canvas.Height) picture = new Picture(canvas.Width, canvas.Height, PixelFormat.Rgba8);
        rasterizer.Render(canvas, picture);
        isPainted = true;
    }

    /// <summary>The clock says how often a frame is written; one that was late is written again.</summary>
    private void Append(TimeSpan now)
    {
        writer!.Write(picture);
        if (!isLive) return;
        var step = TimeSpan.FromSeconds(1 / framesPerSecond);
        next = next == default ? now + step : next + step;
        for (int again = 0; next <= now && again < 15; again++, next += step) writer.Write(picture);
        if (next <= now) next = now + step;
    }

    /// <summary>Begins a video or ends it.</summary>
    private void Switch(Frame frame)
    {
        Screen screen = frame.Screen;
        if (screen.IsRecording && writer is not null)
        {
            // The command line's recording goes on to the end.
            screen.IsRecording = false;
            return;
        }
        Try(frame, () =>
        {
            if (screen.IsRecording)
            {
                string file = NewName(".mp4");
                writer = VideoWriter.Create(file, frame.Width, frame.Height, framesPerSecond);
                next = default;
                screen.Say($"recording {file}", frame.Now);
            }
            else
            {
                using VideoWriter? ending = writer;
                writer = null;
                if (ending is { Frames: > 0 }) ending.Finish();
                screen.Say($"saved {ending?.FilePath}", frame.Now);
            }
        });
        screen.IsRecording = writer is not null;
        isByHand = screen.IsRecording;
    }

    private static void Try(Frame frame, Action write)
    {
        try
        {
            write();
        }
        catch (LiveCamException error)
        {
            frame.Screen.Say(error.Message, frame.Now, complaint: true);
        }
    }

    private static string NewName(string ending)
    {
        string stem = "livecam-" + DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture), name = stem + ending;
        for (int i = 2; File.Exists(name); i++) name = $"{stem}-{i}{ending}";
        return name;
    }

    public override void Unload()
    {
        using VideoWriter? ending = writer;
        writer = null;
        if (isLive && snapshot is not null && last is not null) Paint(last);
        if (!isPainted) return;
        if (ending is { Frames: > 0 }) ending.Finish();
        if (snapshot is not null) ImageFile.Save(picture, snapshot);
    }
}
