using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Platform;
using LiveCam.Ui;
using LiveCam.Ui.GlDisplay;

namespace LiveCam;

/// <summary>
/// A window on the loop: its first plugin brings events into the frame, its last shows what was composed. Everything happens on the
/// program's first thread, which the window belongs to.
/// </summary>
public sealed class WindowHost : IDisposable
{
    private readonly Window window;
    private readonly GlCanvasRenderer? renderer;
    private readonly PictureScreen? screen;
    private TimeSpan swapped;

    /// <param name="window">Disposed of with the host.</param>
    public WindowHost(Window window)
    {
        this.window = window;
        window.Context.MakeCurrent();
        Gl gl = Gl.Load(window.Context.GetProcAddress, requiredVersion: 33);
        if (GlCaps.IsSoftwareName(gl.Text(GlEnum.Renderer))) screen = new PictureScreen(gl);
        else renderer = new GlCanvasRenderer(gl);
        window.VSync = true;
    }

    public Window Window => window;
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
        renderer?.Dispose();
        screen?.Dispose();
        window.Context.Release();
        window.Dispose();
    }

    private sealed class InputPlugin(WindowHost host) : Plugin
    {
        // A window nobody can see is not shown; the loop then goes by this.
        private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

        private readonly FramePacer pacer = new();

        public override string Name => "window";
        public override FrameParts Writes => FrameParts.Events;

        public override void Update(Frame frame)
        {
            // Waiting before the events are read makes them the newest ones.
            pacer.Wait(host.swapped);
            (int width, int height) = host.window.FramebufferSize;
            foreach (ref readonly WindowEvent happened in host.window.PumpEvents(width == 0 ? Rest : default))
            {
                frame.Events.Add(happened);
                if (happened.Kind == WindowEventKind.ScaleChange) frame.ContentScale = host.window.ContentScale;
            }
            if (frame.Screen.IsFullscreen != host.window.Fullscreen)
            {
                host.window.Fullscreen = frame.Screen.IsFullscreen;
                frame.Screen.IsFullscreen = host.window.Fullscreen;
            }
        }
    }

    private sealed class PresentPlugin(WindowHost host) : Plugin
    {
        public override string Name => "show";
        public override FrameParts Reads => FrameParts.Canvas;

        public override void Draw(Frame frame)
        {
            (int width, int height) = host.window.FramebufferSize;
            if (width == 0 || height == 0) return;
            // While the window is being resized the frame is a tick behind; its top left corner stays in place.
            Canvas canvas = frame.Canvas!;
            host.renderer?.Render(canvas, 0, height - canvas.Height);
            host.screen?.Render(canvas, height - canvas.Height);
            long start = Stopwatch.GetTimestamp();
            host.window.Swap();
            // A display drawn by the processor waits for no screen.
            host.swapped = host.screen is null ? Stopwatch.GetElapsedTime(start) : TimeSpan.Zero;
        }

        // The host belongs to whoever opened it.
    }
}
