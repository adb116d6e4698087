using LiveCam.Engine.Explaining;
using LiveCam.Engine.Vision;
using LiveCam.Reports;
using LiveCam.Ui;

namespace LiveCam.Plugins.Explain;

/// <summary>From maps to colors, with a scale that follows slowly so that a steady scene does not flicker.</summary>
internal sealed class MapPainter
{
    // The longer side of what is painted, in pixels; it is enlarged where it is drawn.
    private const int Side = 320;

    // How much of the way to a new map's scale is taken with it.
    private const float Follow = 0.25f;

    private static readonly double[] Quantiles = [0.5, 0.75, 0.9];

    private float scale;

    /// <summary>Forgets the scale: another method, target or network.</summary>
    public void Reset() => scale = 0;

    public Picture Paint(ExplainMap map, ExplainJob job)
    {
        float own = MapOverlay.Scale(map.Values);
        scale = scale > 0 ? scale + Follow * (own - scale) : own;
        double shrink = Math.Max(1, Math.Max(job.Picture.Width, job.Picture.Height) / (double)Side);
        (int width, int height) = (Math.Max(1, (int)(job.Picture.Width / shrink)), Math.Max(1, (int)(job.Picture.Height / shrink)));
        Preprocessing contract = job.Network.Model.Contract;
        float[] values = (job.View == MapView.Raw ? Enlarged(map) : map).OnPicture(contract, width, height);
        bool[] isSeen = ExplainMap.Seen(contract, width, height);
        var colors = new Picture(width, height, PixelFormat.Rgba8);
        if (job.View == MapView.Contours) Contours(colors, values, isSeen, map.IsSigned);
        else
            for (int i = 0; i < values.Length; i++)
                if (isSeen[i]) Set(colors, i, MapOverlay.ColorOf(values[i] / scale, map.IsSigned), Math.Min(1, MathF.Abs(values[i]) / scale));
        return colors;
    }

    /// <summary>Lines where the values pass a quantile of those that are seen.</summary>
    private void Contours(Picture colors, float[] values, bool[] isSeen, bool isSigned)
    {
        float[] sorted = [.. values.Where((_, i) => isSeen[i])];
        Array.Sort(sorted);
        float[] borders = Array.ConvertAll(Quantiles, quantile => sorted[(int)(quantile * (sorted.Length - 1))]);
        int Level(int i) => !isSeen[i] ? 0 : borders.Count(border => values[i] > border);
        for (int y = 0; y + 1 < colors.Height; y++)
            for (int x = 0; x + 1 < colors.Width; x++)
            {
                int i = y * colors.Width + x, level = Math.Max(Level(i), Math.Max(Level(i + 1), Level(i + colors.Width)));
                if (level != Level(i) || level != Level(i + 1) || level != Level(i + colors.Width))
                    Set(colors, i, MapOverlay.ColorOf(level / (float)Quantiles.Length, isSigned), 1);
            }
    }

    private static void Set(Picture colors, int pixel, Color color, float share)
    {
        Span<byte> to = colors.Bytes.AsSpan(4 * pixel, 4);
        (to[0], to[1], to[2], to[3]) = (color.R, color.G, color.B, (byte)(255 * share));
    }

    /// <summary>Each place repeated, so that reading between centers leaves it whole.</summary>
    private static ExplainMap Enlarged(ExplainMap map)
    {
        int times = Math.Max(1, Side / Math.Max(map.Width, map.Height));
        (int width, int height) = (map.Width * times, map.Height * times);
        return map with { Width = width, Height = height, Values = [.. Enumerable.Range(0, width * height).Select(i => map.Values[i / width / times * map.Width + i % width / times])] };
    }
}
