using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Platform;
using LiveCam.Ui;
using LiveCam.Ui.GlDisplay;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Tests.Ui.GlDisplay;

[Collection(WindowCollection.Name)]
public sealed unsafe class GlWindowTests
{
    [Fact]
    public void A_window_shows_the_frame_that_software_draws()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")))
            throw Requirements.Missing("display", "no display (DISPLAY is not set); xvfb-run gives one");
        using Window window = Window.Create(new WindowRequest("LiveCam display test", 640, 360));
        window.Context.MakeCurrent();
        var (width, height) = window.FramebufferSize;
        var canvas = new Canvas();
        new SampleFrame().Draw(canvas, new Theme(), width, height);
        GL gl = window.Context.Load(requiredVersion: 33);
        using (var renderer = new GlCanvasRenderer(gl))
        {
            var drawn = new Picture(width, height, PixelFormat.Rgba8);
            for (int i = 0; i < 3; i++)
            {
                renderer.Render(canvas);
                // The back buffer is undefined after a swap, so it is read before.
                gl.ReadBuffer(GLEnum.Back);
                gl.PixelStore(GLEnum.PackAlignment, 1);
                for (int y = 0; y < height; y++)
                    fixed (byte* row = drawn.Row(height - 1 - y))
                        gl.ReadPixels(0, y, (uint)width, 1, GLEnum.Rgba, GLEnum.UnsignedByte, row);
                window.Swap();
                Difference.Of(Difference.BySoftware(canvas), drawn).IsSmall();
            }
            gl.Check("drawing in a window");
        }
        window.Context.Release();
    }
}
