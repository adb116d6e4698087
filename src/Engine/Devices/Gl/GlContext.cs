using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>An OpenGL context, whoever made it. At most one thread has it current at a time.</summary>
public abstract class GlContext : IDisposable
{
    /// <summary>Where the context comes from, for people: "EGL device platform, hardware device 0".</summary>
    public abstract string Origin { get; }

    /// <summary>Makes the context current on the calling thread; throws a <see cref="LiveCamException"/> when the driver refuses.</summary>
    public abstract void MakeCurrent();

    /// <summary>Lets go of the context, so that another thread may make it current.</summary>
    public abstract void Release();

    /// <summary>The address of an entry point such as "glDispatchCompute"; 0 when unknown.</summary>
    public abstract nint GetProcAddress(string name);

    /// <summary>
    /// The functions of the context, which is current on the calling thread; contexts that share objects may share them.
    /// <paramref name="requiredVersion"/> is ten times the lowest version accepted (33 suffices for a display without compute).
    /// </summary>
    /// <exception cref="LiveCamException">The context is older or is OpenGL ES; later, at the first call of a function that the driver lacks.</exception>
    public GL Load(int requiredVersion = GlVersion.Compute)
    {
        GL gl = GL.GetApi(name => GetProcAddress(name) is var address and not 0 ? address
            : throw new LiveCamException($"The OpenGL driver of {Origin} lacks {name}, which its version promises. Update the graphics driver or run with --device cpu."));
        GlVersion.Require(gl, requiredVersion);
        return gl;
    }

    /// <summary>A second context, current nowhere, that shares buffers, textures and programs; null where there can be none.</summary>
    public virtual GlContext? CreateShared() => null;

    public abstract void Dispose();
}

/// <summary>A context of a host program (an engine that embeds LiveCam); the host keeps it current and disposes of it.</summary>
public sealed class ForeignContext(Func<string, nint> getProcAddress, string origin = "host program") : GlContext
{
    public override string Origin => origin;
    public override void MakeCurrent() { }
    public override void Release() { }
    public override nint GetProcAddress(string name) => getProcAddress(name);
    public override void Dispose() { }
}
