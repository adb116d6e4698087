using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Vision;

namespace LiveCam.Ui.GlDisplay;

/// <summary>
/// Shows frames that the processor drew, by one upload and one copy: where OpenGL itself runs on the processor this takes a fraction of the
/// time of its shaders. For the thread that has the context.
/// </summary>
public sealed unsafe class PictureScreen(Gl gl) : IDisposable
{
    private const uint ReadFramebuffer = 0x8CA8, DrawFramebuffer = 0x8CA9, ColorBufferBit = 0x4000;

    private readonly SoftwareRasterizer rasterizer = new();
    private Picture? picture;
    private uint texture, framebuffer;

    /// <summary>Draws a canvas and copies it into the current framebuffer.</summary>
    /// <param name="y">The frame's lower edge in the framebuffer, counted from below.</param>
    public void Render(Canvas canvas, int y)
    {
        int width = canvas.Width, height = canvas.Height;
        if (picture is null || picture.Width != width || picture.Height != height) Make(width, height);
        rasterizer.Render(canvas, picture!);
        gl.BindTexture(GlEnum.Texture2D, texture);
        fixed (byte* p = picture!.Bytes) gl.TexSubImage2D(GlEnum.Texture2D, 0, 0, 0, width, height, GlEnum.Rgba, GlEnum.UnsignedByte, p);
        gl.BindFramebuffer(ReadFramebuffer, framebuffer);
        gl.BindFramebuffer(DrawFramebuffer, 0);
        // The picture's first row is the top one, the framebuffer's the lowest.
        gl.BlitFramebuffer(0, 0, width, height, 0, y + height, width, y, ColorBufferBit, GlEnum.Nearest);
        gl.BindFramebuffer(ReadFramebuffer, 0);
    }

    private void Make(int width, int height)
    {
        Dispose();
        picture = new Picture(width, height, PixelFormat.Rgba8);
        texture = Textures.Make(gl, GlEnum.Rgba8, width, height, GlEnum.Rgba);
        uint name;
        gl.GenFramebuffers(1, &name);
        framebuffer = name;
        gl.BindFramebuffer(ReadFramebuffer, framebuffer);
        gl.FramebufferTexture2D(ReadFramebuffer, GlEnum.ColorAttachment0, GlEnum.Texture2D, texture, 0);
    }

    public void Dispose()
    {
        if (framebuffer == 0) return;
        uint name = framebuffer;
        gl.DeleteFramebuffers(1, &name);
        Textures.Delete(gl, texture);
        (framebuffer, texture, picture) = (0, 0, null);
    }
}
