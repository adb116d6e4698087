using System.Runtime.InteropServices;
using LiveCam.Engine;

namespace LiveCam.Platform.Native;

/// <summary>The functions and numbers of GLFW 3.3 that a window needs (glfw3.h; the comments there document them).</summary>
internal static unsafe partial class Glfw
{
    public const int True = 1, Release = 0, Press = 1, Repeat = 2;
    public const int Focused = 0x20001, Visible = 0x20004, DepthBits = 0x21005, StencilBits = 0x21006;
    public const int ContextVersionMajor = 0x22002, ContextVersionMinor = 0x22003;
    public const int OpenGlForwardCompatible = 0x22006, OpenGlDebugContext = 0x22007, OpenGlProfile = 0x22008, CoreProfile = 0x32001;
    public const int ScaleToMonitor = 0x2200C, X11ClassName = 0x24001, X11InstanceName = 0x24002;

    private static readonly Lock Gate = new();
    private static bool initialised;

    static Glfw() => NativeLibraries.Register();

    /// <summary>Starts GLFW once; it stays for the life of the process, as the display connection does.</summary>
    /// <exception cref="LiveCamException">There is no display, or GLFW is not installed.</exception>
    public static void Start()
    {
        lock (Gate)
        {
            if (initialised) return;
            if (Init() != True)
            {
                throw new LiveCamException($"Opening a window: there is no display to put it on ({LastError()}). "
                    + "Start LiveCam in a graphical session or under xvfb-run; its commands without a window work anywhere.");
            }
            initialised = true;
        }
    }

    /// <summary>The text of this thread's last GLFW error, without its final full stop; GLFW then forgets it.</summary>
    public static string LastError()
    {
        byte* text;
        int code = GetError(&text);
        return code == 0 || text == null ? "GLFW gives no reason" : Marshal.PtrToStringUTF8((nint)text)!.TrimEnd('.');
    }

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwInit")]
    private static partial int Init();

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetError")]
    private static partial int GetError(byte** description);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetVersionString")]
    private static partial byte* GetVersionString();

    /// <summary>GLFW's version and what it was built for: "3.3.8 X11 GLX EGL ...".</summary>
    public static string Version => Marshal.PtrToStringUTF8((nint)GetVersionString())!;

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwDefaultWindowHints")]
    public static partial void DefaultWindowHints();

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwWindowHint")]
    public static partial void WindowHint(int hint, int value);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwWindowHintString", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void WindowHint(int hint, string value);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwCreateWindow", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint CreateWindow(int width, int height, string title, nint monitor, nint share);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwDestroyWindow")]
    public static partial void DestroyWindow(nint window);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetWindowUserPointer")]
    public static partial void SetWindowUserPointer(nint window, nint pointer);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetWindowUserPointer")]
    public static partial nint GetWindowUserPointer(nint window);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetWindowAttrib")]
    public static partial int GetWindowAttrib(nint window, int attribute);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetWindowTitle", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetWindowTitle(nint window, string title);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwShowWindow")]
    public static partial void ShowWindow(nint window);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwHideWindow")]
    public static partial void HideWindow(nint window);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetWindowPos")]
    public static partial void GetWindowPos(nint window, int* x, int* y);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetWindowSize")]
    public static partial void GetWindowSize(nint window, int* width, int* height);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetWindowSize")]
    public static partial void SetWindowSize(nint window, int width, int height);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetFramebufferSize")]
    public static partial void GetFramebufferSize(nint window, int* width, int* height);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetWindowContentScale")]
    public static partial void GetWindowContentScale(nint window, float* x, float* y);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetMonitors")]
    public static partial nint* GetMonitors(int* count);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetMonitorPos")]
    public static partial void GetMonitorPos(nint monitor, int* x, int* y);

    /// <summary>The monitor's mode: width, height, bits of red, green and blue, refresh rate, each an int.</summary>
    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetVideoMode")]
    public static partial int* GetVideoMode(nint monitor);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetWindowMonitor")]
    public static partial void SetWindowMonitor(nint window, nint monitor, int x, int y, int width, int height, int refreshRate);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwPollEvents")]
    public static partial void PollEvents();

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwWaitEventsTimeout")]
    public static partial void WaitEventsTimeout(double seconds);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSwapBuffers")]
    public static partial void SwapBuffers(nint window);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSwapInterval")]
    public static partial void SwapInterval(int frames);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwMakeContextCurrent")]
    public static partial void MakeContextCurrent(nint window);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetCurrentContext")]
    public static partial nint GetCurrentContext();

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetProcAddress", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GetProcAddress(string name);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetKeyCallback")]
    public static partial nint SetKeyCallback(nint window, delegate* unmanaged<nint, int, int, int, int, void> callback);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetCharCallback")]
    public static partial nint SetCharCallback(nint window, delegate* unmanaged<nint, uint, void> callback);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetCursorPosCallback")]
    public static partial nint SetCursorPosCallback(nint window, delegate* unmanaged<nint, double, double, void> callback);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetCursorEnterCallback")]
    public static partial nint SetCursorEnterCallback(nint window, delegate* unmanaged<nint, int, void> callback);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetMouseButtonCallback")]
    public static partial nint SetMouseButtonCallback(nint window, delegate* unmanaged<nint, int, int, int, void> callback);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetScrollCallback")]
    public static partial nint SetScrollCallback(nint window, delegate* unmanaged<nint, double, double, void> callback);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetFramebufferSizeCallback")]
    public static partial nint SetFramebufferSizeCallback(nint window, delegate* unmanaged<nint, int, int, void> callback);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetWindowContentScaleCallback")]
    public static partial nint SetContentScaleCallback(nint window, delegate* unmanaged<nint, float, float, void> callback);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetWindowFocusCallback")]
    public static partial nint SetFocusCallback(nint window, delegate* unmanaged<nint, int, void> callback);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetDropCallback")]
    public static partial nint SetDropCallback(nint window, delegate* unmanaged<nint, int, byte**, void> callback);

    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwSetWindowCloseCallback")]
    public static partial nint SetCloseCallback(nint window, delegate* unmanaged<nint, void> callback);

    /// <summary>The X11 window behind a window (GLFW built for X11 only), for tests that play the user.</summary>
    [LibraryImport(NativeLibraries.Glfw, EntryPoint = "glfwGetX11Window")]
    public static partial nint GetX11Window(nint window);
}
