using System.Runtime.InteropServices;
using System.Text;

namespace LiveCam.Platform;

// GLFW calls back while events are pumped (and from a few setters), on the window's thread. The callbacks only queue:
// no exception may leave one, and nothing is allocated once the queue has its size.
internal abstract unsafe partial class GlfwWindow
{
    private WindowEvent[] queue = new WindowEvent[64], delivered = new WindowEvent[64];
    private int queued;
    private float mouseX, mouseY;   // framebuffer pixels

    public override ReadOnlySpan<WindowEvent> PumpEvents(TimeSpan wait = default)
    {
        ObjectDisposedException.ThrowIf(handle == 0, this);
        if (wait > TimeSpan.Zero && queued == 0) Glfw.WaitEventsTimeout(wait.TotalSeconds);
        TakeIn();
        (queue, delivered) = (delivered, queue);
        int count = queued;
        queued = 0;
        return delivered.AsSpan(0, count);
    }

    /// <summary>Has what happened since the last call told to the callbacks, without waiting.</summary>
    protected abstract void TakeIn();

    private void ListenToInput()
    {
        Glfw.SetKeyCallback(handle, &OnKey);
        Glfw.SetCharCallback(handle, &OnCharacter);
        Glfw.SetCursorPosCallback(handle, &OnMouseMove);
        Glfw.SetCursorEnterCallback(handle, &OnMouseEnter);
        Glfw.SetMouseButtonCallback(handle, &OnMouseButton);
        Glfw.SetScrollCallback(handle, &OnScroll);
        Glfw.SetWindowContentScaleCallback(handle, &OnScale);
    }

    protected void Queue(in WindowEvent happened)
    {
        if (queued == queue.Length) Array.Resize(ref queue, queued * 2);
        queue[queued++] = happened;
    }

    protected void QueueDrop(string path) => Queue(new(WindowEventKind.Drop) { Path = path, X = mouseX, Y = mouseY });

    protected static GlfwWindow? Of(nint window)
    {
        nint pointer = Glfw.GetWindowUserPointer(window);
        return pointer == 0 ? null : GCHandle.FromIntPtr(pointer).Target as GlfwWindow;
    }

    [UnmanagedCallersOnly]
    private static void OnKey(nint window, int key, int scancode, int action, int modifiers) =>
        Of(window)?.Queue(new(action == Glfw.Release ? WindowEventKind.KeyUp : WindowEventKind.KeyDown)
        {
            Key = (Key)key,
            Modifiers = (Modifiers)(modifiers & 15),
            IsRepeat = action == Glfw.Repeat,
        });

    [UnmanagedCallersOnly]
    private static void OnCharacter(nint window, uint codepoint)
    {
        if (Rune.TryCreate(codepoint, out Rune character)) Of(window)?.Queue(new(WindowEventKind.Text) { Character = character });
    }

    [UnmanagedCallersOnly]
    private static void OnMouseMove(nint window, double x, double y)
    {
        if (Of(window) is not { } target) return;
        // Window units to pixels: the two differ on some desktops with a content scale.
        int unitWidth, unitHeight, width, height;
        Glfw.GetWindowSize(window, &unitWidth, &unitHeight);
        Glfw.GetFramebufferSize(window, &width, &height);
        target.mouseX = (float)(unitWidth > 0 ? x * width / unitWidth : x);
        target.mouseY = (float)(unitHeight > 0 ? y * height / unitHeight : y);
        target.Queue(new(WindowEventKind.MouseMove) { X = target.mouseX, Y = target.mouseY });
    }

    [UnmanagedCallersOnly]
    private static void OnMouseEnter(nint window, int entered)
    {
        if (entered == 0) Of(window)?.Queue(new(WindowEventKind.MouseLeave));
    }

    [UnmanagedCallersOnly]
    private static void OnMouseButton(nint window, int button, int action, int modifiers)
    {
        if (Of(window) is not { } target || button > (int)MouseButton.Middle) return;
        target.Queue(new(action == Glfw.Press ? WindowEventKind.MouseDown : WindowEventKind.MouseUp)
        {
            Button = (MouseButton)button,
            Modifiers = (Modifiers)(modifiers & 15),
            X = target.mouseX,
            Y = target.mouseY,
        });
    }

    [UnmanagedCallersOnly]
    private static void OnScroll(nint window, double x, double y)
    {
        if (Of(window) is not { } target) return;
        target.Queue(new(WindowEventKind.Scroll) { X = target.mouseX, Y = target.mouseY, DeltaX = (float)x, DeltaY = (float)y });
    }

    [UnmanagedCallersOnly]
    private static void OnScale(nint window, float x, float y) => Of(window)?.Queue(new(WindowEventKind.ScaleChange));
}
