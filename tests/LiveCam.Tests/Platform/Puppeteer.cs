using System.Runtime.InteropServices;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Tests.Platform;

/// <summary>
/// A user made of X11 events, sent to one window through a connection of its own (Xlib.h, structures for 64 bits). The window is
/// found on the display by its title, so that it does not matter which library made it.
/// </summary>
internal sealed unsafe partial class Puppeteer : IDisposable
{
    private const int KeyPress = 2, KeyRelease = 3, ButtonPress = 4, ButtonRelease = 5, MotionNotify = 6, ClientMessage = 33;

    private readonly nint display, window;
    private long clock;

    public Puppeteer(Window target)
    {
        display = XOpenDisplay(null);
        string before = target.Title;
        target.Title = $"LiveCam test {Guid.NewGuid()}";
        // The two connections to the display are not in step: the title may be on its way.
        for (int attempt = 0; attempt < 100 && window == 0; attempt++)
        {
            target.PumpEvents();
            window = Find(XDefaultRootWindow(display), target.Title);
            if (window == 0) Thread.Sleep(10);
        }
        target.Title = before;
        if (window == 0) throw new InvalidOperationException("the display has no window of that title");
        // Only what lies on the screen can be looked at, and no window manager here puts it there.
        XMoveWindow(display, window, 0, 0);
        XSync(display, 0);
    }

    /// <param name="state">The modifiers held: 1 Shift, 4 Control (ShiftMask, ControlMask).</param>
    public void Key(int keycode, bool down, int state = 0) => Input(down ? KeyPress : KeyRelease, 0, 0, keycode, state);
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

    // Below the root, or below the frame that a window manager puts around it; 0 where there is none.
    private nint Find(nint below, string title)
    {
        byte* name = null;
        bool found = XFetchName(display, below, &name) != 0 && Marshal.PtrToStringUTF8((nint)name) == title;
        if (name != null) XFree(name);
        if (found) return below;
        nint root, parent;
        nint* children = null;
        uint count = 0;
        if (XQueryTree(display, below, &root, &parent, &children, &count) == 0) return 0;
        nint result = 0;
        for (int i = 0; i < count && result == 0; i++) result = Find(children[i], title);
        if (children != null) XFree(children);
        return result;
    }

    // XKeyEvent, XButtonEvent and XMotionEvent share their layout: type, serial, send_event, display, window, root,
    // subwindow, time (longs), x, y, x_root, y_root, state, keycode or button or is_hint, same_screen (ints).
    private void Input(int type, int x, int y, int detail, int state = 0)
    {
        long* message = stackalloc long[24];
        new Span<long>(message, 24).Clear();
        *(int*)message = type;
        message[3] = display;
        message[4] = window;
        message[5] = XDefaultRootWindow(display);
        message[7] = clock = Math.Max(clock + 1, Environment.TickCount64 & 0x7FFFFFFF);   // a key of the same millisecond would count as the same event
        int* fields = (int*)(message + 8);
        (fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]) = (x, y, x, y, state, detail);
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
    private static partial int XFetchName(nint display, nint window, byte** name);

    [LibraryImport("libX11.so.6")]
    private static partial int XQueryTree(nint display, nint window, nint* root, nint* parent, nint** children, uint* count);

    [LibraryImport("libX11.so.6")]
    private static partial int XFree(void* data);

    [LibraryImport("libX11.so.6")]
    private static partial int XSendEvent(nint display, nint window, int propagate, nint mask, void* message);

    [LibraryImport("libX11.so.6")]
    private static partial int XDisplayWidth(nint display, int screen);

    [LibraryImport("libX11.so.6")]
    private static partial int XDisplayHeight(nint display, int screen);

    [LibraryImport("libX11.so.6")]
    private static partial nint XGetImage(nint display, nint window, int x, int y, uint width, uint height, ulong planes, int format);

    [LibraryImport("libX11.so.6")]
    private static partial int XMoveWindow(nint display, nint window, int x, int y);

    [LibraryImport("libX11.so.6")]
    private static partial int XSync(nint display, int discard);

    [LibraryImport("libX11.so.6")]
    private static partial int XFlush(nint display);
}
