using System.Runtime.InteropServices;
using System.Text;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>
/// The OpenGL entry points of one driver as unmanaged function pointers, filled by whoever owns the context.
/// All members call into OpenGL and want a current context; contexts that share objects may share one table.
/// </summary>
public sealed unsafe partial class Gl
{
    private readonly Func<string, nint> _getProcAddress;
    private readonly int _required;
    private GlCaps? _caps;

    // Debug output is synchronous, so the message is left on the thread whose call caused it, for Check to pick up.
    [ThreadStatic] private static string? t_debugMessage;

    /// <summary>Ten times the context's version: 45 for OpenGL 4.5.</summary>
    public int Version { get; }

    /// <summary>What this driver is and allows; read on first use, which takes a few milliseconds for the probes.</summary>
    public GlCaps Caps => _caps ??= GlCaps.Read(this);

    /// <summary>
    /// Loads the table for the context that is current on this thread. <paramref name="requiredVersion"/> is ten times the
    /// lowest version accepted (45; 33 suffices for a display without compute, whose later entry points may be null).
    /// Throws a <see cref="LiveCamException"/> when the context is older, is OpenGL ES, or an entry point is missing.
    /// </summary>
    public static Gl Load(Func<string, nint> getProcAddress, int requiredVersion = 45)
    {
        var getString = (delegate* unmanaged<uint, byte*>)getProcAddress("glGetString");
        byte* text = getString == null ? null : getString(GlEnum.Version);
        if (text == null)
            throw new LiveCamException("OpenGL does not answer: no context is current on this thread. Was the window or EGL context made current first?");
        string version = Marshal.PtrToStringUTF8((nint)text)!;
        // Decided by version, since some loaders return a non-null pointer for any name they are asked for.
        int number = ParseVersion(version);
        if (number < requiredVersion)
            throw new LiveCamException(
                $"OpenGL {requiredVersion / 10}.{requiredVersion % 10} is needed but this driver offers \"{version}\". Update the graphics driver or run with --device cpu.");
        return new Gl(getProcAddress, requiredVersion, number);
    }

    /// <summary>Ten times the version that begins a GL_VERSION text; 0 for OpenGL ES and for texts that name none.</summary>
    internal static int ParseVersion(string text)
    {
        if (text.Length < 3 || !char.IsAsciiDigit(text[0]) || text[1] != '.' || !char.IsAsciiDigit(text[2])) return 0;
        return (text[0] - '0') * 10 + (text[2] - '0');
    }

    private nint Need(string name, int since)
    {
        if (since > Version) return 0;
        nint address = _getProcAddress(name);
        if (address == 0 && since <= _required)
            throw new LiveCamException(
                $"OpenGL {Version / 10}.{Version % 10} driver lacks {name}, which OpenGL {since / 10}.{since % 10} promises. Update the graphics driver or run with --device cpu.");
        return address;
    }

    /// <summary>The value of a GL string such as GL_RENDERER; empty when the driver has none.</summary>
    public string Text(uint name) => Marshal.PtrToStringUTF8((nint)GetString(name)) ?? "";

    /// <summary>One integer of state; 0 when the driver does not know the name.</summary>
    public int Integer(uint name)
    {
        int value = 0;
        GetIntegerv(name, &value);
        return value;
    }

    /// <summary>One 64-bit integer of state; 0 when the driver does not know the name.</summary>
    public long Integer64(uint name)
    {
        long value = 0;
        GetInteger64v(name, &value);
        return value;
    }

    /// <summary>
    /// Throws a <see cref="LiveCamException"/> when an OpenGL call since the last check failed; <paramref name="what"/> says what
    /// was being done ("allocating the arena"). Empties the error queue. It may wait for a driver thread: keep it out of frames.
    /// </summary>
    public void Check(string what)
    {
        uint error = GetError();
        if (error == GlEnum.NoError)
        {
            t_debugMessage = null;
            return;
        }
        // A lost or missing context may report errors without end.
        for (int i = 0; i < 16 && GetError() != GlEnum.NoError; i++) { }
        string? detail = t_debugMessage;
        t_debugMessage = null;
        throw new LiveCamException($"OpenGL failed while {what}: {ErrorName(error)}{(detail is null ? "" : $" ({detail.Trim()})")}.");
    }

    /// <summary>Turns on the driver's synchronous error messages, so that <see cref="Check"/> can quote them; slow, for debugging and tests.</summary>
    public void EnableDebug()
    {
        if (DebugMessageCallback == null) return;
        Enable(GlEnum.DebugOutput);
        Enable(GlEnum.DebugOutputSynchronous);
        DebugMessageControl(GlEnum.DontCare, GlEnum.DontCare, GlEnum.DontCare, 0, null, 0);
        DebugMessageControl(GlEnum.DontCare, GlEnum.DebugTypeError, GlEnum.DontCare, 0, null, 1);
        DebugMessageControl(GlEnum.DontCare, GlEnum.DebugTypeUndefinedBehavior, GlEnum.DontCare, 0, null, 1);
        DebugMessageCallback(&OnDebugMessage, null);
    }

    [UnmanagedCallersOnly]
    private static void OnDebugMessage(uint source, uint type, uint id, uint severity, int length, byte* message, void* user) =>
        t_debugMessage ??= length < 0 ? Marshal.PtrToStringUTF8((nint)message) : Encoding.UTF8.GetString(message, length);

    /// <summary>Names an object in the driver's messages and in frame debuggers.</summary>
    public void Label(uint kind, uint name, string label)
    {
        if (ObjectLabel == null) return;
        byte[] text = Encoding.UTF8.GetBytes(label.Length > 120 ? label[..120] : label);
        fixed (byte* p = text) ObjectLabel(kind, name, text.Length, p);
    }

    private static string ErrorName(uint error) => error switch
    {
        GlEnum.InvalidEnum => "GL_INVALID_ENUM",
        GlEnum.InvalidValue => "GL_INVALID_VALUE",
        GlEnum.InvalidOperation => "GL_INVALID_OPERATION",
        GlEnum.InvalidFramebufferOperation => "GL_INVALID_FRAMEBUFFER_OPERATION",
        GlEnum.OutOfMemory => "GL_OUT_OF_MEMORY",
        GlEnum.ContextLost => "GL_CONTEXT_LOST",
        _ => $"error 0x{error:X4}",
    };
}
