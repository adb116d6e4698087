using System.Runtime.InteropServices;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// An OpenGL 4.5 core context (4.6 where offered) without window, surface or display server, made through EGL.
/// It looks for a hardware device first, then Mesa's surfaceless platform, then the default display.
/// </summary>
/// <remarks>EGL displays belong to the process and are shared by all contexts, so they are never terminated.</remarks>
public sealed unsafe class EglContext : GlContext
{
    /// <summary>The environment variable that forces a platform: <c>device</c> or <c>surfaceless</c>.</summary>
    public const string PlatformVariable = "LIVECAM_EGL";

    private readonly nint _display;
    private readonly nint _config;
    private nint _context;

    private EglContext(nint display, nint config, nint context, string origin) =>
        (_display, _config, _context, Origin) = (display, config, context, origin);

    public override string Origin { get; }

    /// <summary>
    /// Makes a context, current nowhere yet. <paramref name="platform"/> is "device", "surfaceless" or null for the order above;
    /// null also reads LIVECAM_EGL. Throws a <see cref="LiveCamException"/> that lists what was tried when nothing works.
    /// </summary>
    public static EglContext Create(string? platform = null)
    {
        platform ??= Environment.GetEnvironmentVariable(PlatformVariable);
        if (string.IsNullOrEmpty(platform)) platform = null;
        if (platform is not (null or "device" or "surfaceless"))
            throw new LiveCamException($"{PlatformVariable} is \"{platform}\" but only \"device\" and \"surfaceless\" exist. Unset it to try both.");

        var tried = new List<string>();
        try
        {
            HashSet<string> client = Egl.ExtensionsOf(0);
            foreach (var (display, origin) in Displays(platform, client))
                if (TryCreate(display, origin, tried) is { } made) return made;
        }
        catch (DllNotFoundException)
        {
            throw new LiveCamException(OperatingSystem.IsLinux()
                ? "OpenGL without a window needs EGL, but libEGL.so.1 is not installed. Install libegl1 and the graphics driver, or run with --device cpu."
                : "OpenGL without a window needs EGL, which this system does not have. Open a window, whose OpenGL the network then uses, or run with --device cpu.");
        }
        string list = tried.Count == 0 ? "no EGL platform is offered" : string.Join("; ", tried);
        throw new LiveCamException(
            $"No OpenGL 4.5 context can be made through EGL{(platform is null ? "" : $" with {PlatformVariable}={platform}")} ({list}). Install a graphics driver (libgl1-mesa-dri for software), or run with --device cpu.");
    }

    private static IEnumerable<(nint Display, string Origin)> Displays(string? platform, HashSet<string> client)
    {
        if (platform is null or "device" && client.Contains("EGL_EXT_platform_device"))
            foreach (var found in Devices(hardwareOnly: platform is null)) yield return found;
        if (platform is null or "surfaceless" && client.Contains("EGL_MESA_platform_surfaceless"))
            yield return (PlatformDisplay(Egl.PlatformSurfaceless, 0), "EGL surfaceless platform");
        if (platform is null)
            yield return (Egl.GetDisplay(0), "EGL default display");
    }

    // Hardware before software: a device without EGL_MESA_device_software is taken for hardware.
    private static List<(nint Display, string Origin)> Devices(bool hardwareOnly)
    {
        var queryDevices = (delegate* unmanaged<int, nint*, int*, uint>)Egl.GetProcAddress("eglQueryDevicesEXT");
        var queryString = (delegate* unmanaged<nint, int, byte*>)Egl.GetProcAddress("eglQueryDeviceStringEXT");
        var found = new List<(nint, string)>();
        if (queryDevices == null) return found;
        nint* devices = stackalloc nint[32];
        int count = 0;
        if (queryDevices(32, devices, &count) == 0) return found;
        for (int pass = 0; pass < (hardwareOnly ? 1 : 2); pass++)
            for (int i = 0; i < count; i++)
            {
                string extensions = queryString == null ? "" : Marshal.PtrToStringUTF8((nint)queryString(devices[i], Egl.Extensions)) ?? "";
                bool software = extensions.Split(' ').Contains("EGL_MESA_device_software");
                if (software == (pass == 1))
                    found.Add((PlatformDisplay(Egl.PlatformDevice, devices[i]), $"EGL device platform, {(software ? "software" : "hardware")} device {i}"));
            }
        return found;
    }

    private static nint PlatformDisplay(uint platform, nint native)
    {
        var get = (delegate* unmanaged<uint, nint, int*, nint>)Egl.GetProcAddress("eglGetPlatformDisplayEXT");
        return get == null ? 0 : get(platform, native, null);
    }

    private static EglContext? TryCreate(nint display, string origin, List<string> tried)
    {
        int major, minor;
        if (display == 0 || Egl.Initialize(display, &major, &minor) == 0)
        {
            tried.Add($"{origin}: cannot be initialised");
            return null;
        }
        HashSet<string> extensions = Egl.ExtensionsOf(display);
        if (!extensions.Contains("EGL_KHR_surfaceless_context"))
        {
            tried.Add($"{origin}: no EGL_KHR_surfaceless_context");
            return null;
        }
        Egl.BindApi(Egl.OpenGlApi);
        int* wanted = stackalloc int[] { Egl.SurfaceType, Egl.PbufferBit, Egl.RenderableType, Egl.OpenGlBit, Egl.None };
        nint config = 0;
        int configs = 0;
        if ((Egl.ChooseConfig(display, wanted, &config, 1, &configs) == 0 || configs == 0) && !extensions.Contains("EGL_KHR_no_config_context"))
        {
            tried.Add($"{origin}: no configuration for desktop OpenGL");
            return null;
        }
        nint context = CreateContext(display, config, 0);
        if (context == 0)
        {
            tried.Add($"{origin}: no OpenGL 4.5 core profile (EGL error 0x{Egl.GetError():X4})");
            return null;
        }
        return new EglContext(display, config, context, origin);
    }

    private static nint CreateContext(nint display, nint config, nint share)
    {
        Egl.BindApi(Egl.OpenGlApi);                          // the bound API belongs to the thread
        int* attributes = stackalloc int[7];
        for (int minor = 6; minor >= 5; minor--)
        {
            (attributes[0], attributes[1], attributes[2], attributes[3]) = (Egl.ContextMajorVersion, 4, Egl.ContextMinorVersion, minor);
            (attributes[4], attributes[5], attributes[6]) = (Egl.ContextProfileMask, Egl.CoreProfileBit, Egl.None);
            nint context = Egl.CreateContext(display, config, share, attributes);
            if (context != 0) return context;
        }
        return 0;
    }

    public override GlContext? CreateShared()
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        nint context = CreateContext(_display, _config, _context);
        return context == 0 ? null : new EglContext(_display, _config, context, $"{Origin}, shared");
    }

    public override void MakeCurrent()
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        Egl.BindApi(Egl.OpenGlApi);
        if (Egl.MakeCurrent(_display, 0, 0, _context) == 0)
            throw new LiveCamException($"The OpenGL context ({Origin}) cannot be made current (EGL error 0x{Egl.GetError():X4}). Is it current on another thread?");
    }

    public override void Release()
    {
        Egl.BindApi(Egl.OpenGlApi);
        Egl.MakeCurrent(_display, 0, 0, 0);
    }

    public override nint GetProcAddress(string name) => Egl.GetProcAddress(name);

    public override void Dispose()
    {
        if (_context == 0) return;
        Egl.DestroyContext(_display, _context);
        _context = 0;
    }
}
