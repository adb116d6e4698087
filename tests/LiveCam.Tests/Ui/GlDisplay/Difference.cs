using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Vision;
using LiveCam.Ui;
using LiveCam.Ui.GlDisplay;
using Silk.NET.OpenGL;
using PixelFormat = LiveCam.Engine.Vision.PixelFormat;

namespace LiveCam.Tests.Ui.GlDisplay;

/// <summary>How far two frames are apart: the largest difference of a byte, the mean, and where the largest is.</summary>
internal readonly record struct Difference(int Largest, double Mean, int Off, string Where)
{
    public static Difference Of(Picture a, Picture b)
    {
        Assert.Equal((a.Width, a.Height, a.Format), (b.Width, b.Height, b.Format));
        int largest = 0, off = 0, at = 0;
        long sum = 0;
        for (int i = 0; i < a.Bytes.Length; i++)
        {
            int d = Math.Abs(a.Bytes[i] - b.Bytes[i]);
            sum += d;
            if (d > 1) off++;
            if (d > largest) (largest, at) = (d, i);
        }
        return new(largest, (double)sum / a.Bytes.Length, off, $"({at / 4 % a.Width}, {at / 4 / a.Width}) channel {at % 4}: {a.Bytes[at]} and {b.Bytes[at]}");
    }

    /// <summary>The canvas drawn by software.</summary>
    public static Picture BySoftware(Canvas canvas)
    {
        var picture = new Picture(canvas.Width, canvas.Height, PixelFormat.Rgba8);
        new SoftwareRasterizer().Render(canvas, picture);
        return picture;
    }

    /// <summary>The canvas drawn by OpenGL off the screen.</summary>
    public static Picture ByOpenGl(GL gl, GlCanvasRenderer renderer, Canvas canvas)
    {
        using var frame = new OffscreenFrame(gl, canvas.Width, canvas.Height);
        frame.Render(renderer, canvas);
        var picture = new Picture(canvas.Width, canvas.Height, PixelFormat.Rgba8);
        frame.Read(picture);
        return picture;
    }

    /// <summary>Blending units and ours round differently, so overlaid shapes may be off by 2; on average far less than a level.</summary>
    public void IsSmall() => Assert.True(Largest <= 2 && Mean < 0.25, ToString());
}
