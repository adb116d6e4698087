using Silk.NET.OpenGL;

namespace LiveCam.Engine.Devices.Gl;

/// <summary>Versions of OpenGL as whole numbers: 45 for 4.5.</summary>
public static class GlVersion
{
    /// <summary>What the engine computes with: compute shaders, and objects that are changed without being bound.</summary>
    public const int Compute = 45;

    /// <summary>The version of the context that is current on this thread; 0 for OpenGL ES.</summary>
    /// <exception cref="LiveCamException">No context is current.</exception>
    public static int Of(GL gl) => Parse(Text(gl));

    /// <summary>Refuses a context that is older than <paramref name="version"/>.</summary>
    /// <exception cref="LiveCamException">It is older, is OpenGL ES, or none is current on this thread.</exception>
    public static void Require(GL gl, int version = Compute)
    {
        string text = Text(gl);
        // Decided by version, since some loaders return a non-null pointer for any name they are asked for.
        if (Parse(text) < version)
            throw new LiveCamException(
                $"OpenGL {version / 10}.{version % 10} is needed but this driver offers \"{text}\". Update the graphics driver or run with --device cpu.");
    }

    /// <summary>Ten times the version that begins a GL_VERSION text; 0 for OpenGL ES and for texts that name none.</summary>
    internal static int Parse(string text)
    {
        if (text.Length < 3 || !char.IsAsciiDigit(text[0]) || text[1] != '.' || !char.IsAsciiDigit(text[2])) return 0;
        return (text[0] - '0') * 10 + (text[2] - '0');
    }

    private static string Text(GL gl)
    {
        string? text = gl.GetStringS(GLEnum.Version);
        return string.IsNullOrEmpty(text)
            ? throw new LiveCamException("OpenGL does not answer: no context is current on this thread. Was the window or EGL context made current first?")
            : text;
    }
}
