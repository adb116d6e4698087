using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Training.Augmentation;

public sealed class MovementTests
{
    [Fact]
    public void A_mirror_swaps_left_and_right_exactly()
    {
        Picture picture = Noise(7, 5, PixelFormat.Bgr8), mirrored = Vary(picture, "mirror:1");
        for (int y = 0; y < 5; y++)
            for (int x = 0; x < 7; x++)
                Assert.Equal(picture.Row(y).Slice(3 * (6 - x), 3).ToArray(), mirrored.Row(y).Slice(3 * x, 3).ToArray());
    }

    [Fact]
    public void A_crop_is_a_shift_by_whole_pixels_and_all_shifts_occur()
    {
        Picture picture = Noise(9, 8, PixelFormat.Gray8);
        var found = new HashSet<(int, int)>();
        for (int sample = 0; sample < 300; sample++)
        {
            Picture cropped = Vary(picture, "crop:2", sample);
            found.Add(Shifts().First(shift => Enumerable.Range(0, 72).All(i =>
                cropped.Bytes[i] == picture.Row(Math.Clamp(i / 9 + shift.Y, 0, 7))[Math.Clamp(i % 9 + shift.X, 0, 8)])));
        }
        Assert.Equal(25, found.Count);

        static IEnumerable<(int X, int Y)> Shifts() => Enumerable.Range(0, 25).Select(i => (i % 5 - 2, i / 5 - 2));
    }

    [Fact]
    public void Movements_join_into_one_map_in_the_order_of_the_list()
    {
        // A quarter turn clockwise, then a shift to the right by two: the point that ends at the centre was turned first.
        var warp = new Warp();
        warp.Begin(20, 20);
        warp.Add(Projection.Turn(-90));
        warp.Add(Projection.Shift(-2, 0));
        (double x, double y) = warp.Source(2, 0);
        Assert.Equal((0, 0), (Math.Round(x, 12), Math.Round(y, 12)));
        (x, y) = warp.Source(5, 1);
        // Undo the shift: (3, 1). Undo the turn, which took (x, y) to (-y, x): (1, -3).
        Assert.Equal((1, -3), (Math.Round(x, 12), Math.Round(y, 12)));
    }

    [Fact]
    public void Two_half_turns_and_two_mirrors_leave_every_byte()
    {
        Picture picture = Noise(11, 6, PixelFormat.Bgr8);
        var warp = new Warp();
        warp.Begin(11, 6);
        foreach (Projection step in (Projection[])[Projection.Zoom(-1, 1), Projection.Zoom(-1, -1), Projection.Zoom(1, -1), Projection.Shift(3, -2), Projection.Shift(-3, 2)]) warp.Add(step);
        Assert.True(warp.IsIdentity);
        var result = new FloatPicture();
        warp.Resample(picture, result);
        var bytes = new Picture(11, 6, PixelFormat.Bgr8);
        result.Give(bytes);
        Assert.Equal(picture.Bytes, bytes.Bytes);
    }

    [Fact]
    public void A_turned_picture_is_interpolated_as_defined()
    {
        Picture picture = Noise(13, 9, PixelFormat.Gray8);
        var warp = new Warp();
        warp.Begin(13, 9);
        warp.Add(Projection.Turn(17) * Projection.Zoom(1.1, 0.9));
        var result = new FloatPicture();
        warp.Resample(picture, result);
        double sin = Math.Sin(17 * Math.PI / 180), cos = Math.Cos(17 * Math.PI / 180);
        for (int y = 0; y < 9; y++)
            for (int x = 0; x < 13; x++)
            {
                double zx = (x - 6) * 1.1, zy = (y - 4) * 0.9, sx = cos * zx - sin * zy + 6, sy = sin * zx + cos * zy + 4;
                double At(double px, double py) => picture.Row((int)Math.Clamp(py, 0, 8))[(int)Math.Clamp(px, 0, 12)];
                double fx = sx - Math.Floor(sx), fy = sy - Math.Floor(sy), left = Math.Floor(sx), top = Math.Floor(sy);
                double expected = (1 - fy) * ((1 - fx) * At(left, top) + fx * At(left + 1, top)) + fy * ((1 - fx) * At(left, top + 1) + fx * At(left + 1, top + 1));
                Assert.Equal(expected, result.Plane(0)[y * 13 + x], 1e-3);
            }
    }

    [Theory]
    [InlineData("rotate:20", 1e-9)]
    [InlineData("scale:0.5", 1e-9)]
    [InlineData("translate:0.2", 1e-9)]
    [InlineData("resizedcrop:0.3", 1e-9)]
    public void Affine_movements_keep_middles_in_the_middle(string text, double tolerance)
    {
        for (int sample = 0; sample < 20; sample++)
        {
            Warp warp = Drawn(text, sample);
            (double ax, double ay) = warp.Source(-9, 4);
            (double bx, double by) = warp.Source(5, -8);
            (double mx, double my) = warp.Source(-2, -2);
            Assert.Equal((ax + bx) / 2, mx, tolerance);
            Assert.Equal((ay + by) / 2, my, tolerance);
        }
    }

    [Fact]
    public void A_perspective_keeps_lines_straight_and_the_centre_fixed()
    {
        for (int sample = 0; sample < 20; sample++)
        {
            Warp warp = Drawn("perspective:0.4", sample);
            Assert.Equal((0.0, 0.0), warp.Source(0, 0));
            (double ax, double ay) = warp.Source(-9, 4);
            (double bx, double by) = warp.Source(5, -8);
            (double cx, double cy) = warp.Source(-2, -2);
            Assert.Equal(0, (bx - ax) * (cy - ay) - (by - ay) * (cx - ax), 1e-9);
        }
    }

    [Fact]
    public void Angles_and_scales_fill_their_range()
    {
        var angles = new List<double>();
        var scales = new List<double>();
        for (int sample = 0; sample < 2000; sample++)
        {
            (double x, double y) = Drawn("rotate:20", sample).Source(1, 0);
            angles.Add(Math.Atan2(y, x) * 180 / Math.PI);
            scales.Add(Math.Log(Drawn("scale:0.5", sample).Source(1, 0).X));
        }
        Assert.InRange(angles.Max(), 19.5, 20);
        Assert.InRange(angles.Min(), -20, -19.5);
        // A uniform distribution over ±20 has the standard deviation 20/√3; 2000 samples leave it uncertain by about 1 %.
        Assert.Equal(20 / Math.Sqrt(3), Math.Sqrt(angles.Average(a => a * a)), 0.4);
        Assert.InRange(scales.Max(), Math.Log(1.5) * 0.99, Math.Log(1.5) + 1e-9);
        Assert.Equal(0, scales.Average(), 0.03);
    }

    [Fact]
    public void An_elastic_bending_is_as_strong_as_asked_and_smooth()
    {
        double sum = 0, steps = 0;
        int count = 0;
        for (int sample = 0; sample < 400; sample++)
        {
            Warp warp = Drawn("elastic:0.05", sample, 28, 28);
            for (int y = -14; y < 14; y += 3)
                for (int x = -14; x < 13; x += 3, count++)
                {
                    double here = warp.Source(x, y).X - x, beside = warp.Source(x + 1, y).X - x - 1;
                    sum += here * here;
                    steps += (beside - here) * (beside - here);
                }
        }
        double deviation = Math.Sqrt(sum / count), step = Math.Sqrt(steps / count);
        Assert.Equal(0.05 * 28, deviation, 0.05 * 0.05 * 28);
        // A Gaussian of sigma smooths independent numbers to differences of deviation / (√2 sigma) a pixel.
        Assert.Equal(deviation / (Math.Sqrt(2) * 4), step, 0.15 * step);
    }

    private static Warp Drawn(string text, int sample, int width = 24, int height = 20)
    {
        var warp = new Warp();
        warp.Begin(width, height);
        var random = new SampleRandom(3, 1, sample);
        ((Movement)VariationList.Parse(text).Items[0].Variation).Draw(warp, ref random);
        return warp;
    }

    internal static Picture Vary(Picture picture, string text, int sample = 0) => new Augmenter(VariationList.Parse(text), 5).Apply(picture, 0, sample);

    internal static Picture Noise(int width, int height, PixelFormat format, int seed = 1)
    {
        var picture = new Picture(width, height, format);
        new Random(seed).NextBytes(picture.Bytes);
        return picture;
    }
}
