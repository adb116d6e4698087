using System.Runtime.InteropServices;
using LiveCam.Engine.Vision;
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
    public void Button(int button, bool down, int x = 37, int y = 53) => Input(down ? ButtonPress : ButtonRelease, x, y, button);
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

    /// <summary>What the display shows where the window is, as Rgba8; null where the window is not wholly on the screen or the display has not 32 bits a pixel.</summary>
    public Picture? Look(int width, int height)
    {
        if (width > XDisplayWidth(display, 0) || height > XDisplayHeight(display, 0)) return null;
        const int zPixmap = 2;
        byte* image = (byte*)XGetImage(display, window, 0, 0, (uint)width, (uint)height, ~0ul, zPixmap);
        if (image == null) return null;
        // XImage: width, height, xoffset, format (ints), data, then ints of which the sixth is bytes_per_line and the seventh bits_per_pixel,
        // masks, obdata, and functions of which the second destroys it.
        byte* data = *(byte**)(image + 16);
        int rowBytes = *(int*)(image + 44), bits = *(int*)(image + 48);
        Picture? seen = bits == 32 ? new Picture(width, height, PixelFormat.Rgba8) : null;
        for (int y = 0; seen is not null && y < height; y++)
        {
            byte* from = data + (nint)y * rowBytes;
            Span<byte> to = seen.Row(y);
            for (int x = 0; x < width; x++, from += 4) (to[x * 4], to[x * 4 + 1], to[x * 4 + 2], to[x * 4 + 3]) = (from[2], from[1], from[0], 255);
        }
        _ = (*(delegate* unmanaged<void*, int>*)(image + 96))(image);
        return seen;
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
    private static partial int XDisplayWidth(nint display, int screen);

    [LibraryImport("libX11.so.6")]
    private static partial int XDisplayHeight(nint display, int screen);

    [LibraryImport("libX11.so.6")]
    private static partial nint XGetImage(nint display, nint window, int x, int y, uint width, uint height, ulong planes, int format);

    [LibraryImport("libX11.so.6")]
    private static partial int XFlush(nint display);
}
