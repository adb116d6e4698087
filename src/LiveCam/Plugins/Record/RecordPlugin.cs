using LiveCam.Engine;
using LiveCam.Platform;

namespace LiveCam.Plugins.Record;

/// <summary>
/// Has what was composed written: every frame into a video and the last one as a picture where the command line asks for it, and snapshots and
/// videos into the current folder while somebody looks on and presses keys.
/// </summary>
public sealed class RecordPlugin : Plugin
{
    private const int MostAtOnce = 15;
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private readonly Recorder recorder;
    private readonly string? snapshot, video;
    private readonly double framesPerSecond;
    private readonly bool isLive;
    private readonly Action<string>? note;
    private (int Width, int Height) size;
    private Frame? last;
    private TimeSpan next, told;
    private bool isByHand, isMisfit;
    private int taken;
    private long toldDropped;

    /// <summary>Finds out before the first frame whether the files can be written.</summary>
    /// <param name="snapshot">A picture file for the last frame, or null.</param>
    /// <param name="video">A video file for all frames, or null.</param>
    /// <param name="framesPerSecond">Of videos.</param>
    /// <param name="isLive">Whether frames come at the display's rate: a video takes them by the clock, and the loop never waits for it.</param>
    /// <param name="note">Told at the end if frames were dropped.</param>
    /// <exception cref="LiveCamException">They cannot.</exception>
    public RecordPlugin(string? snapshot, string? video, int width, int height, double framesPerSecond, bool isLive = false, Action<string>? note = null)
        : this(snapshot, video, width, height, framesPerSecond, isLive, note, VideoWriter.Create) { }

    internal RecordPlugin(string? snapshot, string? video, int width, int height, double framesPerSecond, bool isLive, Action<string>? note,
        Func<string, int, int, double, VideoWriter> create, string folder = "")
    {
        (this.snapshot, this.video, this.framesPerSecond, this.isLive, this.note, size) = (snapshot, video, framesPerSecond, isLive, note, (width, height));
        if (snapshot is not null)
        {
            if (!ImageFile.Writable.Contains(Path.GetExtension(snapshot).ToLowerInvariant()))
                throw new LiveCamException($"Writing the snapshot \"{snapshot}\": pictures are written as {string.Join(", ", ImageFile.Writable)}.");
            if (Path.GetDirectoryName(Path.GetFullPath(snapshot)) is { } place && !Directory.Exists(place))
                throw new LiveCamException($"Writing the snapshot \"{snapshot}\": the folder {place} does not exist.");
        }
        recorder = new Recorder(video is null ? null : create(video, width, height, framesPerSecond), isLive, create) { Folder = folder };
    }

    public override string Name => "record";
    public override FrameParts Reads => FrameParts.Canvas;

    public override void Draw(Frame frame)
    {
        Screen screen = frame.Screen;
        last = frame;
        Hear(frame);
        if (screen.IsRecording != isByHand) Switch(frame);
        if (recorder.HasVideo) Append(frame);
        // One for which there was no room is taken in the next tick.
        if (taken != screen.Snapshots && recorder.Snapshot(frame.Canvas!)) taken = screen.Snapshots;
    }

    /// <summary>Passes on what the recorder has to say.</summary>
    /// <exception cref="LiveCamException">The command line's video cannot be written.</exception>
    private void Hear(Frame frame)
    {
        while (recorder.TryTakeNews(out string sentence, out bool isComplaint))
        {
            if (isComplaint && video is not null && !recorder.HasVideo) throw new LiveCamException(sentence);
            frame.Screen.Say(sentence, frame.Now, isComplaint);
        }
        if (isByHand && !recorder.HasVideo) frame.Screen.IsRecording = isByHand = false;
        if (!recorder.HasVideo || recorder.Dropped == toldDropped || frame.Now < told + TellEvery) return;
        (told, toldDropped) = (frame.Now, recorder.Dropped);
        if (toldDropped > 0) frame.Screen.Say($"recording{Recorder.Without(toldDropped)}", frame.Now, complaint: true);
    }

    /// <summary>The clock says how often a frame is written; one that was late is written again.</summary>
    private void Append(Frame frame)
    {
        // A video has one size.
        if ((frame.Width, frame.Height) != size)
        {
            if (isByHand) Switch(frame, isWanted: false);
            else if (!isMisfit) frame.Screen.Say($"the recording goes on when the window has {size.Width}x{size.Height} pixels again", frame.Now, complaint: true);
            isMisfit = true;
            return;
        }
        isMisfit = false;
        int times = isLive ? Due(frame.Now) : 1;
        if (times > 0) recorder.Append(frame.Canvas!, times);
    }

    private int Due(TimeSpan now)
    {
        if (next == default) next = now;
        var step = TimeSpan.FromSeconds(1 / framesPerSecond);
        int due = 0;
        for (; next <= now && due < MostAtOnce; next += step) due++;
        if (next <= now) next = now + step;
        return due;
    }

    /// <summary>Begins a video or ends it.</summary>
    private void Switch(Frame frame) => Switch(frame, frame.Screen.IsRecording);

    private void Switch(Frame frame, bool isWanted)
    {
        Screen screen = frame.Screen;
        // The command line's recording goes on to the end.
        if (isWanted && recorder.HasVideo) isWanted = false;
        else if (isWanted)
        {
            (size, next, toldDropped) = ((frame.Width, frame.Height), default, 0);
            recorder.Begin(frame.Width, frame.Height, framesPerSecond);
        }
        else recorder.End();
        screen.IsRecording = isByHand = isWanted;
    }

    public override void Unload()
    {
        using Recorder ending = recorder;
        if (snapshot is not null && last is not null) ending.Snapshot(last.Canvas!, snapshot, waits: true);
        if (ending.HasVideo && ending.Dropped > 0) note?.Invoke($"The video {video} was written{Recorder.Without(ending.Dropped)}.");
        ending.Finish();
    }
}
