using LiveCam.Engine.Devices.Gl;
using Silk.NET.OpenGL;

namespace LiveCam.Ui.GlDisplay;

/// <summary>2D textures without filtering: the shaders fetch single texels and weigh them themselves.</summary>
internal static unsafe class Textures
{
    /// <summary>A texture of undefined contents, bound to the active unit.</summary>
    public static uint Make(GL gl, GLEnum format, int width, int height, GLEnum pixels)
    {
        uint name;
        gl.GenTextures(1, &name);
        gl.BindTexture(GLEnum.Texture2D, name);
        gl.TexParameter(GLEnum.Texture2D, GLEnum.TextureMinFilter, (int)GLEnum.Nearest);
        gl.TexParameter(GLEnum.Texture2D, GLEnum.TextureMagFilter, (int)GLEnum.Nearest);
        gl.TexImage2D(GLEnum.Texture2D, 0, (int)format, (uint)width, (uint)height, 0, pixels, GLEnum.UnsignedByte, null);
        return name;
    }

    public static void Delete(GL gl, uint name)
    {
        if (name != 0) gl.DeleteTextures(1, &name);
    }
}
