using System.Runtime.InteropServices;
using System.Text;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>What a driver complains about, as exceptions. All members want a current context.</summary>
public static unsafe class GlErrors
{
    private const int DebugVersion = 43;

    // The driver keeps the pointer of it for as long as contexts live.
    private static readonly DebugProc s_onMessage = OnMessage;

    // Debug output is synchronous, so the message is left on the thread whose call caused it, for Check to pick up.
    [ThreadStatic] private static string? t_message;

    /// <summary>
    /// Throws a <see cref="LiveCamException"/> when an OpenGL call since the last check failed; <paramref name="what"/> says what
    /// was being done ("allocating the arena"). Empties the error queue. It may wait for a driver thread: keep it out of frames.
    /// </summary>
    public static void Check(this GL gl, string what)
    {
        GLEnum error = gl.GetError();
        if (error == GLEnum.NoError)
        {
            t_message = null;
            return;
        }
        // A lost or missing context may report errors without end.
        for (int i = 0; i < 16 && gl.GetError() != GLEnum.NoError; i++) { }
        string? detail = t_message;
        t_message = null;
        throw new LiveCamException($"OpenGL failed while {what}: {Name(error)}{(detail is null ? "" : $" ({detail.Trim()})")}.");
    }

    /// <summary>Turns on the driver's synchronous error messages, so that <see cref="Check"/> can quote them; slow, for debugging and tests.</summary>
    public static void EnableDebug(this GL gl)
    {
        if (GlVersion.Of(gl) < DebugVersion) return;
        gl.Enable(GLEnum.DebugOutput);
        gl.Enable(GLEnum.DebugOutputSynchronous);
        gl.DebugMessageControl(GLEnum.DontCare, GLEnum.DontCare, GLEnum.DontCare, 0, null, false);
        gl.DebugMessageControl(GLEnum.DontCare, GLEnum.DebugTypeError, GLEnum.DontCare, 0, null, true);
        gl.DebugMessageControl(GLEnum.DontCare, GLEnum.DebugTypeUndefinedBehavior, GLEnum.DontCare, 0, null, true);
        gl.DebugMessageCallback(s_onMessage, null);
    }

    /// <summary>Names an object of a context of 4.3 or newer in the driver's messages and in frame debuggers.</summary>
    public static void Label(this GL gl, ObjectIdentifier kind, uint name, string label)
    {
        byte[] text = Encoding.UTF8.GetBytes(label.Length > 120 ? label[..120] : label);
        fixed (byte* p = text) gl.ObjectLabel(kind, name, (uint)text.Length, p);
    }

    private static void OnMessage(GLEnum source, GLEnum type, int id, GLEnum severity, int length, nint message, nint user) =>
        t_message ??= length < 0 ? Marshal.PtrToStringUTF8(message) : Encoding.UTF8.GetString((byte*)message, length);

    private static string Name(GLEnum error) => error switch
    {
        GLEnum.InvalidEnum => "GL_INVALID_ENUM",
        GLEnum.InvalidValue => "GL_INVALID_VALUE",
        GLEnum.InvalidOperation => "GL_INVALID_OPERATION",
        GLEnum.InvalidFramebufferOperation => "GL_INVALID_FRAMEBUFFER_OPERATION",
        GLEnum.OutOfMemory => "GL_OUT_OF_MEMORY",
        GLEnum.ContextLost => "GL_CONTEXT_LOST",
        _ => $"error 0x{(uint)error:X4}",
    };
}
