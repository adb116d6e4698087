using LiveCam.Engine.Vision;

namespace LiveCam.Tests.Teaching;

/// <summary>Drawn scenes with edges at all sizes, and what a camera does to them.</summary>
internal static class Scenes
{
    /// <summary>Rectangles of random places and shades; the same scene at any size.</summary>
    public static Picture Draw(int width, int height, int seed)
    {
        var picture = new Picture(width, height, PixelFormat.Bgr8);
        var random = new Random(seed);
        for (int i = 0; i < 150; i++)
        {
            double size = 0.5 / (1 + i * 0.15), x = random.NextDouble(), y = random.NextDouble();
            (byte b, byte g, byte r) = ((byte)random.Next(20, 235), (byte)random.Next(20, 235), (byte)random.Next(20, 235));
            int right = Math.Min(width, (int)((x + size) * width)), bottom = Math.Min(height, (int)((y + size) * height));
            for (int v = (int)(y * height); v < bottom; v++)
                for (int u = (int)(x * width); u < right; u++) (picture.Row(v)[3 * u], picture.Row(v)[3 * u + 1], picture.Row(v)[3 * u + 2]) = (b, g, r);
        }
        return picture;
    }

    /// <summary>Each byte through a function of itself and its place.</summary>
    public static Picture Map(Picture from, Func<int, int, double> change)
    {
        var to = new Picture(from.Width, from.Height, from.Format);
        for (int i = 0; i < to.Bytes.Length; i++) to.Bytes[i] = (byte)Math.Clamp(Math.Round(change(from.Bytes[i], i)), 0, 255);
        return to;
    }

    /// <summary>Normal noise of a deviation in levels.</summary>
    public static Picture Noisy(Picture from, double deviation, int seed)
    {
        var random = new Random(seed);
        return Map(from, (level, _) => level + deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    /// <summary>The mean of 2 r + 1 pixels along rows, columns or both: movement, or three times in a row nearly the blur of a lens.</summary>
    public static Picture Blurred(Picture from, int across, int down, int times = 1)
    {
        for (; times > 0; times--)
        {
            if (across > 0) from = Line(from, across, 1, 0);
            if (down > 0) from = Line(from, down, 0, 1);
        }
        return from;
    }

    private static Picture Line(Picture from, int radius, int dx, int dy)
    {
        var to = new Picture(from.Width, from.Height, from.Format);
        for (int y = 0; y < from.Height; y++)
            for (int x = 0; x < from.Width; x++)
                for (int c = 0; c < 3; c++)
                {
                    int sum = 0;
                    for (int i = -radius; i <= radius; i++) sum += from.Row(Math.Clamp(y + i * dy, 0, from.Height - 1))[3 * Math.Clamp(x + i * dx, 0, from.Width - 1) + c];
                    to.Row(y)[3 * x + c] = (byte)(sum / (2 * radius + 1));
                }
        return to;
    }
}
