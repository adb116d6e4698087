using System.Runtime.InteropServices;
using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;

namespace LiveCam.Platform;

/// <summary>
/// A window of GLFW, whoever makes and pumps it: everything but that is the same for all. Its events are in
/// GlfwWindow.Events.cs.
/// </summary>
internal abstract unsafe partial class GlfwWindow : Window
{
    private readonly GlfwContext context;
    private readonly int home = Environment.CurrentManagedThreadId;
    private GCHandle self;
    private nint handle;
    private string title;
    private bool fullscreen, vsync;
    private (int X, int Y, int Width, int Height) windowed;

    protected GlfwWindow(nint handle, WindowRequest request, (int, int) version)
    {
        this.handle = handle;
        title = request.Title;
        GlVersion = version;
        context = new GlfwContext(handle, window => CreateHandle(Trial(request), version, window));
        self = GCHandle.Alloc(this, GCHandleType.Weak);
        Glfw.SetWindowUserPointer(handle, GCHandle.ToIntPtr(self));
        ListenToInput();
    }

    /// <summary>Tries OpenGL 4.5, then the oldest that will do.</summary>
    /// <param name="make">Makes the window with a version, or answers null where GLFW refuses it.</param>
    /// <exception cref="LiveCamException">There is no display, or no OpenGL as new as asked for.</exception>
    protected static GlfwWindow Open(WindowRequest request, Func<(int Major, int Minor), GlfwWindow?> make)
    {
        if (request.Width is < 1 or > 16384 || request.Height is < 1 or > 16384)
            throw new LiveCamException($"Opening a window of {request.Width}x{request.Height}: each side has to be 1 to 16384.");
        GlfwLibrary.Start();
        string reason = "";
        foreach ((int, int) version in new[] { (4, 5), request.OldestGl }.Distinct())
        {
            if (version.CompareTo(request.OldestGl) < 0) continue;
            if (make(version) is { } window) return window;
            reason = Glfw.LastError();
        }
        throw new LiveCamException($"Opening a window with OpenGL {request.OldestGl.Major}.{request.OldestGl.Minor} core: the display's driver does not offer it "
            + $"({reason}). Update the graphics driver, or install Mesa's software renderer (libgl1-mesa-dri).");
    }

    /// <summary>A small hidden window like this one.</summary>
    protected static WindowRequest Trial(WindowRequest request) => request with { Visible = false, Width = 16, Height = 16 };

    /// <summary>A bare window; 0 where GLFW refuses it. Its hints stay set for the next window of the process.</summary>
    protected static nint CreateHandle(WindowRequest request, (int Major, int Minor) version, nint share)
    {
        Glfw.DefaultWindowHints();
        Glfw.WindowHint(Glfw.ContextVersionMajor, version.Major);
        Glfw.WindowHint(Glfw.ContextVersionMinor, version.Minor);
        Glfw.WindowHint(Glfw.OpenGlProfile, Glfw.CoreProfile);
        Glfw.WindowHint(Glfw.OpenGlForwardCompatible, Glfw.True);
        Glfw.WindowHint(Glfw.OpenGlDebugContext, request.Debug ? 1 : 0);
        Glfw.WindowHint(Glfw.DepthBits, 0);
        Glfw.WindowHint(Glfw.StencilBits, 0);
        Glfw.WindowHint(Glfw.ScaleToMonitor, Glfw.True);
        Glfw.WindowHint(Glfw.Visible, request.Visible ? 1 : 0);
        Glfw.WindowHintString(Glfw.X11ClassName, ClassName);
        Glfw.WindowHintString(Glfw.X11InstanceName, "livecam");
        return Glfw.CreateWindow(request.Width, request.Height, request.Title, share);
    }

    /// <summary>The class that X11 desktops know our windows by.</summary>
    protected const string ClassName = "LiveCam";

    public override GlContext Context => context;
    public override (int Major, int Minor) GlVersion { get; }

    public override (int Width, int Height) FramebufferSize
    {
        get
        {
            int width, height;
            Glfw.GetFramebufferSize(Handle, &width, &height);
            return (width, height);
        }
    }

    public override float ContentScale
    {
        get
        {
            float x, y;
            Glfw.GetWindowContentScale(Handle, &x, &y);
            return float.IsFinite(y) && y > 0 ? y : 1;
        }
    }

    public override string Title
    {
        get => title;
        set
        {
            if (value != title) Glfw.SetWindowTitle(Handle, title = value);
        }
    }

    public override bool Visible
    {
        get => Glfw.GetWindowAttrib(Handle, Glfw.Visible) == Glfw.True;
        set
        {
            if (value) Glfw.ShowWindow(Handle);
            else Glfw.HideWindow(Handle);
        }
    }

    public override bool Fullscreen
    {
        get => fullscreen;
        set
        {
            if (value == fullscreen) return;
            if (!value) Glfw.SetWindowMonitor(Handle, 0, windowed.X, windowed.Y, windowed.Width, windowed.Height, 0);
            else
            {
                int x, y, width, height;
                Glfw.GetWindowPos(Handle, &x, &y);
                Glfw.GetWindowSize(Handle, &width, &height);
                windowed = (x, y, width, height);
                nint monitor = MonitorAt(x + width / 2, y + height / 2);
                if (monitor == 0) return;   // a display without monitors keeps its window
                int* mode = Glfw.GetVideoMode(monitor);
                Glfw.SetWindowMonitor(Handle, monitor, 0, 0, mode[0], mode[1], mode[5]);
            }
            fullscreen = value;
            if (vsync) VSync = true;   // some drivers forget it with the window's mode
        }
    }

    public override bool VSync
    {
        get => vsync;
        set
        {
            vsync = value;
            if (Glfw.GetCurrentContext() == Handle) Glfw.SwapInterval(value ? 1 : 0);
        }
    }

    public override void Resize(int width, int height) => Glfw.SetWindowSize(Handle, Math.Max(1, width), Math.Max(1, height));

    public override void Swap() => Glfw.SwapBuffers(Handle);

    public override void Dispose()
    {
        if (handle == 0) return;
        // GLFW would go on taking the destroyed context for the one that is current there, and crash with the next.
        if (Environment.CurrentManagedThreadId != home) throw new InvalidOperationException("A window is disposed of by the thread that opened it.");
        context.Dispose();
        Destroy();
        handle = 0;
        self.Free();
    }

    /// <summary>Closes the window, which <see cref="Handle"/> still names.</summary>
    protected abstract void Destroy();

    protected nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(handle == 0, this);
            return handle;
        }
    }

    // The monitor that shows a point of the desktop, else the first; 0 where there is none.
    private static nint MonitorAt(int x, int y)
    {
        int count;
        nint* monitors = Glfw.GetMonitors(&count);
        for (int i = 0; i < count; i++)
        {
            int left, top;
            Glfw.GetMonitorPos(monitors[i], &left, &top);
            int* mode = Glfw.GetVideoMode(monitors[i]);
            if (mode != null && x >= left && x < left + mode[0] && y >= top && y < top + mode[1]) return monitors[i];
        }
        return count > 0 && Glfw.GetVideoMode(monitors[0]) != null ? monitors[0] : 0;
    }
}
