using LiveCam.Engine;
using LiveCam.Platform;

namespace LiveCam.Plugins.Capture;

/// <summary>Camera to <see cref="Frame.Picture"/>, stamped, and how the camera is doing to <see cref="Frame.Camera"/>.</summary>
/// <param name="settings">What is captured and how.</param>
/// <param name="note">Told what the user should know, on the loop's thread.</param>
/// <param name="stop">Ends a wait for a picture.</param>
public sealed class CapturePlugin(CaptureSettings settings, Action<string> note, CancellationToken stop) : Plugin
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);

    private Grabber? grabber;
    private Grab held, passing;
    private bool wasAway;
    private string? asked;

    public override string Name => "capture";
    public override FrameParts Writes => FrameParts.Picture;

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
        Obey(frame);
        // While the picture is frozen the source goes on: a file's time passes, a camera's newest picture waits.
        bool isFrozen = frame.Screen.IsFrozen, isTaken;
        do
        {
            isTaken = (!isFrozen || settings.Waits) && grabber!.Take(ref isFrozen ? ref passing : ref held, settings.Waits ? Turn : TimeSpan.Zero, stop);
            Tell(frame);
        }
        while (!isTaken && settings.Waits && !grabber!.HasEnded && !stop.IsCancellationRequested);
        frame.IsNew = isTaken && !isFrozen;
        if (isTaken && isFrozen) frame.Time = passing.Time;
        frame.HasEnded = !isTaken && (settings.Waits || grabber!.HasEnded);
        (frame.Captured, frame.Dropped, frame.Duplicated) = (grabber!.Captured, grabber.Dropped, grabber.Duplicated);
        string source = grabber.Source;
        if (frame.Source.Length > 0 && frame.Source != source) frame.Screen.Say(CameraSource.Title(source), frame.Now);
        (frame.Camera, frame.Source, frame.View) = (grabber.Status, source, grabber.View);
        if (!frame.IsNew) return;
        frame.Times.Grab(held.Took.TotalMilliseconds);
        (frame.Picture, frame.Number, frame.Time, frame.Arrived) = (held.Picture, held.Number, held.Time, held.Arrived);
    }

    public override void Unload() => grabber?.Dispose();

    private void Obey(Frame frame)
    {
        if (frame.CaptureRequest is not { } request) return;
        frame.CaptureRequest = null;
        if (request.View is { } view) grabber!.View = view;
        if (request.Source is not { } source) return;
        if (source == CaptureRequest.Next)
        {
            // From a camera that was refused the turn goes on to the one after it.
            string old = asked ?? grabber!.Source;
            asked = source = CameraSource.After(old, settings.Source);
            if (source == grabber!.Source)
            {
                grabber.Keep();
                frame.Screen.Say(source == old ? $"{CameraSource.Title(source)} is the only camera" : CameraSource.Title(source), frame.Now);
                return;
            }
        }
        asked = source;
        frame.Screen.Say($"opening {CameraSource.Title(source)} …", frame.Now);
        grabber!.Switch(source);
    }

    /// <summary>A camera in order is no news, unless it was not.</summary>
    private void Tell(Frame frame)
    {
        while (grabber!.TryTakeRefusal(out string why))
        {
            note(why);
            frame.Screen.Say(why, frame.Now, complaint: true);
        }
        while (grabber.TryTakeNote(out string sentence)) note(sentence);
        while (grabber.TryTakeChange(out CameraStatus status))
        {
            bool isAway = status.State is not (CameraState.Opening or CameraState.Live);
            if (isAway || (wasAway && status.State == CameraState.Live)) note(status.Detail.Length == 0 ? status.Text : $"{status.Text} ({status.Detail.TrimEnd('.')})");
            wasAway = isAway;
        }
    }
}
