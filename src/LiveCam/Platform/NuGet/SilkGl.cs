using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Platform.NuGet;

/// <summary>The engine's OpenGL as Silk.NET wraps it, for plugins that are written against Silk.NET.</summary>
public static class SilkGl
{
    /// <summary>
    /// A function table over a context of the engine, whoever made it. As the engine's own it belongs to the thread that has the
    /// context current, and every function of it shares that context's state: leave it as it was found.
    /// </summary>
    /// <exception cref="Silk.NET.Core.Loader.SymbolLoadingException">At the first call of a function that the driver does not have.</exception>
    public static GL Over(GlContext context) => GL.GetApi(context.GetProcAddress);
}
