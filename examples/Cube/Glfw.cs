using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cube;

/// <summary>The few functions of GLFW 3.3 that a window with OpenGL needs, from the system's library.</summary>
internal static partial class Glfw
{
    public const int Visible = 0x20004, VersionMajor = 0x22002, VersionMinor = 0x22003, ForwardCompatible = 0x22006, Profile = 0x22008, CoreProfile = 0x32001;

    private const string Library = "glfw";

    [LibraryImport(Library, EntryPoint = "glfwInit")]
    public static partial int Init();

    [LibraryImport(Library, EntryPoint = "glfwTerminate")]
    public static partial void Terminate();

    [LibraryImport(Library, EntryPoint = "glfwWindowHint")]
    public static partial void Hint(int hint, int value);

    [LibraryImport(Library, EntryPoint = "glfwCreateWindow", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint CreateWindow(int width, int height, string title, nint monitor, nint share);

    [LibraryImport(Library, EntryPoint = "glfwSetWindowTitle", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SetTitle(nint window, string title);

    [LibraryImport(Library, EntryPoint = "glfwMakeContextCurrent")]
    public static partial void MakeCurrent(nint window);

    [LibraryImport(Library, EntryPoint = "glfwGetProcAddress", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint Address(string name);

    [LibraryImport(Library, EntryPoint = "glfwSwapInterval")]
    public static partial void SwapInterval(int frames);

    [LibraryImport(Library, EntryPoint = "glfwSwapBuffers")]
    public static partial void Swap(nint window);

    [LibraryImport(Library, EntryPoint = "glfwPollEvents")]
    public static partial void PollEvents();

    [LibraryImport(Library, EntryPoint = "glfwWindowShouldClose")]
    public static partial int ShouldClose(nint window);

    [LibraryImport(Library, EntryPoint = "glfwGetFramebufferSize")]
    public static partial void FramebufferSize(nint window, out int width, out int height);

    [ModuleInitializer]
    internal static void Find() => NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => name != Library ? 0
        : NativeLibrary.Load(OperatingSystem.IsWindows() ? "glfw3.dll" : OperatingSystem.IsMacOS() ? "libglfw.3.dylib" : "libglfw.so.3"));
}
