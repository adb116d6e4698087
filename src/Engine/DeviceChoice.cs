using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Planning;

namespace LiveCam.Engine;

/// <summary>Where a network runs.</summary>
public enum DeviceKind
{
    /// <summary>On a graphics card where there is one, else on the CPU. OpenGL that is a program on the CPU is slower than the CPU itself.</summary>
    Auto,
    /// <summary>On the CPU.</summary>
    Cpu,
    /// <summary>As OpenGL compute shaders, whatever computes them.</summary>
    Gl,
}

/// <summary>Opens devices.</summary>
public static class DeviceChoice
{
    /// <summary>Opens a device of its own, with no window: OpenGL has a context on a thread of its own.</summary>
    /// <param name="openCpu">Opens the CPU where that is taken.</param>
    /// <param name="shaders">Null for the engine's own.</param>
    /// <param name="declined">Why <see cref="DeviceKind.Auto"/> took the CPU; null where it did not.</param>
    /// <exception cref="LiveCamException">There is no OpenGL 4.5 although it was asked for.</exception>
    public static Device Open(DeviceKind kind, Func<CpuDevice> openCpu, ShaderLibrary? shaders, out string? declined)
    {
        declined = null;
        if (kind == DeviceKind.Cpu) return openCpu();
        if (kind == DeviceKind.Gl) return OpenGl(shaders);
        declined = "there is no graphics card here";
        if (MayHaveGraphicsCard())
        {
            try
            {
                GlDevice gl = OpenGl(shaders);
                if (!gl.Caps.IsSoftware)
                {
                    declined = null;
                    return gl;
                }
                declined = $"OpenGL is software here ({gl.Caps.Renderer}), which is slower than the CPU itself";
                gl.Dispose();
            }
            catch (LiveCamException error)
            {
                declined = error.Message.TrimEnd('.');
            }
        }
        return openCpu();
    }

    /// <summary>As the other, with the engine's own shaders.</summary>
    /// <param name="threads">Of the CPU; 0 for one for each processor.</param>
    /// <exception cref="LiveCamException">There is no OpenGL 4.5 although it was asked for.</exception>
    public static Device Open(DeviceKind kind = DeviceKind.Auto, int threads = 0) => Open(kind, () => new CpuDevice(threads), shaders: null, out _);

    /// <summary>OpenGL with no window, whatever computes it.</summary>
    /// <param name="shaders">Null for the engine's own.</param>
    /// <exception cref="LiveCamException">There is no OpenGL 4.5.</exception>
    public static GlDevice OpenGl(ShaderLibrary? shaders = null) => new(new GlThread(EglContext.Create()), ProgramCache.DefaultDirectory, shaders);

    /// <summary>Whether the kernel has any graphics device; without one every OpenGL is software, and starting it to find out takes longer
    /// than classifying a picture.</summary>
    private static bool MayHaveGraphicsCard() => !OperatingSystem.IsLinux()
        || Environment.GetEnvironmentVariable(EglContext.PlatformVariable) is { Length: > 0 }
        || Directory.Exists("/dev/dri") || File.Exists("/dev/nvidiactl") || File.Exists("/dev/dxg") || File.Exists("/dev/mali0") || File.Exists("/dev/kgsl-3d0");
}
