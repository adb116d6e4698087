using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Vision;

namespace LiveCam.Ui.GlDisplay;

/// <summary>A framebuffer without a window, for drawing frames that are written to a file or looked at by a test.</summary>
public sealed unsafe class OffscreenFrame : IDisposable
{
    private readonly Gl gl;
    private readonly uint framebuffer;

    public int Width { get; }
    public int Height { get; }
    /// <summary>The RGBA8 texture drawn on, top row first.</summary>
    public uint Texture { get; }

    /// <exception cref="LiveCamException">The driver cannot draw on a picture of this size.</exception>
    public OffscreenFrame(Gl gl, int width, int height)
    {
        (this.gl, Width, Height) = (gl, width, height);
        gl.ActiveTexture(GlEnum.Texture0);
        Texture = Textures.Make(gl, GlEnum.Rgba8, width, height, GlEnum.Rgba);
        uint name;
        gl.GenFramebuffers(1, &name);
        framebuffer = name;
        gl.BindFramebuffer(GlEnum.Framebuffer, framebuffer);
        gl.FramebufferTexture2D(GlEnum.Framebuffer, GlEnum.ColorAttachment0, GlEnum.Texture2D, Texture, 0);
        bool isComplete = gl.CheckFramebufferStatus(GlEnum.Framebuffer) == GlEnum.FramebufferComplete;
        gl.BindFramebuffer(GlEnum.Framebuffer, 0);
        if (isComplete) return;
        Dispose();
        throw new LiveCamException($"This OpenGL driver cannot draw on a picture of {width}x{height} pixels: ask for a smaller frame, or draw without OpenGL.");
    }

    /// <summary>Draws the canvas, which has this frame's size.</summary>
    public void Render(GlCanvasRenderer renderer, Canvas canvas)
    {
        if (canvas.Width != Width || canvas.Height != Height)
            throw new LiveCamException($"A canvas of {canvas.Width}x{canvas.Height} pixels cannot be drawn on a frame of {Width}x{Height}: make the frame anew when the size changes.");
        gl.BindFramebuffer(GlEnum.Framebuffer, framebuffer);
        renderer.Render(canvas, topFirst: true);
        gl.BindFramebuffer(GlEnum.Framebuffer, 0);
    }

    /// <summary>Copies the frame into an Rgba8 picture of its size; waits until it is drawn.</summary>
    public void Read(Picture picture)
    {
        if (picture.Format != PixelFormat.Rgba8 || picture.Width != Width || picture.Height != Height)
            throw new LiveCamException($"A frame of {Width}x{Height} pixels cannot be read into a {picture.Format} picture of {picture.Width}x{picture.Height}: pass an Rgba8 picture of the frame's size.");
        gl.BindFramebuffer(GlEnum.Framebuffer, framebuffer);
        gl.PixelStorei(GlEnum.PackAlignment, 1);
        fixed (byte* p = picture.Bytes) gl.ReadPixels(0, 0, Width, Height, GlEnum.Rgba, GlEnum.UnsignedByte, p);
        gl.BindFramebuffer(GlEnum.Framebuffer, 0);
    }

    public void Dispose()
    {
        uint name = framebuffer;
        gl.DeleteFramebuffers(1, &name);
        Textures.Delete(gl, Texture);
    }
}
