using LiveCam.Platform;
using LiveCam.Platform.NuGet;
using LiveCam.Engine.Tests;
using Silk.NET.OpenGL;

namespace LiveCam.Tests.Platform.NuGet;

/// <summary>What only the NuGet stack has.</summary>
[Collection(WindowCollection.Name)]
public sealed unsafe class SilkGlTests
{
    [Fact]
    public void A_plugin_may_draw_with_Silk_on_the_context_of_the_window()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))) throw Requirements.Missing("display", "no display (DISPLAY is not set); xvfb-run gives one");
        using LiveCam.Platform.Window window = LiveCam.Platform.Window.Create(new WindowRequest("LiveCam test", 64, 64) { Visible = false });
        window.Context.MakeCurrent();
        GL gl = SilkGl.Over(window.Context);
        gl.ClearColor(10 / 255f, 20 / 255f, 30 / 255f, 1);
        gl.Clear(ClearBufferMask.ColorBufferBit);
        byte[] pixel = new byte[4];
        fixed (byte* at = pixel)
        {
            gl.ReadPixels(5, 5, 1, 1, Silk.NET.OpenGL.PixelFormat.Rgba, PixelType.UnsignedByte, at);
            // The engine's table sees the same framebuffer.
            byte[] other = new byte[4];
            fixed (byte* too = other)
                ((delegate* unmanaged<int, int, int, int, uint, uint, void*, void>)window.Context.GetProcAddress("glReadPixels"))(5, 5, 1, 1, 0x1908, 0x1401, too);
            Assert.Equal(other, pixel);
        }
        Assert.Equal([10, 20, 30, 255], pixel);
        window.Context.Release();
    }
}
