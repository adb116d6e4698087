using System.Runtime.InteropServices;

namespace LiveCam.Platform;

/// <summary>A window of the distribution's GLFW, made and pumped by its own functions.</summary>
internal sealed unsafe class SystemWindow : GlfwWindow
{
    private SystemWindow(nint handle, WindowRequest request, (int, int) version) : base(handle, request, version)
    {
        Glfw.SetFramebufferSizeCallback(handle, &OnResize);
        Glfw.SetWindowFocusCallback(handle, &OnFocus);
        Glfw.SetDropCallback(handle, &OnDrop);
        Glfw.SetWindowCloseCallback(handle, &OnClose);
    }

    /// <inheritdoc cref="GlfwWindow.Open"/>
    public static Window Open(WindowRequest request) =>
        Open(request, version => CreateHandle(request, version, share: 0) is var handle and not 0 ? new SystemWindow(handle, request, version) : null);

    protected override void TakeIn() => Glfw.PollEvents();

    protected override void Destroy() => Glfw.DestroyWindow(Handle);

    private static new SystemWindow? Of(nint window) => GlfwWindow.Of(window) as SystemWindow;

    [UnmanagedCallersOnly]
    private static void OnResize(nint window, int width, int height) =>
        Of(window)?.Queue(new(WindowEventKind.Resize) { Width = width, Height = height });

    [UnmanagedCallersOnly]
    private static void OnFocus(nint window, int focused)
    {
        if (focused == 0) Of(window)?.Queue(new(WindowEventKind.FocusLost));
    }

    [UnmanagedCallersOnly]
    private static void OnDrop(nint window, int count, byte** paths)
    {
        if (Of(window) is not { } target) return;
        for (int i = 0; i < count; i++) target.QueueDrop(Marshal.PtrToStringUTF8((nint)paths[i])!);
    }

    [UnmanagedCallersOnly]
    private static void OnClose(nint window) => Of(window)?.Queue(new(WindowEventKind.Close));
}
