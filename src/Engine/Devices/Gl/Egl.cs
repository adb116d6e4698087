using System.Runtime.InteropServices;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>The few functions and constants of libEGL that a context without a surface needs.</summary>
internal static unsafe partial class Egl
{
    private const string Library = "libEGL.so.1";

    public const int Extensions = 0x3055;
    public const int None = 0x3038;
    public const int SurfaceType = 0x3033;
    public const int PbufferBit = 0x0001;
    public const int RenderableType = 0x3040;
    public const int OpenGlBit = 0x0008;
    public const uint OpenGlApi = 0x30A2;
    public const int ContextMajorVersion = 0x3098;
    public const int ContextMinorVersion = 0x30FB;
    public const int ContextProfileMask = 0x30FD;
    public const int CoreProfileBit = 0x0001;
    public const uint PlatformDevice = 0x313F;
    public const uint PlatformSurfaceless = 0x31DD;

    [LibraryImport(Library, EntryPoint = "eglGetProcAddress", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GetProcAddress(string name);

    [LibraryImport(Library, EntryPoint = "eglQueryString")]
    public static partial byte* QueryString(nint display, int name);

    [LibraryImport(Library, EntryPoint = "eglGetDisplay")]
    public static partial nint GetDisplay(nint native);

    [LibraryImport(Library, EntryPoint = "eglInitialize")]
    public static partial uint Initialize(nint display, int* major, int* minor);

    [LibraryImport(Library, EntryPoint = "eglBindAPI")]
    public static partial uint BindApi(uint api);

    [LibraryImport(Library, EntryPoint = "eglChooseConfig")]
    public static partial uint ChooseConfig(nint display, int* attributes, nint* configs, int capacity, int* count);

    [LibraryImport(Library, EntryPoint = "eglCreateContext")]
    public static partial nint CreateContext(nint display, nint config, nint share, int* attributes);

    [LibraryImport(Library, EntryPoint = "eglMakeCurrent")]
    public static partial uint MakeCurrent(nint display, nint draw, nint read, nint context);

    [LibraryImport(Library, EntryPoint = "eglDestroyContext")]
    public static partial uint DestroyContext(nint display, nint context);

    [LibraryImport(Library, EntryPoint = "eglGetError")]
    public static partial int GetError();

    /// <summary>An EGL extension list (client extensions where <paramref name="display"/> is 0), split into names.</summary>
    public static HashSet<string> ExtensionsOf(nint display) =>
        [.. (Marshal.PtrToStringUTF8((nint)QueryString(display, Extensions)) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];
}
