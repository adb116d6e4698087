using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Tests.Training.Augmentation;

public sealed class PaintingTests
{
    [Fact]
    public void Brightness_contrast_and_saturation_keep_what_they_should()
    {
        var factors = new List<double>();
        for (int sample = 0; sample < 50; sample++)
        {
            (float[] before, float[] after) = Painted("brightness:0.2", sample);
            Assert.InRange(after[0] - before[0], -51, 51);
            Assert.All(after.Zip(before), pair => Assert.Equal(after[0] - before[0], pair.First - pair.Second, 1e-3f));
            (before, after) = Painted("contrast:0.4", sample);
            Assert.Equal(before.Average(), after.Average(), 1e-2f);
            factors.Add((after[0] - before.Average()) / (before[0] - before.Average()));
            Assert.All(after.Zip(before), pair => Assert.Equal(factors[^1] * (pair.Second - before.Average()), pair.First - before.Average(), 1e-2));
            (before, after) = Painted("saturation:1", sample);
            for (int i = 0; i < 63; i++) Assert.Equal(Luma(before, i), Luma(after, i), 1e-2);
        }
        Assert.InRange(factors.Min(), 0.6, 0.7);
        Assert.InRange(factors.Max(), 1.3, 1.4);

        static double Luma(float[] planes, int i) => 0.299 * planes[i] + 0.587 * planes[63 + i] + 0.114 * planes[126 + i];
    }

    [Fact]
    public void Colour_changes_each_channel_by_a_line_of_its_own()
    {
        (float[] before, float[] after) = Painted("colour:0.3", 4);
        var slopes = new List<double>();
        for (int c = 0; c < 3; c++)
        {
            int at = 63 * c;
            double slope = (after[at + 1] - after[at]) / (double)(before[at + 1] - before[at]);
            slopes.Add(slope);
            for (int i = 0; i < 63; i++) Assert.Equal(after[at] + slope * (before[at + i] - before[at]), after[at + i], 0.02);
        }
        Assert.Equal(3, slopes.Select(slope => Math.Round(slope, 3)).Distinct().Count());
        Assert.All(slopes, slope => Assert.InRange(slope, 0.69, 1.31));
    }

    [Fact]
    public void A_cutout_is_a_square_of_the_mean_that_may_hang_over_the_border()
    {
        var areas = new HashSet<int>();
        for (int sample = 0; sample < 200; sample++)
        {
            (float[] before, float[] after) = Painted("cutout:4", sample);
            int[] changed = [.. Enumerable.Range(0, 63).Where(i => after[i] != before[i])];
            Assert.All(changed, i => Assert.Equal(before.Take(63).Average(), after[i], 1e-2f));
            Assert.All(changed, i => Assert.Equal(before.Skip(126).Average(), after[126 + i], 1e-2f));
            int wide = changed.Max(i => i % 9) - changed.Min(i => i % 9) + 1, high = changed.Max(i => i / 9) - changed.Min(i => i / 9) + 1;
            Assert.True(wide <= 4 && high <= 4);
            Assert.Equal(wide * high, changed.Length);
            areas.Add(changed.Length);
        }
        Assert.Contains(16, areas);
        Assert.Contains(areas, area => area < 9);
    }

    [Fact]
    public void Erasing_fills_a_rectangle_with_noise_in_the_part_asked_for()
    {
        int erased = 0;
        for (int sample = 0; sample < 400; sample++)
        {
            (float[] before, float[] after) = Painted("erase:0.25", sample);
            int[] changed = [.. Enumerable.Range(0, 63).Where(i => after[i] != before[i])];
            if (changed.Length == 0) continue;
            erased++;
            int wide = changed.Max(i => i % 9) - changed.Min(i => i % 9) + 1, high = changed.Max(i => i / 9) - changed.Min(i => i / 9) + 1;
            Assert.Equal(wide * high, changed.Length);
            Assert.InRange(changed.Length, 1, 30);
        }
        // 100 expected, standard deviation 8.7.
        Assert.InRange(erased, 65, 135);
    }

    [Fact]
    public void A_blur_is_a_gaussian()
    {
        // A single dot of light: what it becomes is the filter itself.
        var picture = new FloatPicture();
        picture.Resize(41, 41, 1);
        picture.All.Clear();
        picture.Plane(0)[20 * 41 + 20] = 255;
        var random = new SampleRandom(1, 2, 3);
        double sigma = new SampleRandom(1, 2, 3).Uniform() * 4;
        new Blur(4).Paint(picture, ref random);
        double sum = 0;
        for (int dy = -15; dy <= 15; dy++)
            for (int dx = -15; dx <= 15; dx++) sum += Math.Exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
        Assert.True(sigma > 0.5);
        for (int dy = -5; dy <= 5; dy++)
            for (int dx = -5; dx <= 5; dx++)
                Assert.Equal(255 * Math.Exp(-(dx * dx + dy * dy) / (2 * sigma * sigma)) / sum, picture.Plane(0)[(20 + dy) * 41 + 20 + dx], 255 * 0.006 / sum);
        Assert.Equal(255, picture.All.ToArray().Sum(), 0.01f);
    }

    [Fact]
    public void Thickness_grows_and_shrinks_strokes()
    {
        var widths = new List<double>();
        for (int sample = 0; sample < 60; sample++)
        {
            var picture = new FloatPicture();
            picture.Resize(30, 3, 1);
            picture.All.Clear();
            for (int y = 0; y < 3; y++) picture.Plane(0).Slice(30 * y + 12, 6).Fill(200);
            var random = new SampleRandom(1, 0, sample);
            double amount = new SampleRandom(1, 0, sample).Uniform(-2.5, 2.5);
            new Thickness(2.5).Paint(picture, ref random);
            double width = picture.Plane(0)[30..60].ToArray().Sum() / 200.0;
            // The part pass works on what the whole passes left, at both sides of the stroke.
            Assert.Equal(6 + 2 * amount, width, 1e-3);
            widths.Add(width);
        }
        Assert.InRange(widths.Min(), 1, 2);
        Assert.InRange(widths.Max(), 10, 11);
    }

    [Fact]
    public void Inverting_twice_changes_nothing_and_once_everything()
    {
        (float[] before, float[] after) = Painted("invert:1", 0);
        Assert.Equal(before.Select(x => 255 - x), after);
        Assert.Equal(before, Painted("invert:1,invert:1", 0).After);
    }

    [Fact]
    public void A_lamp_only_takes_light_and_all_channels_alike()
    {
        var losses = new List<float>();
        for (int sample = 0; sample < 100; sample++)
        {
            (float[] before, float[] after) = Painted("shade:0.6", sample, 255);
            for (int i = 0; i < 63; i++)
            {
                Assert.InRange(after[i], 0.4f * 255 - 0.01f, 255);
                Assert.Equal(after[i], after[63 + i]);
            }
            losses.Add(after.Max() - after.Min());
        }
        Assert.InRange(losses.Max(), 50, 153);
    }

    [Fact]
    public void Noise_has_the_deviation_drawn()
    {
        var picture = new FloatPicture();
        picture.Resize(200, 200, 1);
        picture.All.Fill(128);
        var random = new SampleRandom(4, 0, 9);
        double deviation = new SampleRandom(4, 0, 9).Uniform(0, 20);
        new Noise(20).Paint(picture, ref random);
        float[] values = picture.All.ToArray();
        Assert.Equal(128, values.Average(), 4 * deviation / 200);
        Assert.Equal(deviation, Math.Sqrt(values.Average(x => (x - 128.0) * (x - 128))), 0.03 * deviation);
    }

    private static (float[] Before, float[] After) Painted(string list, int sample, int? even = null)
    {
        var picture = new FloatPicture();
        picture.Take(MovementTests.Noise(9, 7, PixelFormat.Bgr8, 7));
        if (even is { } value) picture.All.Fill(value);
        float[] before = picture.All.ToArray();
        foreach ((_, Variation variation) in VariationList.Parse(list).Items)
        {
            var random = new SampleRandom(1, 0, sample);
            ((Painting)variation).Paint(picture, ref random);
        }
        return (before, picture.All.ToArray());
    }
}
