using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Plugins.Capture;

/// <summary>Camera to <see cref="Frame.Picture"/>, stamped, and how the camera is doing to <see cref="CameraReport"/>.</summary>
/// <param name="settings">What is captured and how.</param>
/// <param name="stop">Ends a wait for a picture.</param>
public sealed class CapturePlugin(CaptureSettings settings, CancellationToken stop) : Plugin
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);

    private Grabber? grabber;
    private Grab held, passing;
    private bool wasAway;
    private string? asked;

    private readonly CameraReport report = new();

    public override string Name => "capture";
    public override IReadOnlyList<Type> Writes => [typeof(Picture), typeof(CameraReport)];
    public override IReadOnlyList<Handler> Handles => [Handler.Of<ChangeCamera>(Change)];

    public override IEnumerable<KeyCommand> Keys =>
    [
        new(KeyTable.Picture, "Space", "freeze the picture, and go on", [(Key.Space, 0)], (_, _) => Say((report.IsFrozen ^= true) ? "frozen" : "frozen: off")),
        new(KeyTable.Picture, "M", "mirror", [(Key.M, 0)], (frame, _) => Mirror(frame)),
        new(KeyTable.Picture, "W", "next camera", [(Key.W, 0)], (frame, _) => Change(frame, new(ChangeCamera.Next))),
        new(KeyTable.Picture, "drop a file", "a video, a picture or a folder of them", [], (_, _) => { }),
    ];

    /// <summary>Begins to open the source before <see cref="Load"/> would.</summary>
    public void Start() => grabber ??= new Grabber(settings);

    /// <summary>Waits until the source is open; null when somebody wants to stop.</summary>
    /// <exception cref="LiveCamException">It cannot be opened (only with <see cref="CaptureSettings.Waits"/>).</exception>
    public CameraFacts? AwaitOpen()
    {
        Start();
        return grabber!.AwaitFacts(stop);
    }

    public override void Load() => Start();

    public override void Update(Frame frame)
    {
        // While the picture is frozen the source goes on: a file's time passes, a camera's newest picture waits.
        bool isFrozen = report.IsFrozen, isTaken;
        do
        {
            isTaken = (!isFrozen || settings.Waits) && grabber!.Take(ref isFrozen ? ref passing : ref held, settings.Waits ? Turn : TimeSpan.Zero, stop);
            Tell();
        }
        while (!isTaken && settings.Waits && !grabber!.HasEnded && !stop.IsCancellationRequested);
        frame.IsNew = isTaken && !isFrozen;
        if (isTaken && isFrozen) frame.Time = passing.Time;
        frame.HasEnded |= !isTaken && (settings.Waits || grabber!.HasEnded);
        (report.Captured, report.Dropped, report.Duplicated) = (grabber!.Captured, grabber.Dropped, grabber.Duplicated);
        string source = grabber.Source;
        if (report.Source.Length > 0 && report.Source != source) Say(CameraSource.Title(source));
        (report.Status, report.Source, report.View) = (grabber.Status, source, grabber.View);
        report.IsOver = grabber.IsOver;
        frame.Set(report);
        if (!frame.IsNew) return;
        report.File = held.File;
        frame.Get<StageTimes>()?.Grab(held.Took.TotalMilliseconds);
        (frame.Picture, frame.Number, frame.Time, frame.Arrived) = (held.Picture, held.Number, held.Time, held.Arrived);
    }

    public override void Unload() => grabber?.Dispose();

    // What the network sees is mirrored with what people see, so that a place in one is the same place in the other.
    private void Mirror(Frame frame)
    {
        CameraView view = grabber!.View;
        Change(frame, new(View: view with { Mirror = !view.Mirror }));
        Say(view.Mirror ? "mirrored: off" : "mirrored");
    }

    private void Change(Frame frame, ChangeCamera request)
    {
        if (request.View is { } view) grabber!.View = view;
        if (request.Source is not { } source) return;
        if (source == ChangeCamera.Next)
        {
            // From a camera that was refused the turn goes on to the one after it.
            string old = asked ?? grabber!.Source;
            asked = source = CameraSource.After(old, settings.Source);
            if (source == grabber!.Source)
            {
                grabber.Keep();
                Say(source == old ? $"{CameraSource.Title(source)} is the only camera" : CameraSource.Title(source));
                return;
            }
        }
        asked = source;
        Say($"opening {CameraSource.Title(source)} …");
        grabber!.Switch(source);
    }

    /// <summary>A camera in order is no news, unless it was not.</summary>
    private void Tell()
    {
        while (grabber!.TryTakeRefusal(out string why)) Say(why, Severity.Warning);
        while (grabber.TryTakeNote(out (string Sentence, bool IsLoss) note)) Say(note.Sentence, note.IsLoss ? Severity.Loss : Severity.Note);
        while (grabber.TryTakeChange(out CameraStatus status))
        {
            bool isAway = status.State is not (CameraState.Opening or CameraState.Live);
            if (isAway || (wasAway && status.State == CameraState.Live)) Say(status.Detail.Length == 0 ? status.Text : $"{status.Text} ({status.Detail.TrimEnd('.')})", Severity.Note);
            wasAway = isAway;
        }
    }
}
