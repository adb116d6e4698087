using System.Runtime.InteropServices;
using LiveCam.Platform;
using LiveCam.Platform.Native;

namespace LiveCam.Tests.Platform;

/// <summary>A user made of X11 events, sent to one window through a connection of its own (Xlib.h, structures for 64 bits).</summary>
internal sealed unsafe partial class Puppeteer : IDisposable
{
    private const int KeyPress = 2, KeyRelease = 3, ButtonPress = 4, ButtonRelease = 5, MotionNotify = 6, ClientMessage = 33;

    private readonly nint display, window;

    public Puppeteer(Window target)
    {
        display = XOpenDisplay(null);
        window = Glfw.GetX11Window(((GlfwWindow)target).Handle);
    }

    public void Key(int keycode, bool down) => Input(down ? KeyPress : KeyRelease, 0, 0, keycode);
    public void Button(int button, bool down) => Input(down ? ButtonPress : ButtonRelease, 37, 53, button);
    public void Move(int x, int y) => Input(MotionNotify, x, y, 0);

    /// <summary>What a window manager sends when the user clicks the cross: WM_DELETE_WINDOW.</summary>
    public void Close()
    {
        long* message = stackalloc long[24];
        new Span<long>(message, 24).Clear();
        *(int*)message = ClientMessage;
        message[3] = display;
        message[4] = window;
        message[5] = XInternAtom(display, "WM_PROTOCOLS", 0);
        *(int*)(message + 6) = 32;
        message[7] = XInternAtom(display, "WM_DELETE_WINDOW", 0);
        Send(message);
    }

    public void Dispose() => XCloseDisplay(display);

    // XKeyEvent, XButtonEvent and XMotionEvent share their layout: type, serial, send_event, display, window, root,
    // subwindow, time (longs), x, y, x_root, y_root, state, keycode or button or is_hint, same_screen (ints).
    private void Input(int type, int x, int y, int detail)
    {
        long* message = stackalloc long[24];
        new Span<long>(message, 24).Clear();
        *(int*)message = type;
        message[3] = display;
        message[4] = window;
        message[5] = XDefaultRootWindow(display);
        message[7] = Environment.TickCount64 & 0x7FFFFFFF;
        int* fields = (int*)(message + 8);
        (fields[0], fields[1], fields[2], fields[3], fields[5]) = (x, y, x, y, detail);
        fields[6] = 1;   // same_screen
        Send(message);
    }

    private void Send(void* message)
    {
        XSendEvent(display, window, 0, 0, message);
        XFlush(display);
    }

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint XOpenDisplay(string? name);

    [LibraryImport("libX11.so.6")]
    private static partial int XCloseDisplay(nint display);

    [LibraryImport("libX11.so.6")]
    private static partial nint XDefaultRootWindow(nint display);

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint XInternAtom(nint display, string name, int onlyIfExists);

    [LibraryImport("libX11.so.6")]
    private static partial int XSendEvent(nint display, nint window, int propagate, nint mask, void* message);

    [LibraryImport("libX11.so.6")]
    private static partial int XFlush(nint display);
}
