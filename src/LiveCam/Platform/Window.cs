using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;

namespace LiveCam.Platform;

/// <summary>What window to open.</summary>
/// <param name="Title">The text of the title bar.</param>
/// <param name="Width">Width of the content in window units (pixels where the content scale is 1).</param>
/// <param name="Height">Height of the content in window units.</param>
public sealed record WindowRequest(string Title, int Width = 1280, int Height = 720)
{
    /// <summary>False opens it hidden, as a place for an OpenGL context or until the first frame is drawn.</summary>
    public bool Visible { get; init; } = true;

    /// <summary>The oldest core OpenGL that will do, as (major, minor). 4.5 is tried first, whatever this says.</summary>
    public (int Major, int Minor) OldestGl { get; init; } = (3, 3);

    /// <summary>Asks the driver for a debug context, which reports errors as they happen and is slower.</summary>
    public bool Debug { get; init; }
}

/// <summary>
/// A window with an OpenGL core context. Everything here is for the thread that created it (the program's first one),
/// except the context, which one thread at a time may have current.
/// </summary>
public abstract class Window : IDisposable
{
    /// <summary>The window's context. The window owns it; it is current nowhere until somebody makes it so.</summary>
    public abstract GlContext Context { get; }

    /// <summary>The core OpenGL version of the context.</summary>
    public abstract (int Major, int Minor) GlVersion { get; }

    /// <summary>Size of what is drawn on, in pixels; 0x0 while minimised on some systems.</summary>
    public abstract (int Width, int Height) FramebufferSize { get; }

    /// <summary>Pixels per logical unit that the desktop asks for: 1 is 96 dpi, 2 a high-density screen.</summary>
    public abstract float ContentScale { get; }

    public abstract string Title { get; set; }

    public abstract bool Visible { get; set; }

    /// <summary>Covers the whole monitor that the window is on, in that monitor's own mode, or goes back.</summary>
    public abstract bool Fullscreen { get; set; }

    /// <summary>Whether <see cref="Swap"/> waits for the screen. Setting it needs the context current on this thread.</summary>
    public abstract bool VSync { get; set; }

    /// <summary>Changes the size of the content, in window units; a Resize event follows.</summary>
    public abstract void Resize(int width, int height);

    /// <summary>
    /// Takes in what happened since the last call, in order. The span is valid until the next call. With
    /// <paramref name="wait"/> it first waits up to that long for something to happen.
    /// </summary>
    public abstract ReadOnlySpan<WindowEvent> PumpEvents(TimeSpan wait = default);

    /// <summary>Shows what was drawn. The context is current on the calling thread.</summary>
    public abstract void Swap();

    /// <summary>Closes the window and deletes its context.</summary>
    public abstract void Dispose();

    /// <summary>The library that makes this build's windows: the MSBuild property <c>Windowing</c>, <c>glfw</c> or <c>silk</c>.</summary>
    public static string Library => GlfwLibrary.Name;

    /// <summary>Opens a window, or a hidden one as a place for an OpenGL context. Only on the program's first thread.</summary>
    /// <exception cref="LiveCamException">There is no display, or no OpenGL as new as asked for.</exception>
    public static Window Create(WindowRequest request) => GlfwLibrary.Open(request);
}
