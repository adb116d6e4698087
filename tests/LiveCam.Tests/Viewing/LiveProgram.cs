using System.Diagnostics;
using LiveCam.Commands;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Plugins.Record;
using LiveCam.Tests.Platform;
using LiveCam.Ui;

namespace LiveCam.Tests.Viewing;

/// <summary>
/// The program with everything a run with a window has: in a real window with a user made of X11 events, or the same without one. Files it
/// saves go to a folder of the test's.
/// </summary>
internal sealed class LiveProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // X11 keycodes of the standard (evdev) keyboard.
    private static readonly Dictionary<Key, int> Codes = new()
    {
        [Key.Q] = 24, [Key.W] = 25, [Key.T] = 28, [Key.O] = 32, [Key.P] = 33, [Key.S] = 39, [Key.F] = 41, [Key.G] = 42, [Key.H] = 43, [Key.K] = 45,
        [Key.Z] = 52, [Key.X] = 53, [Key.C] = 54, [Key.V] = 55, [Key.N] = 57, [Key.M] = 58, [Key.Space] = 65,
        [Key.Up] = 111, [Key.Left] = 113, [Key.Right] = 114, [Key.Down] = 116,
    };

    private readonly Puppeteer? user;

    public WindowHost? Host { get; }
    public Frame Frame { get; }
    public LiveCamApp App { get; }
    public Seen Screen => new(Frame, App);

    /// <summary>What the program said on stderr.</summary>
    public List<string> Notes { get; } = [];

    /// <param name="isWindow">False draws the same frames without a display.</param>
    /// <param name="open">Opens a device; the CPU with one thread where left out, and the window's OpenGL.</param>
    /// <param name="features">Finds the model's layer of features, for tests that teach.</param>
    /// <param name="more">Further plugins.</param>
    public LiveProgram(PictureModel model, CaptureSettings source, string folder, int width = 640, int height = 360, bool isWindow = true, string device = "cpu",
        bool drawsWithGl = false, Func<string, Device>? open = null, Func<PictureModel, string>? features = null, params ReadOnlySpan<Plugin> more)
    {
        if (isWindow && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))) throw Requirements.Missing("display", "no display (DISPLAY is not set); xvfb-run gives one");
        Frame = new Frame(width, height, isShown: true);
        if (isWindow)
        {
            Host = new WindowHost(Window.Create(new WindowRequest("LiveCam test", width, height)), drawsWithGl);
            Host.Begin(Frame);
            user = new Puppeteer(Host.Window);
        }
        open ??= kind => kind == "gl" ? Host!.OpenDevice() : new CpuDevice(threads: 1);
        var chain = new PluginChain
        {
            Source = new CapturePlugin(source, CancellationToken.None), IsShown = true, IsStrict = true, FramesPerSecond = 60, Input = Host?.Input, Present = Host?.Present,
            Network = new ConcurrentNetwork(new NetworkBuilder(model, device, "", open, features)), Extras = more.ToArray(),
            Outputs = [new RecordPlugin(null, null, width, height, 30, isLive: true, VideoWriter.Create, folder)],
        };
        App = new LiveCamApp(chain.Build(), Frame, note: Notes.Add);
        App.Load();
    }

    /// <summary>Presses and lets go of a key; what it does has not happened yet.</summary>
    public void Press(Key key)
    {
        if (user is null)
        {
            Frame.Events.Add(new(WindowEventKind.KeyDown) { Key = key });
            return;
        }
        // GLFW takes two presses of one key in one millisecond for one.
        Thread.Sleep(2);
        user.Key(Codes[key], down: true);
        user.Key(Codes[key], down: false);
    }

    /// <summary>Presses a key and waits for what it does.</summary>
    public void Press(Key key, Func<bool> happened)
    {
        Press(key);
        Until(happened, key.ToString());
    }

    /// <summary>Ticks until something has happened.</summary>
    public void Until(Func<bool> happened, string what = "it")
    {
        for (long start = Stopwatch.GetTimestamp(); !happened();)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"{what} did not happen in {Patience.TotalSeconds} seconds: {Screen.Message} {Frame.Camera.Text} {string.Join(" ", Frame.Faults)}");
            App.Tick();
        }
    }

    /// <summary>What can be seen: the display's pixels where there is a window, else the frame as it is drawn for files. Null where the display is too small.</summary>
    public Picture? Look()
    {
        if (user is not null)
        {
            // The picture on the screen may be of the tick before.
            for (int i = 0; i < 3; i++) App.Tick();
            return user.Look(Frame.Width, Frame.Height);
        }
        var picture = new Picture(Frame.Width, Frame.Height, PixelFormat.Rgba8);
        new SoftwareRasterizer().Render(Frame.Canvas!, picture);
        return picture;
    }

    public void Dispose()
    {
        App.Unload();
        user?.Dispose();
        Host?.Dispose();
    }
}
