using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Vision;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Ui.GlDisplay;

/// <summary>
/// Shows frames that the processor drew, by one upload and one copy: where OpenGL itself runs on the processor this takes a fraction of the
/// time of its shaders. For the thread that has the context.
/// </summary>
public sealed unsafe class PictureScreen(GL gl) : IDisposable
{
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
        gl.BindTexture(GLEnum.Texture2D, texture);
        fixed (byte* p = picture!.Bytes) gl.TexSubImage2D(GLEnum.Texture2D, 0, 0, 0, (uint)width, (uint)height, GLEnum.Rgba, GLEnum.UnsignedByte, p);
        gl.BindFramebuffer(GLEnum.ReadFramebuffer, framebuffer);
        gl.BindFramebuffer(GLEnum.DrawFramebuffer, 0);
        // The picture's first row is the top one, the framebuffer's the lowest.
        gl.BlitFramebuffer(0, 0, width, height, 0, y + height, width, y, ClearBufferMask.ColorBufferBit, GLEnum.Nearest);
        gl.BindFramebuffer(GLEnum.ReadFramebuffer, 0);
    }

    private void Make(int width, int height)
    {
        Dispose();
        picture = new Picture(width, height, PixelFormat.Rgba8);
        texture = Textures.Make(gl, GLEnum.Rgba8, width, height, GLEnum.Rgba);
        uint name;
        gl.GenFramebuffers(1, &name);
        framebuffer = name;
        gl.BindFramebuffer(GLEnum.ReadFramebuffer, framebuffer);
        gl.FramebufferTexture2D(GLEnum.ReadFramebuffer, GLEnum.ColorAttachment0, GLEnum.Texture2D, texture, 0);
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
