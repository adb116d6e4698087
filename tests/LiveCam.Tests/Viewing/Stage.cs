using LiveCam.Commands;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Networks;
using LiveCam.Plugins.Record;
using LiveCam.Ui;

namespace LiveCam.Tests.Viewing;

/// <summary>The program without a window: its plugins on the test pattern, one tick at a time, keys and mouse given by the test.</summary>
internal sealed class Stage : IDisposable
{
    public Frame Frame { get; }
    public LiveCamApp App { get; }
    public Seen Screen => new(Frame, App);

    public Stage(PictureModel? model = null, int width = 1280, int height = 720, string? snapshot = null, string folder = "", Plugin[]? optional = null, params ReadOnlySpan<Plugin> more)
    {
        Frame = new Frame(width, height, isShown: true);
        model ??= PictureModel.BuiltIn(new Dictionary<string, string> { ["width"] = "64", ["height"] = "48" });
        var chain = new PluginChain
        {
            Source = new CapturePlugin(new CaptureSettings("pattern:96x64") { Waits = true }, CancellationToken.None), IsShown = true, IsStrict = true,
            Network = new StepwiseNetwork(new NetworkBuilder(model, "cpu", "", _ => new CpuDevice(threads: 1))), Extras = more.ToArray(),
            Outputs = [new RecordPlugin(snapshot, null, width, height, 30, isLive: false, VideoWriter.Create, folder)],
        };
        PluginList plugins = chain.Build();
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
