using LiveCam.Engine;
using Silk.NET.Maths;
using Silk.NET.Windowing;

namespace LiveCam.Platform;

/// <summary>
/// A window that Silk.NET makes and pumps. Keys and the mouse are heard from its GLFW directly: Silk.NET.Input reports neither
/// repeated keys nor modifiers.
/// </summary>
internal sealed unsafe class SilkWindow : GlfwWindow
{
    private readonly IWindow window;

    private SilkWindow(IWindow window, WindowRequest request, (int, int) version) : base(window.Handle, request, version)
    {
        this.window = window;
        window.FramebufferResize += size => Queue(new(WindowEventKind.Resize) { Width = size.X, Height = size.Y });
        window.FocusChanged += has => { if (!has) Queue(new(WindowEventKind.FocusLost)); };
        window.FileDrop += paths => { foreach (string path in paths) QueueDrop(path); };
        window.Closing += () => Queue(new(WindowEventKind.Close));
        Context.Release();   // Silk.NET makes it current
    }

    /// <inheritdoc cref="GlfwWindow.Open"/>
    public static Platform.Window Open(WindowRequest request) => Open(request, version => Create(request, version));

    private static SilkWindow? Create(WindowRequest request, (int Major, int Minor) version)
    {
        // Silk.NET goes on with a window that GLFW refused, which ends the process. The hints of this trial stay set, too: those
        // that Silk.NET does not set itself (the content scale) apply to its window.
        nint trial = CreateHandle(Trial(request), version, share: 0);
        if (trial == 0) return null;
        Glfw.DestroyWindow(trial);
        WindowOptions options = WindowOptions.Default;
        options.Title = request.Title;
        options.Size = new Vector2D<int>(request.Width, request.Height);
        options.IsVisible = request.Visible;
        options.WindowClass = ClassName;
        options.PreferredDepthBufferBits = options.PreferredStencilBufferBits = 0;
        options.ShouldSwapAutomatically = false;
        options.IsContextControlDisabled = true;
        ContextFlags flags = ContextFlags.ForwardCompatible | (request.Debug ? ContextFlags.Debug : 0);
        options.API = new GraphicsAPI(ContextAPI.OpenGL, ContextProfile.Core, flags, new APIVersion(version.Major, version.Minor));
        try
        {
            IWindow window = Silk.NET.Windowing.Window.Create(options);
            window.Initialize();
            return new SilkWindow(window, request, version);
        }
        catch (Exception e) when (e is PlatformNotSupportedException or NotSupportedException or InvalidOperationException or Silk.NET.GLFW.GlfwException)
        {
            throw new LiveCamException($"Opening a window: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.", e);
        }
    }

    // The interface's own DoEvents: the class has another, which leaves things out.
    protected override void TakeIn() => window.DoEvents();

    protected override void Destroy()
    {
        window.Reset();
        window.Dispose();
    }
}
