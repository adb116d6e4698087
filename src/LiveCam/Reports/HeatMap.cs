using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Ui;

namespace LiveCam.Reports;

/// <summary>Where in a picture a network sees a class: its probability in colours over the picture without its own.</summary>
internal static class HeatMap
{
    /// <summary>The longest side of a map, in pixels; larger pictures are shown smaller.</summary>
    private const int MostSide = 2048;

    /// <summary>How much of a pixel is the probability's colour; the rest is the picture's luminance.</summary>
    private const double Opacity = 0.55;

    public static Picture Draw(Picture picture, TileAnswer answer, int of)
    {
        double scale = Math.Max(1, Math.Max(picture.Width, picture.Height) / (double)MostSide);
        var drawn = new Picture(Math.Max(1, (int)(picture.Width / scale)), Math.Max(1, (int)(picture.Height / scale)), PixelFormat.Bgr8);
        float[] map = answer.Map(of, drawn.Width, drawn.Height, scale);
        for (int y = 0; y < drawn.Height; y++)
        {
            ReadOnlySpan<byte> from = picture.Row((int)(y * scale));
            Span<byte> to = drawn.Row(y);
            for (int x = 0; x < drawn.Width; x++)
            {
                double light = Luminance(from[((int)(x * scale) * picture.BytesPerPixel)..], picture.Format);
                Color color = ColorMap.Viridis[(int)Math.Round(255 * Math.Clamp(map[y * drawn.Width + x], 0, 1))];
                (to[3 * x], to[3 * x + 1], to[3 * x + 2]) = (Mixed(color.B, light), Mixed(color.G, light), Mixed(color.R, light));
            }
        }
        return drawn;
    }

    private static byte Mixed(byte color, double light) => (byte)Math.Round(Opacity * color + (1 - Opacity) * light);

    /// <summary>ITU-R BT.601.</summary>
    private static double Luminance(ReadOnlySpan<byte> pixel, PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => pixel[0],
        PixelFormat.Bgr8 => 0.114 * pixel[0] + 0.587 * pixel[1] + 0.299 * pixel[2],
        _ => 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2],
    };
}
