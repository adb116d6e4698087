using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Ui;

namespace LiveCam.Reports;

/// <summary>Where in a picture a network sees a class: its probability in colours over the picture without its own.</summary>
internal static class HeatMap
{
    /// <summary>The longest side of a map, in pixels; larger pictures are shown smaller.</summary>
    private const int MostSide = 2048;

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
                double light = MapOverlay.Luminance(from[((int)(x * scale) * picture.BytesPerPixel)..], picture.Format);
                Color color = ColorMap.Viridis[(int)Math.Round(255 * Math.Clamp(map[y * drawn.Width + x], 0, 1))];
                MapOverlay.Mix(to[(3 * x)..], color, light);
            }
        }
        return drawn;
    }
}
