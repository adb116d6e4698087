using LiveCam.Engine;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Vision;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Ui.GlDisplay;

/// <summary>A framebuffer without a window, for drawing frames that are written to a file or looked at by a test.</summary>
public sealed unsafe class OffscreenFrame : IDisposable
{
    private readonly GL gl;
    private readonly uint framebuffer;

    public int Width { get; }
    public int Height { get; }
    /// <summary>The RGBA8 texture drawn on, top row first.</summary>
    public uint Texture { get; }

    /// <exception cref="LiveCamException">The driver cannot draw on a picture of this size.</exception>
    public OffscreenFrame(GL gl, int width, int height)
    {
        (this.gl, Width, Height) = (gl, width, height);
        gl.ActiveTexture(GLEnum.Texture0);
        Texture = Textures.Make(gl, GLEnum.Rgba8, width, height, GLEnum.Rgba);
        uint name;
        gl.GenFramebuffers(1, &name);
        framebuffer = name;
        gl.BindFramebuffer(GLEnum.Framebuffer, framebuffer);
        gl.FramebufferTexture2D(GLEnum.Framebuffer, GLEnum.ColorAttachment0, GLEnum.Texture2D, Texture, 0);
        bool isComplete = gl.CheckFramebufferStatus(GLEnum.Framebuffer) == GLEnum.FramebufferComplete;
        gl.BindFramebuffer(GLEnum.Framebuffer, 0);
        if (isComplete) return;
        Dispose();
        throw new LiveCamException($"This OpenGL driver cannot draw on a picture of {width}x{height} pixels: ask for a smaller frame, or draw without OpenGL.");
    }

    /// <summary>Draws the canvas, which has this frame's size.</summary>
    public void Render(GlCanvasRenderer renderer, Canvas canvas)
    {
        if (canvas.Width != Width || canvas.Height != Height)
            throw new LiveCamException($"A canvas of {canvas.Width}x{canvas.Height} pixels cannot be drawn on a frame of {Width}x{Height}: make the frame anew when the size changes.");
        gl.BindFramebuffer(GLEnum.Framebuffer, framebuffer);
        renderer.Render(canvas, topFirst: true);
        gl.BindFramebuffer(GLEnum.Framebuffer, 0);
    }

    /// <summary>Copies the frame into an Rgba8 picture of its size; waits until it is drawn.</summary>
    public void Read(Picture picture)
    {
        if (picture.Format != PixelFormat.Rgba8 || picture.Width != Width || picture.Height != Height)
            throw new LiveCamException($"A frame of {Width}x{Height} pixels cannot be read into a {picture.Format} picture of {picture.Width}x{picture.Height}: pass an Rgba8 picture of the frame's size.");
        gl.BindFramebuffer(GLEnum.Framebuffer, framebuffer);
        gl.PixelStore(GLEnum.PackAlignment, 1);
        fixed (byte* p = picture.Bytes) gl.ReadPixels(0, 0, (uint)Width, (uint)Height, GLEnum.Rgba, GLEnum.UnsignedByte, p);
        gl.BindFramebuffer(GLEnum.Framebuffer, 0);
    }

    public void Dispose()
    {
        uint name = framebuffer;
        gl.DeleteFramebuffers(1, &name);
        Textures.Delete(gl, Texture);
    }
}
