using LiveCam.Engine.Explaining;
using LiveCam.Engine.Vision;
using LiveCam.Ui;

namespace LiveCam.Reports;

/// <summary>Numbers in colors over a picture without its own.</summary>
internal static class MapOverlay
{
    /// <summary>How much of a pixel is the number's color; the rest is the picture's luminance.</summary>
    public const double Opacity = 0.55;

    // The part of the magnitudes that is within the scale; single pixels beyond it get the last color.
    private const double Within = 0.995;

    /// <summary>An explanation over its picture, of the picture's size. A map that says nothing gets no colors, nor does what the network does not look at.</summary>
    /// <param name="values">One for each pixel.</param>
    /// <param name="contract">How the picture became the network's input.</param>
    public static Picture Draw(Picture picture, ReadOnlySpan<float> values, ExplainMap map, Preprocessing contract)
    {
        bool[] isSeen = ExplainMap.Seen(contract, picture.Width, picture.Height);
        var drawn = new Picture(picture.Width, picture.Height, PixelFormat.Bgr8);
        bool says = map.Trouble is null;
        float scale = says ? Scale(map.Values) : 1;
        for (int y = 0; y < drawn.Height; y++)
        {
            ReadOnlySpan<byte> from = picture.Row(y);
            Span<byte> to = drawn.Row(y);
            for (int x = 0; x < drawn.Width; x++)
            {
                double light = Luminance(from[(x * picture.BytesPerPixel)..], picture.Format);
                if (says && isSeen[y * drawn.Width + x]) Mix(to[(3 * x)..], ColorOf(values[y * drawn.Width + x] / scale, map.IsSigned), light);
                else to.Slice(3 * x, 3).Fill((byte)Math.Round(light));
            }
        }
        return drawn;
    }

    /// <summary>The magnitude that gets the last color.</summary>
    public static float Scale(float[] values)
    {
        float[] sizes = Array.ConvertAll(values, Math.Abs);
        Array.Sort(sizes);
        float scale = sizes[(int)((sizes.Length - 1) * Within)];
        return scale > 0 ? scale : sizes[^1] > 0 ? sizes[^1] : 1;
    }

    /// <summary>The color of a number: 0 to 1, or -1 to 1 with 0 always the same.</summary>
    public static Color ColorOf(float value, bool isSigned) => isSigned
        ? ColorMap.Signed[ColorMap.Zero + (int)Math.Round(127 * Math.Clamp(value, -1, 1))]
        : ColorMap.Viridis[(int)Math.Round(255 * Math.Clamp(value, 0, 1))];

    /// <summary>Sets a pixel of blue, green, red.</summary>
    public static void Mix(Span<byte> pixel, Color color, double light) =>
        (pixel[0], pixel[1], pixel[2]) = (Mixed(color.B, light), Mixed(color.G, light), Mixed(color.R, light));

    /// <summary>ITU-R BT.601.</summary>
    public static double Luminance(ReadOnlySpan<byte> pixel, PixelFormat format) => format switch
    {
        PixelFormat.Gray8 => pixel[0],
        PixelFormat.Bgr8 => 0.114 * pixel[0] + 0.587 * pixel[1] + 0.299 * pixel[2],
        _ => 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2],
    };

    private static byte Mixed(byte color, double light) => (byte)Math.Round(Opacity * color + (1 - Opacity) * light);
}
