using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Teaching;

/// <summary>Which pictures are refused, and why.</summary>
public sealed class QualityGateTests
{
    private readonly QualityGate gate = new(new());

    private string? Judge(Picture picture, int classId = 0) => gate.Judge(picture, classId);

    private void Keep(Picture picture, int id, int classId = 0)
    {
        gate.Judge(picture, classId);
        gate.Keep(id, classId, gate.Quality.Fingerprint);
    }

    [Fact]
    public void Photographs_pass_and_the_same_ones_out_of_focus_do_not_and_shaken_ones_measure_as_more_blurred()
    {
        string folder = Requirements.Data("photos");
        foreach (string file in FolderCamera.PicturesIn(folder))
        {
            Picture photo = ImageFile.Load(file);
            Assert.True(Judge(photo) is null, $"{file}: {Judge(photo)}");
            double sharp = gate.Quality.Blur;
            // Radii in thousandths of the longer side.
            int radius = Math.Max(1, Math.Max(photo.Width, photo.Height) * 12 / 1000);
            Assert.StartsWith("blurred: ", Judge(Scenes.Blurred(photo, radius, radius, times: 2)));
            Judge(Scenes.Blurred(photo, 2 * radius, 0));
            Assert.True(gate.Quality.Blur > sharp + 0.25, $"{file}: {gate.Quality.Blur:F3} after {sharp:F3}");
        }
    }

    [Theory]
    [InlineData(320, 240)]
    [InlineData(640, 480)]
    [InlineData(1280, 960)]
    public void Blur_of_a_scene_does_not_depend_on_the_camera_s_resolution(int width, int height)
    {
        double Blur(int w, int h, int thousandths)
        {
            Judge(Scenes.Blurred(Scenes.Draw(w, h, 3), w * thousandths / 1000, w * thousandths / 1000, times: thousandths == 0 ? 0 : 2));
            return gate.Quality.Blur;
        }
        Assert.InRange(Blur(width, height, 0), 0, 0.5);
        Assert.InRange(Blur(width, height, 16), 0.66, 1);
        Assert.InRange(Blur(width, height, 16) - Blur(640, 480, 16), -0.06, 0.06);
    }

    [Fact]
    public void Blur_grows_with_the_radius_and_does_not_depend_on_contrast()
    {
        Picture scene = Scenes.Draw(640, 480, 4);
        double last = 0;
        foreach (int radius in (int[])[0, 2, 4, 8])
        {
            Judge(Scenes.Blurred(scene, radius, radius, times: 2));
            Assert.True(gate.Quality.Blur > last, $"{gate.Quality.Blur} at radius {radius} after {last}");
            last = gate.Quality.Blur;
        }
        Judge(Scenes.Blurred(scene, 4, 4));
        double full = gate.Quality.Blur;
        Judge(Scenes.Map(Scenes.Blurred(scene, 4, 4), (level, _) => 90 + level * 0.4));
        Assert.Equal(full, gate.Quality.Blur, 0.03);
    }

    [Fact]
    public void Bad_exposure_is_refused_with_both_numbers()
    {
        Picture scene = Scenes.Draw(640, 480, 5);
        Assert.Null(Judge(scene));
        Assert.Matches(@"^too dark: the brightest parts have \d+ of 255, at least 48 are needed$", Judge(Scenes.Map(scene, (level, _) => level * 0.15)));
        Assert.Matches(@"^too bright: the darkest parts have \d+ of 255, at most 224 may be$", Judge(Scenes.Map(scene, (level, _) => 230 + level * 0.09)));
        Assert.Matches(@"^too bright: \d+% of it is plain white, at most 60% may be$", Judge(Scenes.Map(scene, (level, at) => at > 600_000 ? level : 255)));
        Assert.Matches(@"^nothing to see: brightness spans \d+ levels, at least 16 are needed$", Judge(Scenes.Map(scene, (level, _) => 120 + level * 0.02)));
        Assert.Null(Judge(Scenes.Map(scene, (level, _) => level * 0.4)));
    }

    [Fact]
    public void Noise_and_a_flickering_lamp_change_nothing_and_a_small_thing_that_moved_does()
    {
        Picture scene = Scenes.Draw(640, 480, 6);
        Keep(scene, 1);
        for (int i = 0; i < 5; i++) Assert.StartsWith("as before", Judge(Scenes.Noisy(scene, 6, i)));
        Assert.StartsWith("as before", Judge(Scenes.Map(scene, (level, _) => level + 8)));
        Picture moved = Scenes.Map(scene, (level, at) => at / 3 % 640 is > 300 and < 350 && at / 3 / 640 is > 200 and < 240 ? 255 - level / 4 : level);
        Assert.Null(Judge(moved));
        Assert.Null(Judge(scene, classId: 1));
    }

    [Fact]
    public void An_old_near_copy_is_found_among_many_others()
    {
        Picture scene = Scenes.Draw(320, 240, 7);
        Keep(scene, 1);
        for (int i = 2; i < 60; i++) Keep(Scenes.Draw(320, 240, 100 + i), i);
        Assert.StartsWith("as before", Judge(Scenes.Noisy(scene, 3, 1)));
        gate.Forget(id => id != 1);
        Assert.Null(Judge(scene));
    }

    [Fact]
    public void Fingerprints_differ_by_the_largest_cell_less_the_mean_change()
    {
        var random = new Random(2);
        byte[] a = new byte[256], b = new byte[256];
        random.NextBytes(a);
        random.NextBytes(b);
        double[] change = [.. a.Zip(b, (x, y) => (double)x - y)];
        Assert.Equal(change.Max(x => Math.Abs(x - change.Average())), new Fingerprint(a).Difference(new(b)), 1e-9);
    }

    [Theory]
    [InlineData(PixelFormat.Gray8)]
    [InlineData(PixelFormat.Rgba8)]
    public void Every_format_gives_the_same_brightness(PixelFormat format)
    {
        Picture scene = Scenes.Draw(640, 480, 5);
        var other = new Picture(640, 480, format);
        for (int i = 0; i < 640 * 480; i++)
        {
            (byte b, byte g, byte r) = (scene.Bytes[3 * i], scene.Bytes[3 * i + 1], scene.Bytes[3 * i + 2]);
            if (format == PixelFormat.Gray8) other.Bytes[i] = (byte)Math.Round(0.299 * r + 0.587 * g + 0.114 * b);
            else (other.Bytes[4 * i], other.Bytes[4 * i + 1], other.Bytes[4 * i + 2], other.Bytes[4 * i + 3]) = (r, g, b, 255);
        }
        Judge(scene);
        Fingerprint print = gate.Quality.Fingerprint;
        double blur = gate.Quality.Blur;
        Judge(other);
        // Both round to whole levels once more than the other, and 77/256 for 0.299 is 0.4 levels of 255.
        Assert.InRange(gate.Quality.Fingerprint.Difference(print), 0, 1.5);
        Assert.Equal(blur, gate.Quality.Blur, 0.01);
    }

    [Fact]
    public void The_smallest_pictures_are_judged_too()
    {
        foreach ((int width, int height) in (ReadOnlySpan<(int, int)>)[(1, 1), (3, 400), (9, 9), (17, 16)]) Judge(Scratch.Noise(width, height, PixelFormat.Bgr8));
    }
}
