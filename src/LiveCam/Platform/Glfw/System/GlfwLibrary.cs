using System.Runtime.InteropServices;
using LiveCam.Engine;

namespace LiveCam.Platform;

/// <summary>The distribution's GLFW: loaded and started at its first use; it stays for the life of the process, as the display connection does.</summary>
internal static unsafe class GlfwLibrary
{
    private static readonly Lock Gate = new();
    private static nint handle;
    private static bool started;

    /// <summary>What the MSBuild property <c>Windowing</c> calls it.</summary>
    public const string Name = "glfw";

    /// <inheritdoc cref="GlfwWindow.Open"/>
    public static Window Open(WindowRequest request) => SystemWindow.Open(request);

    /// <exception cref="LiveCamException">There is no display, or GLFW is not installed.</exception>
    public static void Start()
    {
        lock (Gate)
        {
            if (started) return;
            if (handle == 0 && !NativeLibrary.TryLoad("libglfw.so.3", out handle))
                throw new LiveCamException("Opening a window: the library libglfw.so.3 is not installed. Install libglfw3.");
            if (((delegate* unmanaged<int>)Function("glfwInit"))() != Glfw.True)
            {
                throw new LiveCamException($"Opening a window: there is no display to put it on ({Glfw.LastError()}). "
                    + "Start LiveCam in a graphical session or under xvfb-run; its commands without a window work anywhere.");
            }
            started = true;
        }
    }

    public static nint Function(string name) => NativeLibrary.GetExport(handle, name);
}
