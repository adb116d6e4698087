using LiveCam.Engine;
using Silk.NET.Core.Contexts;
using Silk.NET.GLFW;
using Silk.NET.Windowing.Glfw;

namespace LiveCam.Platform;

/// <summary>
/// The GLFW that Silk.NET brings, loaded and started by it. Its functions are asked for by name from that very library: a
/// second copy in the process would know nothing of Silk.NET's windows.
/// </summary>
internal static unsafe class GlfwLibrary
{
    private static readonly Lock Gate = new();
    private static INativeContext? functions;

    /// <summary>What the MSBuild property <c>Windowing</c> calls it.</summary>
    public const string Name = "silk";

    /// <inheritdoc cref="GlfwWindow.Open"/>
    public static Window Open(WindowRequest request) => SilkWindow.Open(request);

    /// <exception cref="LiveCamException">There is no display, or GLFW cannot be loaded.</exception>
    public static void Start()
    {
        lock (Gate)
        {
            if (functions is not null) return;
            try { functions = GlfwProvider.GLFW.Value.Context; }
            catch (GlfwException e)
            {
                throw new LiveCamException($"Opening a window: there is no display to put it on ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}). "
                    + "Start LiveCam in a graphical session or under xvfb-run; its commands without a window work anywhere.", e);
            }
            catch (Exception e) when (e is FileNotFoundException or DllNotFoundException)
            {
                throw new LiveCamException($"Opening a window: GLFW's library is missing beside the program ({e.Message.Split('\n')[0].TrimEnd('.')}). Build LiveCam again, or copy its whole folder.", e);
            }
            // Silk.NET collects GLFW's errors and throws them at some later call; we ask GLFW for the error where it happens.
            Glfw.SetErrorCallback(0);
            // Naming the platform keeps Silk.NET from looking for one by reflection, which no trimmer sees.
            Silk.NET.Windowing.Window.ShouldLoadFirstPartyPlatforms(false);
            GlfwWindowing.RegisterPlatform();
        }
    }

    public static nint Function(string name) => functions!.TryGetProcAddress(name, out nint address)
        ? address
        : throw new LiveCamException($"Opening a window: the GLFW of this build has no {name}; LiveCam needs GLFW 3.3 or newer.");
}
