using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;

namespace LiveCam.Platform;

/// <summary>The OpenGL context of a GLFW window, or of a hidden one made to share with it.</summary>
internal sealed unsafe class GlfwContext : GlContext
{
    private readonly Func<nint, nint> share;   // window to share with -> a new hidden window, 0 when refused
    private readonly bool ownsWindow;
    private nint window;

    public GlfwContext(nint window, Func<nint, nint> share, bool ownsWindow = false) =>
        (this.window, this.share, this.ownsWindow) = (window, share, ownsWindow);

    public override string Origin => $"GLFW {Glfw.Version.Split(' ')[0]} {(ownsWindow ? "hidden window" : "window")}";

    public override void MakeCurrent()
    {
        ObjectDisposedException.ThrowIf(window == 0, this);
        Glfw.MakeContextCurrent(window);
        if (Glfw.GetCurrentContext() != window)
            throw new LiveCamException($"Making the window's OpenGL context current on this thread: {Glfw.LastError()}. Is it current on another?");
    }

    public override void Release()
    {
        if (window != 0 && Glfw.GetCurrentContext() == window) Glfw.MakeContextCurrent(0);
    }

    /// <summary>The address of an entry point; the context has to be current on the calling thread.</summary>
    public override nint GetProcAddress(string name) => Glfw.GetProcAddress(name);

    /// <summary>Only on the window's own thread, as everything that makes windows.</summary>
    public override GlContext? CreateShared()
    {
        ObjectDisposedException.ThrowIf(window == 0, this);
        nint made = share(window);
        return made == 0 ? null : new GlfwContext(made, share, ownsWindow: true);
    }

    /// <summary>Only on the window's own thread, and current on no other.</summary>
    public override void Dispose()
    {
        Release();
        if (ownsWindow && window != 0) Glfw.DestroyWindow(window);
        window = 0;
    }
}
