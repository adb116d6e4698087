using LiveCam.Engine.Vision;
using LiveCam.Ui;

namespace LiveCam.Tests.Ui;

public sealed class ImageTests
{
    public static TheoryData<PixelFormat, int, int, bool> Cases
    {
        get
        {
            var cases = new TheoryData<PixelFormat, int, int, bool>();
            foreach (var format in Enum.GetValues<PixelFormat>().Where(Picture.Holds))
                foreach (var (w, h) in new[] { (37, 23), (20, 11), (12, 40), (90, 51), (37, 9), (1, 1), (74, 23) })
                    foreach (bool mirror in new[] { false, true }) cases.Add(format, w, h, mirror);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scaling_matches_a_double_precision_area_or_bilinear_filter(PixelFormat format, int width, int height, bool mirror)
    {
        var source = Drawing.Noise(41, 29, format, 7);
        var part = new Clip(2, 3, 39, 26);
        var p = Drawing.Render(width + 6, height + 4, Color.Black, c => c.Image(source, new(3, 2, width, height), part, mirror));
        double[] columns = new double[37 * width], rows = new double[23 * height];
        Weights(37, width, columns);
        Weights(23, height, rows);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                double r = 0, g = 0, b = 0;
                for (int v = 0; v < 23; v++)
                    for (int u = 0; u < 37; u++)
                    {
                        double weight = rows[y * 23 + v] * columns[(mirror ? width - 1 - x : x) * 37 + u];
                        if (weight == 0) continue;
                        var s = Source(source, u + 2, v + 3);
                        (r, g, b) = (r + weight * s.R, g + weight * s.G, b + weight * s.B);
                    }
                var got = p.At(x + 3, y + 2);
                // Eight-bit row weights: each of at most four is off by 1/512, of values up to 255; rounding adds a half.
                const double tolerance = 4 * 255 / 512.0 + 0.6;
                Assert.InRange(got.R - r, -tolerance, tolerance);
                Assert.InRange(got.G - g, -tolerance, tolerance);
                Assert.InRange(got.B - b, -tolerance, tolerance);
            }
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Bgr8)]
    [InlineData(PixelFormat.Rgba8)]
    public void One_to_one_copies_exactly(PixelFormat format)
    {
        var source = Drawing.Noise(37, 11, format, 3);
        foreach (bool mirror in new[] { false, true })
        {
            var p = Drawing.Render(45, 15, Color.Black, c => c.Image(source, new(-4, 2, 37, 11), mirror: mirror));
            for (int y = 0; y < 11; y++)
                for (int x = 0; x < 33; x++)
                    Assert.Equal(Source(source, mirror ? 36 - (x + 4) : x + 4, y), p.At(x, y + 2));
        }
    }

    [Fact]
    public void A_constant_picture_stays_constant_at_every_size()
    {
        var source = new Picture(64, 48, PixelFormat.Bgr8);
        source.Bytes.AsSpan().Fill(201);
        for (int size = 1; size < 200; size += 7)
        {
            var p = Drawing.Render(size, size, Color.Black, c => c.Image(source, new(0, 0, size, size)));
            for (int y = 0; y < size; y++)
                for (int x = 0; x < size; x++) Assert.Equal(new Color(201, 201, 201), p.At(x, y));
        }
    }

    [Fact]
    public void Unsmoothed_enlarging_repeats_pixels()
    {
        var source = Drawing.Noise(5, 4, PixelFormat.Gray8, 4);
        var p = Drawing.Render(15, 12, Color.Black, c => c.Image(source, new(0, 0, 15, 12), smooth: false, map: ColorMap.Viridis));
        for (int y = 0; y < 12; y++)
            for (int x = 0; x < 15; x++) Assert.Equal(ColorMap.Viridis[source.Bytes[y / 3 * 5 + x / 3]], p.At(x, y));
    }

    [Fact]
    public void Picture_alpha_and_opacity_multiply()
    {
        var source = Drawing.Noise(19, 3, PixelFormat.Rgba8, 5, opaque: false);
        var under = new Color(40, 90, 200);
        var p = Drawing.Render(19, 3, under, c => c.Image(source, new(0, 0, 19, 3), opacity: 0.5f));
        for (int y = 0; y < 3; y++)
            for (int x = 0; x < 19; x++)
            {
                var s = source.At(x, y);
                double alpha = Math.Floor(s.A * 128 / 255.0 + 0.5) / 255;
                Assert.Equal(new Color((byte)Drawing.Over(40, s.R, alpha), (byte)Drawing.Over(90, s.G, alpha), (byte)Drawing.Over(200, s.B, alpha)), p.At(x, y));
            }
    }

    private static Color Source(Picture p, int x, int y)
    {
        var b = p.Row(y)[(x * p.BytesPerPixel)..];
        return p.Format switch { PixelFormat.Gray8 => new(b[0], b[0], b[0]), PixelFormat.Bgr8 => new(b[2], b[1], b[0]), _ => new(b[0], b[1], b[2], b[3]) };
    }

    /// <summary>weights[target * source + s], written from the definitions of box and linear interpolation.</summary>
    private static void Weights(int source, int target, double[] weights)
    {
        double scale = (double)source / target;
        for (int t = 0; t < target; t++)
            for (int s = 0; s < source; s++)
                weights[t * source + s] = scale > 1
                    ? Math.Max(0, Math.Min((t + 1) * scale, s + 1) - Math.Max(t * scale, s)) / scale
                    : Math.Max(0, 1 - Math.Abs(Math.Clamp((t + 0.5) * scale - 0.5, 0, source - 1) - s));
    }
}
