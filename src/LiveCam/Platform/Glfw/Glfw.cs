using System.Runtime.InteropServices;
using System.Text;

namespace LiveCam.Platform;

/// <summary>
/// The functions and numbers of GLFW 3.3 that a window needs (glfw3.h; the comments there document them). Silk.NET's windows
/// are GLFW's, too, from a library of its own: <see cref="GlfwLibrary"/> says where the functions are. Call <see cref="GlfwLibrary.Start"/> first.
/// </summary>
internal static unsafe class Glfw
{
    public const int True = 1, Release = 0, Press = 1, Repeat = 2;
    public const int Visible = 0x20004, DepthBits = 0x21005, StencilBits = 0x21006;
    public const int ContextVersionMajor = 0x22002, ContextVersionMinor = 0x22003;
    public const int OpenGlForwardCompatible = 0x22006, OpenGlDebugContext = 0x22007, OpenGlProfile = 0x22008, CoreProfile = 0x32001;
    public const int ScaleToMonitor = 0x2200C, X11ClassName = 0x24001, X11InstanceName = 0x24002;

    // Windows.
    private static readonly delegate* unmanaged<int, int, byte*, nint, nint, nint> createWindow;
    private static readonly delegate* unmanaged<int, byte*, void> windowHintString;
    private static readonly delegate* unmanaged<nint, byte*, void> setWindowTitle;
    public static readonly delegate* unmanaged<void> DefaultWindowHints;
    public static readonly delegate* unmanaged<int, int, void> WindowHint;
    public static readonly delegate* unmanaged<nint, void> DestroyWindow;
    public static readonly delegate* unmanaged<nint, nint, void> SetWindowUserPointer;
    public static readonly delegate* unmanaged<nint, nint> GetWindowUserPointer;
    public static readonly delegate* unmanaged<nint, int, int> GetWindowAttrib;
    public static readonly delegate* unmanaged<nint, void> ShowWindow, HideWindow;
    public static readonly delegate* unmanaged<nint, int*, int*, void> GetWindowPos, GetWindowSize, GetFramebufferSize;
    public static readonly delegate* unmanaged<nint, int, int, void> SetWindowSize;
    public static readonly delegate* unmanaged<nint, float*, float*, void> GetWindowContentScale;

    // Monitors. A mode is width, height, bits of red, green and blue, refresh rate, each an int.
    public static readonly delegate* unmanaged<int*, nint*> GetMonitors;
    public static readonly delegate* unmanaged<nint, int*, int*, void> GetMonitorPos;
    public static readonly delegate* unmanaged<nint, int*> GetVideoMode;
    public static readonly delegate* unmanaged<nint, nint, int, int, int, int, int, void> SetWindowMonitor;

    // Contexts.
    private static readonly delegate* unmanaged<byte*, nint> getProcAddress;
    public static readonly delegate* unmanaged<nint, void> MakeContextCurrent, SwapBuffers;
    public static readonly delegate* unmanaged<nint> GetCurrentContext;
    public static readonly delegate* unmanaged<int, void> SwapInterval;

    // What happens.
    private static readonly delegate* unmanaged<byte**, int> getError;
    private static readonly delegate* unmanaged<byte*> getVersionString;
    public static readonly delegate* unmanaged<nint, nint> SetErrorCallback;
    public static readonly delegate* unmanaged<void> PollEvents;
    public static readonly delegate* unmanaged<double, void> WaitEventsTimeout;
    public static readonly delegate* unmanaged<nint, delegate* unmanaged<nint, int, int, int, int, void>, nint> SetKeyCallback;
    public static readonly delegate* unmanaged<nint, delegate* unmanaged<nint, uint, void>, nint> SetCharCallback;
    public static readonly delegate* unmanaged<nint, delegate* unmanaged<nint, double, double, void>, nint> SetCursorPosCallback, SetScrollCallback;
    public static readonly delegate* unmanaged<nint, delegate* unmanaged<nint, int, void>, nint> SetCursorEnterCallback, SetWindowFocusCallback;
    public static readonly delegate* unmanaged<nint, delegate* unmanaged<nint, int, int, int, void>, nint> SetMouseButtonCallback;
    public static readonly delegate* unmanaged<nint, delegate* unmanaged<nint, int, int, void>, nint> SetFramebufferSizeCallback;
    public static readonly delegate* unmanaged<nint, delegate* unmanaged<nint, float, float, void>, nint> SetWindowContentScaleCallback;
    public static readonly delegate* unmanaged<nint, delegate* unmanaged<nint, int, byte**, void>, nint> SetDropCallback;
    public static readonly delegate* unmanaged<nint, delegate* unmanaged<nint, void>, nint> SetWindowCloseCallback;

    static Glfw()
    {
        createWindow = (delegate* unmanaged<int, int, byte*, nint, nint, nint>)Of("CreateWindow");
        windowHintString = (delegate* unmanaged<int, byte*, void>)Of("WindowHintString");
        setWindowTitle = (delegate* unmanaged<nint, byte*, void>)Of("SetWindowTitle");
        DefaultWindowHints = (delegate* unmanaged<void>)Of(nameof(DefaultWindowHints));
        WindowHint = (delegate* unmanaged<int, int, void>)Of(nameof(WindowHint));
        DestroyWindow = (delegate* unmanaged<nint, void>)Of(nameof(DestroyWindow));
        SetWindowUserPointer = (delegate* unmanaged<nint, nint, void>)Of(nameof(SetWindowUserPointer));
        GetWindowUserPointer = (delegate* unmanaged<nint, nint>)Of(nameof(GetWindowUserPointer));
        GetWindowAttrib = (delegate* unmanaged<nint, int, int>)Of(nameof(GetWindowAttrib));
        ShowWindow = (delegate* unmanaged<nint, void>)Of(nameof(ShowWindow));
        HideWindow = (delegate* unmanaged<nint, void>)Of(nameof(HideWindow));
        GetWindowPos = (delegate* unmanaged<nint, int*, int*, void>)Of(nameof(GetWindowPos));
        GetWindowSize = (delegate* unmanaged<nint, int*, int*, void>)Of(nameof(GetWindowSize));
        GetFramebufferSize = (delegate* unmanaged<nint, int*, int*, void>)Of(nameof(GetFramebufferSize));
        SetWindowSize = (delegate* unmanaged<nint, int, int, void>)Of(nameof(SetWindowSize));
        GetWindowContentScale = (delegate* unmanaged<nint, float*, float*, void>)Of(nameof(GetWindowContentScale));
        GetMonitors = (delegate* unmanaged<int*, nint*>)Of(nameof(GetMonitors));
        GetMonitorPos = (delegate* unmanaged<nint, int*, int*, void>)Of(nameof(GetMonitorPos));
        GetVideoMode = (delegate* unmanaged<nint, int*>)Of(nameof(GetVideoMode));
        SetWindowMonitor = (delegate* unmanaged<nint, nint, int, int, int, int, int, void>)Of(nameof(SetWindowMonitor));
        getProcAddress = (delegate* unmanaged<byte*, nint>)Of("GetProcAddress");
        MakeContextCurrent = (delegate* unmanaged<nint, void>)Of(nameof(MakeContextCurrent));
        SwapBuffers = (delegate* unmanaged<nint, void>)Of(nameof(SwapBuffers));
        GetCurrentContext = (delegate* unmanaged<nint>)Of(nameof(GetCurrentContext));
        SwapInterval = (delegate* unmanaged<int, void>)Of(nameof(SwapInterval));
        getError = (delegate* unmanaged<byte**, int>)Of("GetError");
        getVersionString = (delegate* unmanaged<byte*>)Of("GetVersionString");
        SetErrorCallback = (delegate* unmanaged<nint, nint>)Of(nameof(SetErrorCallback));
        PollEvents = (delegate* unmanaged<void>)Of(nameof(PollEvents));
        WaitEventsTimeout = (delegate* unmanaged<double, void>)Of(nameof(WaitEventsTimeout));
        SetKeyCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, int, int, int, int, void>, nint>)Of(nameof(SetKeyCallback));
        SetCharCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, uint, void>, nint>)Of(nameof(SetCharCallback));
        SetCursorPosCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, double, double, void>, nint>)Of(nameof(SetCursorPosCallback));
        SetScrollCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, double, double, void>, nint>)Of(nameof(SetScrollCallback));
        SetCursorEnterCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, int, void>, nint>)Of(nameof(SetCursorEnterCallback));
        SetWindowFocusCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, int, void>, nint>)Of(nameof(SetWindowFocusCallback));
        SetMouseButtonCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, int, int, int, void>, nint>)Of(nameof(SetMouseButtonCallback));
        SetFramebufferSizeCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, int, int, void>, nint>)Of(nameof(SetFramebufferSizeCallback));
        SetWindowContentScaleCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, float, float, void>, nint>)Of(nameof(SetWindowContentScaleCallback));
        SetDropCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, int, byte**, void>, nint>)Of(nameof(SetDropCallback));
        SetWindowCloseCallback = (delegate* unmanaged<nint, delegate* unmanaged<nint, void>, nint>)Of(nameof(SetWindowCloseCallback));

        static nint Of(string name) => GlfwLibrary.Function("glfw" + name);
    }

    /// <summary>GLFW's version and what it was built for: "3.3.8 X11 GLX EGL ...".</summary>
    public static string Version => Marshal.PtrToStringUTF8((nint)getVersionString())!;

    /// <summary>The text of this thread's last GLFW error, without its final full stop; GLFW then forgets it.</summary>
    public static string LastError()
    {
        byte* text;
        int code = getError(&text);
        return code == 0 || text == null ? "GLFW gives no reason" : Marshal.PtrToStringUTF8((nint)text)!.TrimEnd('.');
    }

    /// <returns>0 where the display or its driver refuses; <see cref="LastError"/> says why.</returns>
    public static nint CreateWindow(int width, int height, string title, nint share)
    {
        fixed (byte* text = Text(title)) return createWindow(width, height, text, 0, share);
    }

    public static void SetWindowTitle(nint window, string title)
    {
        fixed (byte* text = Text(title)) setWindowTitle(window, text);
    }

    public static void WindowHintString(int hint, string value)
    {
        fixed (byte* text = Text(value)) windowHintString(hint, text);
    }

    public static nint GetProcAddress(string name)
    {
        fixed (byte* text = Text(name)) return getProcAddress(text);
    }

    private static byte[] Text(string value) => Encoding.UTF8.GetBytes(value + '\0');
}
