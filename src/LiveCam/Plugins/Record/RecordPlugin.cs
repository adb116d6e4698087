using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Plugins.Record;

/// <summary>
/// Has what was composed written: every frame into a video and the last one as a picture where the command line asks for it, and snapshots and
/// videos into the current folder while somebody looks on and presses keys.
/// </summary>
public sealed class RecordPlugin : Plugin, IFileFinisher
{
    private const int MostAtOnce = 15;
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private readonly Recorder recorder;
    private readonly string? snapshot, video;
    private readonly double framesPerSecond;
    private readonly bool isLive;
    private (int Width, int Height) size;
    private Frame? last;
    private TimeSpan next, told;
    private bool isWanted, isByHand, isMisfit;
    private int snapshots, taken;
    private long toldDropped;

    /// <summary>Finds out before the first frame whether the files can be written.</summary>
    /// <param name="snapshot">A picture file for the last frame, or null.</param>
    /// <param name="video">A video file for all frames, or null.</param>
    /// <param name="framesPerSecond">Of videos.</param>
    /// <param name="isLive">Whether frames come at the display's rate: a video takes them by the clock, and the loop never waits for it.</param>
    /// <exception cref="LiveCamException">They cannot.</exception>
    public RecordPlugin(string? snapshot, string? video, int width, int height, double framesPerSecond, bool isLive = false)
        : this(snapshot, video, width, height, framesPerSecond, isLive, VideoWriter.Create) { }

    internal RecordPlugin(string? snapshot, string? video, int width, int height, double framesPerSecond, bool isLive,
        Func<string, int, int, double, VideoWriter> create, string folder = "")
    {
        (this.snapshot, this.video, this.framesPerSecond, this.isLive, size) = (snapshot, video, framesPerSecond, isLive, (width, height));
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
    public override IReadOnlyList<Type> Reads => [typeof(Canvas)];

    public override IEnumerable<KeyCommand> Keys =>
    [
        new(KeyTable.Picture, "P", "save a snapshot (PNG)", [(Key.P, 0)], (_, _) => snapshots++),
        new(KeyTable.Picture, "V", "record a video, and end it", [(Key.V, 0)], (_, _) => isWanted ^= true),
    ];

    /// <summary>Whether a person has composed frames go into a video.</summary>
    internal bool IsRecording => isWanted;

    public override void Draw(Frame frame)
    {
        last = frame;
        Hear(frame);
        if (isWanted != isByHand) Switch(frame, isWanted);
        if (recorder.HasVideo) Append(frame);
        // One for which there was no room is taken in the next tick.
        if (taken != snapshots && recorder.Snapshot(frame.Canvas!)) taken = snapshots;
    }

    /// <summary>Passes on what the recorder has to say.</summary>
    /// <exception cref="LiveCamException">The command line's video cannot be written.</exception>
    private void Hear(Frame frame)
    {
        while (recorder.TryTakeNews(out string sentence, out bool isComplaint))
        {
            if (isComplaint && video is not null && !recorder.HasVideo) throw new LiveCamException(sentence);
            Say(sentence, isComplaint ? Severity.Warning : Severity.Hint);
        }
        if (isByHand && !recorder.HasVideo) isWanted = isByHand = false;
        if (!recorder.HasVideo || recorder.Dropped == toldDropped || frame.Now < told + TellEvery) return;
        (told, toldDropped) = (frame.Now, recorder.Dropped);
        if (toldDropped > 0) Say($"recording{Recorder.Without(toldDropped)}", Severity.Warning);
    }

    /// <summary>The clock says how often a frame is written; one that was late is written again.</summary>
    private void Append(Frame frame)
    {
        // A video has one size.
        if ((frame.Width, frame.Height) != size)
        {
            if (isByHand) Switch(frame, begins: false);
            else if (!isMisfit) Say($"the recording goes on when the window has {size.Width}x{size.Height} pixels again", Severity.Warning);
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
    private void Switch(Frame frame, bool begins)
    {
        // The command line's recording goes on to the end.
        if (begins && recorder.HasVideo) begins = false;
        else if (begins)
        {
            (size, next, toldDropped) = ((frame.Width, frame.Height), default, 0);
            recorder.Begin(frame.Width, frame.Height, framesPerSecond);
        }
        else recorder.End();
        isWanted = isByHand = begins;
    }

    public override void Unload()
    {
        using Recorder ending = recorder;
        if (snapshot is not null && last is not null) ending.Snapshot(last.Canvas!, snapshot, waits: true);
        if (ending.HasVideo && ending.Dropped > 0) Say($"The video {video} was written{Recorder.Without(ending.Dropped)}.", Severity.Note);
        ending.Finish();
    }
}
