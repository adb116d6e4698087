using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;

namespace LiveCam.Plugins.Classify;

/// <summary>Picture to <see cref="Answer"/>, with the network that gave it and the layer it keeps, and wishes to the network.</summary>
/// <param name="network">The plugin disposes of it.</param>
public sealed class ClassifyPlugin(LiveNetwork network) : Plugin
{
    private readonly SceneCut cut = new();
    private PictureModel? introduced;
    private string? file;
    private bool looksAgain;

    public override string Name => "network";
    public override IReadOnlyList<Type> Reads => [typeof(Picture)];
    public override IReadOnlyList<Type> MayRead => [typeof(CameraReport)];
    public override IReadOnlyList<Type> Writes => [typeof(Answer), typeof(NetworkInfo), typeof(LayerData), typeof(LayerTimes)];

    public override IReadOnlyList<Handler> Handles =>
    [
        Handler.Of<ChangeNetwork>((_, wish) => Want(wish)), Handler.Of<LookAgain>((_, _) => looksAgain = true),
        Handler.Of<ChooseChannel>((_, chosen) => network.Probe = network.Probe with { Channel = chosen.Channel }),
        Handler.Of<MoveProbe>((_, moved) => network.Probe = network.Probe with { Place = (moved.X, moved.Y) }),
    ];

    public override IEnumerable<KeyCommand> Keys =>
    [
        new(KeyTable.Network, "G", "switch between CPU and OpenGL", [(Key.G, 0)], (_, _) => Want(new(Device: ChangeNetwork.Next), "switching the device …")),
        new(KeyTable.Network, "N", "next model in the folder", [(Key.N, 0)], (_, _) => Want(new(Model: ChangeNetwork.Next), "loading the next model …")),
        new(KeyTable.Network, "I", "next way from pixels to numbers, where a model does not say its own", [(Key.I, 0)], (_, _) => NextContract()),
        new(KeyTable.Network, "drop a file", "an .onnx model, or labels as .txt or .json", [], (_, _) => { }),
    ];

    public override void Load() => network.Start();

    public override void Update(Frame frame)
    {
        bool again = looksAgain;
        looksAgain = false;
        if (frame.IsNew && IsOtherScene(frame)) network.Cut = frame.Time;
        network.Offer(frame, again);
        if (network.TakeError() is { } complaint)
        {
            Say(complaint, Severity.Warning);
            // There is a network, though it gave no answer.
            if (frame.Get<NetworkInfo>() is null && network.Running is { } running) frame.Set(running);
        }
        network.Take()?.Show(frame);
        Introduce(frame.Get<NetworkInfo>()?.Model);
    }

    /// <summary>What is worth knowing about a model that somebody switched to; the first one's is told at the start.</summary>
    private void Introduce(PictureModel? model)
    {
        if (model is null || ReferenceEquals(model.Graph, introduced?.Graph)) return;
        if (introduced is not null && model.Notes.Count > 0) Say(string.Join(' ', model.Notes), Severity.Warning);
        introduced = model;
    }

    /// <summary>Pictures of a folder have nothing to do with each other, and a video may go on with another scene.</summary>
    private bool IsOtherScene(Frame frame)
    {
        bool isCut = cut.Follow(frame.Picture!);
        string? before = file;
        file = frame.Get<CameraReport>()?.File;
        return isCut || file != before;
    }

    private void NextContract()
    {
        if (network.Running?.Model is not { Path: not null } model) return;
        string next = PreprocessingPresets.After(model.Contract);
        Want(new(Contract: next), $"pixels as {next} …");
    }

    private void Want(ChangeNetwork wish, string message = "")
    {
        network.Want(wish);
        looksAgain = true;
        if (message.Length > 0) Say(message);
    }

    public override void Unload() => network.Dispose();
}
