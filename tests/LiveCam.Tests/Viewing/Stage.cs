using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Networks;
using LiveCam.Plugins.Classify;
using LiveCam.Plugins.Controls;
using LiveCam.Plugins.FeatureMaps;
using LiveCam.Plugins.Overlay;
using LiveCam.Plugins.Record;
using LiveCam.Ui;

namespace LiveCam.Tests.Viewing;

/// <summary>The program without a window: its plugins on the test pattern, one tick at a time, keys and mouse given by the test.</summary>
internal sealed class Stage : IDisposable
{
    private readonly PluginList plugins = [];

    public Frame Frame { get; }
    public LiveCamApp App { get; }
    public Screen Screen => Frame.Screen;

    public Stage(PictureModel? model = null, int width = 1280, int height = 720, string? snapshot = null, Plugin[]? optional = null, params ReadOnlySpan<Plugin> more)
    {
        Frame = new Frame(width, height, isShown: true);
        model ??= PictureModel.BuiltIn(new Dictionary<string, string> { ["width"] = "64", ["height"] = "48" });
        var network = new StepwiseNetwork(new NetworkBuilder(model, "cpu", "", _ => new CpuDevice(threads: 1)));
        foreach (Plugin plugin in more) plugins.Add(plugin, isEssential: true);
        plugins.Add(new ControlsPlugin(), isEssential: true);
        plugins.Add(new CapturePlugin(new CaptureSettings("pattern:96x64") { Waits = true }, _ => { }, CancellationToken.None), isEssential: true);
        plugins.Add(new ClassifyPlugin(network), isEssential: true);
        plugins.Add(new FeatureMapsPlugin(), isEssential: true);
        plugins.Add(new OverlayPlugin("test pattern"), isEssential: true);
        plugins.Add(new RecordPlugin(snapshot, null, width, height, 30), isEssential: true);
        foreach (Plugin plugin in optional ?? []) plugins.Add(plugin);
        App = new LiveCamApp(plugins, Frame);
        App.Load();
    }

    /// <summary>A tick in which a key is pressed.</summary>
    public void Press(Key key, Modifiers with = 0)
    {
        Frame.Events.Add(new(WindowEventKind.KeyDown) { Key = key, Modifiers = with });
        App.Tick();
    }

    public void Mouse(WindowEventKind kind, float x, float y, float wheel = 0)
    {
        Frame.Events.Add(new(kind) { X = x, Y = y, DeltaY = wheel, Button = MouseButton.Left });
        App.Tick();
    }

    public void Drop(string path)
    {
        Frame.Events.Add(new(WindowEventKind.Drop) { Path = path });
        App.Tick();
    }

    public Picture Draw()
    {
        var picture = new Picture(Frame.Width, Frame.Height, PixelFormat.Rgba8);
        new SoftwareRasterizer().Render(Frame.Canvas!, picture);
        return picture;
    }

    public void Dispose() => App.Unload();
}
