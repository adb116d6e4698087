using LiveCam.Engine.Devices.Gl;

namespace LiveCam.Ui.GlDisplay;

/// <summary>2D textures without filtering: the shaders fetch single texels and weigh them themselves.</summary>
internal static unsafe class Textures
{
    /// <summary>A texture of undefined contents, bound to the active unit.</summary>
    public static uint Make(Gl gl, uint format, int width, int height, uint pixels)
    {
        uint name;
        gl.GenTextures(1, &name);
        gl.BindTexture(GlEnum.Texture2D, name);
        gl.TexParameteri(GlEnum.Texture2D, GlEnum.TextureMinFilter, (int)GlEnum.Nearest);
        gl.TexParameteri(GlEnum.Texture2D, GlEnum.TextureMagFilter, (int)GlEnum.Nearest);
        gl.TexImage2D(GlEnum.Texture2D, 0, (int)format, width, height, 0, pixels, GlEnum.UnsignedByte, null);
        return name;
    }

    public static void Delete(Gl gl, uint name)
    {
        if (name != 0) gl.DeleteTextures(1, &name);
    }
}
