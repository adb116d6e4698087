using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Platform;
using LiveCam.Ui;
using LiveCam.Ui.GlDisplay;
using Silk.NET.OpenGL;

namespace LiveCam.Loop;

/// <summary>
/// A window on the loop: its first plugin brings events into the frame, its last shows what was composed. Everything happens on the
/// program's first thread, which the window belongs to.
/// </summary>
public sealed class WindowHost : IDisposable
{
    private const int DisplayVersion = 33;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Window window;
    private readonly GL gl;
    private readonly int version;
    private readonly GlCanvasRenderer? renderer;
    private readonly PictureScreen? screen;
    private readonly GpuTimer? timer;
    private readonly double[] drawn = new double[1];
    private readonly int home = Environment.CurrentManagedThreadId;
    // Of threads that wait for a device; under its own lock, and so is whether nobody comes for them any more.
    private readonly Queue<TaskCompletionSource<GlDevice>> errands = new();
    private bool isClosing;
    private GlContext? second;
    private GlDevice? device;
    private TimeSpan swapped;

    /// <param name="window">Disposed of with the host.</param>
    /// <param name="drawsWithGl">Whether OpenGL draws although it is software, which the processor is faster than.</param>
    public WindowHost(Window window, bool drawsWithGl = false)
    {
        this.window = window;
        window.Context.MakeCurrent();
        gl = window.Context.Load(DisplayVersion);
        version = GlVersion.Of(gl);
        IsSoftware = GlCaps.IsSoftwareName(gl.GetStringS(GLEnum.Renderer));
        if (IsSoftware && !drawsWithGl) screen = new PictureScreen(gl);
        else renderer = new GlCanvasRenderer(gl);
        if (renderer is not null && !IsSoftware) timer = new GpuTimer(gl, stages: 1);
        window.VSync = true;
    }

    public Window Window => window;

    /// <summary>Whether the display's OpenGL is a program on the processor.</summary>
    public bool IsSoftware { get; }

    /// <summary>Whether networks can run on the display's own context.</summary>
    public bool Computes => version >= GlVersion.Compute;

    /// <summary>A device on the display's context: plans run on this window's thread, between drawing, and are made beside it. From any thread
    /// while the loop runs; disposed of before the host.</summary>
    /// <param name="shaders">Null for the program's own.</param>
    /// <exception cref="LiveCamException">The display's OpenGL is too old, or allows no second context.</exception>
    public GlDevice OpenDevice(ShaderLibrary? shaders = null)
    {
        if (!Computes) throw new LiveCamException($"Running a network on this display: it offers OpenGL {version / 10}.{version % 10}, but compute shaders take 4.5. Run with --device cpu.");
        if (Environment.CurrentManagedThreadId == home) return Open(shaders);
        var opened = new TaskCompletionSource<GlDevice>(shaders, TaskCreationOptions.RunContinuationsAsynchronously);
        lock (errands)
        {
            if (isClosing) throw new OperationCanceledException("The window closes.");
            errands.Enqueue(opened);
        }
        if (Task.WaitAny([opened.Task], Patience) < 0 && opened.TrySetCanceled()) throw new LiveCamException("Opening OpenGL for a network: the window did not answer.");
        return opened.Task.GetAwaiter().GetResult();
    }

    private GlDevice Open(ShaderLibrary? shaders)
    {
        second ??= window.Context.CreateShared() ?? throw new LiveCamException("Running a network on this display: its driver allows no second OpenGL context. Run with --device cpu.");
        return device = new GlDevice(gl, new GlThread(second, "gl workshop", ownsContext: false), ProgramCache.DefaultDirectory, shaders);
    }

    /// <summary>Opens the devices that other threads wait for.</summary>
    private void RunErrands()
    {
        while (true)
        {
            TaskCompletionSource<GlDevice>? errand;
            lock (errands)
                if (!errands.TryDequeue(out errand)) return;
            // Who gave up waiting wants none.
            if (errand.Task.IsCompleted) continue;
            try
            {
                GlDevice made = Open((ShaderLibrary?)errand.Task.AsyncState);
                if (errand.TrySetResult(made)) continue;
                device = null;
                made.Dispose();
            }
            catch (Exception error)
            {
                errand.TrySetException(error);
            }
        }
    }

    /// <summary>Who waits for the display, or for a device on it, waits no more.</summary>
    private void Close()
    {
        lock (errands)
        {
            isClosing = true;
            while (errands.TryDequeue(out TaskCompletionSource<GlDevice>? errand)) errand.TrySetCanceled();
        }
        device?.Slices!.Close();
    }

    public Plugin Input => new InputPlugin(this);
    public Plugin Present => new PresentPlugin(this);

    /// <summary>Opens a window, or says why there is none.</summary>
    public static WindowHost? TryOpen(int width, int height, out string reason)
    {
        reason = "";
        Window? window = null;
        try
        {
            window = Window.Create(new WindowRequest("LiveCam", width, height));
            return new WindowHost(window);
        }
        catch (LiveCamException error)
        {
            window?.Dispose();
            reason = error.Message;
            return null;
        }
    }

    /// <summary>Tells a frame the window's size before the first event.</summary>
    public void Begin(Frame frame)
    {
        (int width, int height) = window.FramebufferSize;
        if (width > 0 && height > 0) (frame.Width, frame.Height) = (width, height);
        frame.ContentScale = window.ContentScale;
    }

    public void Dispose()
    {
        timer?.Dispose();
        renderer?.Dispose();
        screen?.Dispose();
        second?.Dispose();
        window.Context.Release();
        window.Dispose();
    }

    private sealed class InputPlugin(WindowHost host) : Plugin
    {
        // A window nobody can see is not shown; the loop then goes by this.
        private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

        private readonly FramePacer pacer = new();

        public override string Name => "window";
        public override IReadOnlyList<Type> Writes => [typeof(WindowEvent)];

        public override void Update(Frame frame)
        {
            // Waiting before the events are read makes them the newest ones.
            pacer.Wait(host.swapped);
            host.RunErrands();
            (int width, int height) = host.window.FramebufferSize;
            foreach (ref readonly WindowEvent happened in host.window.PumpEvents(width == 0 ? Rest : default))
            {
                frame.Events.Add(happened);
                if (happened.Kind == WindowEventKind.ScaleChange) frame.ContentScale = host.window.ContentScale;
            }
            if (frame.IsFullscreen != host.window.Fullscreen)
            {
                host.window.Fullscreen = frame.IsFullscreen;
                frame.IsFullscreen = host.window.Fullscreen;
            }
        }
    }

    private sealed class PresentPlugin(WindowHost host) : Plugin
    {
        public override string Name => "show";
        public override IReadOnlyList<Type> Reads => [typeof(Canvas)];

        // What others wait for on the display's device goes on with what the network has left of the tick.
        public override void Update(Frame frame) => host.device?.Slices!.GoOn(frame.Spare);

        public override void Draw(Frame frame)
        {
            (int width, int height) = host.window.FramebufferSize;
            if (width == 0 || height == 0) return;
            // While the window is being resized the frame is a tick behind; its top left corner stays in place.
            Canvas canvas = frame.Canvas!;
            host.timer?.BeginFrame();
            host.timer?.Begin(0);
            host.renderer?.Render(canvas, 0, height - canvas.Height);
            host.timer?.End(0);
            host.timer?.EndFrame();
            host.screen?.Render(canvas, height - canvas.Height);
            long start = Stopwatch.GetTimestamp();
            host.window.Swap();
            TimeSpan swap = Stopwatch.GetElapsedTime(start);
            StageTimes times = frame.Get<StageTimes>()!;
            // A display drawn by the processor waits for no screen.
            if (host.screen is null) times.Waited += swap;
            host.swapped = host.screen is null ? swap : TimeSpan.Zero;
            if (host.timer?.TryRead(host.drawn, out _) == true) times.DrawnByDevice = host.drawn[0];
            if (frame.IsNew) times.Screen(Stopwatch.GetElapsedTime(frame.Arrived).TotalMilliseconds);
        }

        /// <summary>The host belongs to whoever opened it.</summary>
        public override void Unload() => host.Close();
    }
}
