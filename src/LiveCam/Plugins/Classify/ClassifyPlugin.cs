using LiveCam.Networks;

namespace LiveCam.Plugins.Classify;

/// <summary>Picture to <see cref="Frame.Answer"/> and <see cref="Frame.Layer"/>, and wishes to the network.</summary>
/// <param name="network">The plugin disposes of it.</param>
/// <param name="note">Told what went wrong, where nobody sees the screen; null for nobody.</param>
public sealed class ClassifyPlugin(LiveNetwork network, Action<string>? note = null) : Plugin
{
    public override string Name => "network";
    public override FrameParts Reads => FrameParts.Picture;
    public override FrameParts Writes => FrameParts.Answer;

    public override void Load() => network.Start();

    public override void Update(Frame frame)
    {
        bool isChanged = frame.Screen.LooksAgain;
        frame.Screen.LooksAgain = false;
        while (frame.Screen.Wishes.TryDequeue(out NetworkWish? wish))
        {
            network.Want(wish);
            isChanged = true;
        }
        network.Offer(frame, isChanged);
        if (network.TakeComplaint() is { } complaint)
        {
            note?.Invoke(complaint);
            frame.Screen.Say(complaint, frame.Now, complaint: true);
            // There is a network, though it gave no answer.
            frame.Network ??= network.Running;
        }
        network.Take()?.Show(frame);
    }

    public override void Unload() => network.Dispose();
}
