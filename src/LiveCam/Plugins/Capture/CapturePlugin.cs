using LiveCam.Platform;

namespace LiveCam.Plugins.Capture;

/// <summary>Camera to <see cref="Frame.Picture"/>, stamped.</summary>
/// <param name="camera">Open; the plugin disposes of it.</param>
/// <param name="reopen">Opens a live source again that went away.</param>
/// <param name="limit">Pictures to capture at most.</param>
/// <param name="note">Told what the user should know.</param>
public sealed class CapturePlugin(Camera camera, Func<Camera>? reopen, long limit, Action<string> note, CancellationToken stop) : Plugin
{
    private Grabber? grabber;
    private Grabber.Grab held;

    public override string Name => "capture";
    public override FrameParts Writes => FrameParts.Picture;

    public override void Load() => grabber = new Grabber(camera, reopen, limit, note);

    public override void Update(Frame frame)
    {
        frame.IsNew = grabber!.Take(ref held, stop);
        frame.HasEnded = !frame.IsNew;
        (frame.Captured, frame.Dropped) = (grabber.Captured, grabber.Dropped);
        if (!frame.IsNew) return;
        (frame.Picture, frame.Number, frame.Time, frame.Arrived) = (held.Picture, held.Number, held.Time, held.Arrived);
    }

    public override void Unload()
    {
        if (grabber is null) camera.Dispose();
        else grabber.Dispose();
    }
}
