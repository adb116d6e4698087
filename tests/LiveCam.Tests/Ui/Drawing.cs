using LiveCam.Engine.Vision;
using LiveCam.Ui;

namespace LiveCam.Tests.Ui;

/// <summary>Draws a few commands into a fresh picture and reads pixels back.</summary>
internal static class Drawing
{
    public static Picture Render(int width, int height, Color background, Action<Canvas> draw)
    {
        var canvas = new Canvas();
        canvas.Begin(width, height, background);
        draw(canvas);
        var picture = new Picture(width, height, PixelFormat.Rgba8);
        new SoftwareRasterizer().Render(canvas, picture);
        return picture;
    }

    public static Color At(this Picture p, int x, int y)
    {
        var b = p.Row(y)[(x * 4)..];
        return new(b[0], b[1], b[2], b[3]);
    }

    public static Picture Noise(int width, int height, PixelFormat format, int seed, bool opaque = true)
    {
        var picture = new Picture(width, height, format);
        new Random(seed).NextBytes(picture.Bytes);
        if (format == PixelFormat.Rgba8 && opaque)
            for (int i = 3; i < picture.Bytes.Length; i += 4) picture.Bytes[i] = 255;
        return picture;
    }

    /// <summary>The sum of all red bytes, to compare coverage.</summary>
    public static long Red(this Picture p)
    {
        long sum = 0;
        for (int i = 0; i < p.Bytes.Length; i += 4) sum += p.Bytes[i];
        return sum;
    }

    /// <summary>One channel of source over target, in double precision, rounded.</summary>
    public static int Over(int under, int over, double alpha) => (int)Math.Floor(over * alpha + under * (1 - alpha) + 0.5);
}
