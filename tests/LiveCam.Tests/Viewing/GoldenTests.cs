using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Platform;
using LiveCam.Ui;

namespace LiveCam.Tests.Viewing;

/// <summary>A walk through the program by keys, in a real window and without one; what can be seen is compared with golden pictures.</summary>
[Collection(WindowCollection.Name)]
public sealed class GoldenTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>Takes the measured times of layers away, which differ from run to run.</summary>
    private sealed class Timeless : Plugin
    {
        public override string Name => "timeless";
        public override IReadOnlyList<Type> Reads => [typeof(LayerTimes)];
        public override IReadOnlyList<Type> Writes => [typeof(LayerTimes)];
        private readonly LayerTimes none = new([]);
        public override void Update(Frame frame) => frame.Replace(none);
    }

    [Theory]
    [InlineData(true, 1280, 720)]
    [InlineData(true, 1920, 1080)]
    [InlineData(false, 1280, 720)]
    [InlineData(false, 1920, 1080)]
    public void Start_walk_freeze_zoom_snapshot_and_quit_look_like_their_golden_pictures(bool isWindow, int width, int height)
    {
        var model = PictureModel.Load(Requirements.Data("models/resnet8-cifar10/model.onnx"), Requirements.Data("labels/cifar10.txt"), new Dictionary<string, string>());
        ImageFile.Save(Scratch.Pattern(640, 480, 7), scratch["still.png"]);
        using var live = new LiveProgram(model, new CaptureSettings(scratch["still.png"]) { Speed = 1, Stays = true }, scratch.Folder, width, height, isWindow, more: new Timeless());
        Frame frame = live.Frame;
        Assert.Equal((width, height), (frame.Width, frame.Height));
        live.Until(() => frame.Answer is not null && frame.Features is not null, "the first answer");
        int first = frame.Network!.KeptIndex;
        See("start");

        foreach (int layer in new[] { first + 1, first + 2 })
            live.Press(Key.Down, () => frame.Network!.KeptIndex == layer && frame.FeaturesTitle == frame.Network.Layers[layer].Name);
        See("layer");

        live.Press(Key.Space, () => live.Screen.IsFrozen);
        See("frozen");

        live.Press(Key.Right, () => live.Screen.Channel == 1);
        live.Press(Key.Z, () => live.Screen.IsZoomed);
        See("zoomed");

        live.Press(Key.P, () => live.Screen.Message.EndsWith(".png", StringComparison.Ordinal));
        string file = Assert.Single(Directory.GetFiles(scratch.Folder, "livecam-*.png"));
        Compare("zoomed", ImageFile.Load(file));

        live.Press(Key.Q, () => frame.HasEnded);
        Assert.Empty(frame.Faults);
        Assert.Empty(live.Notes);

        // Toasts go by themselves; only then is what is seen always the same.
        void See(string what)
        {
            live.Until(() => live.Screen.Message.Length == 0, "the end of the message");
            for (int i = 0; i < 3; i++) live.App.Tick();
            Compare(what, live.Look() ?? throw Requirements.Missing("display", $"no {width}x{height} pixels on this display"));
        }

        void Compare(string what, Picture seen) => GoldenPicture.Compare($"{width}x{height}-{what}", seen, Strip());

        // The strip of times along the lower edge.
        Rect Strip()
        {
            Rect strip = Panes.For(width, height, new Theme(Theme.ScaleFor(width, height))).Status;
            return strip with { Width = width, X = 0 };
        }
    }
}
