using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Tests.Platform;

public sealed class VideoTests
{
    [Theory]
    [InlineData("clip.mp4", 64, 48)]
    [InlineData("clip.avi", 64, 48)]
    [InlineData("odd.mp4", 63, 47)]
    [InlineData("odd.avi", 51, 35)]
    public void A_written_video_reads_back_with_its_size_count_and_colours(string name, int width, int height)
    {
        using Scratch scratch = new();
        const int Frames = 20;
        using (VideoWriter writer = VideoWriter.Create(scratch[name], width, height, 25))
        {
            for (int i = 0; i < Frames; i++) writer.Write(Scratch.Pattern(width, height, i));
            Assert.False(File.Exists(scratch[name]), "the file has its name before it is finished");
            writer.Finish();
        }
        Assert.Equal([scratch[name]], Directory.GetFileSystemEntries(scratch.Folder));

        using Camera camera = CameraSource.Open(scratch[name]);
        Assert.Equal(((width + 1) / 2 * 2, (height + 1) / 2 * 2), (camera.Width, camera.Height));
        Assert.Equal(25, camera.FramesPerSecond, 3);
        Assert.False(camera.IsLive);
        Picture? slot = null;
        int count = 0;
        for (; camera.Read(ref slot, out TimeSpan time); count++)
        {
            Assert.Equal(count * 40.0, time.TotalMilliseconds, 1.0);
            Assert.InRange(Scratch.Difference(Scratch.Pattern(width, height, count), slot!), 0.0, 12.0);
        }
        Assert.Equal(Frames, count);
        Assert.False(camera.Read(ref slot, out _));
    }

    [Fact]
    public void Pixel_formats_give_the_same_video()
    {
        using Scratch scratch = new();
        Picture bgr = Scratch.Pattern(32, 32), rgba = new(32, 32, PixelFormat.Rgba8), gray = new(32, 32, PixelFormat.Gray8);
        for (int i = 0; i < 32 * 32; i++)
        {
            for (int channel = 0; channel < 3; channel++) rgba.Bytes[i * 4 + channel] = bgr.Bytes[i * 3 + 2 - channel];
            gray.Bytes[i] = 77;
        }
        using (VideoWriter writer = VideoWriter.Create(scratch["formats.avi"], 32, 32, 10))
        {
            foreach (Picture picture in new[] { bgr, rgba, gray }) writer.Write(picture);
            writer.Finish();
        }
        using Camera camera = CameraSource.Open(scratch["formats.avi"]);
        Picture? first = null, second = null, third = null;
        Assert.True(camera.Read(ref first, out _) && camera.Read(ref second, out _) && camera.Read(ref third, out _));
        Assert.Equal(first!.Bytes, second!.Bytes);
        Assert.All(third!.Bytes, value => Assert.InRange(value, 74, 80));
    }

    [Fact]
    public void A_slot_that_fits_is_reused()
    {
        using Scratch scratch = new();
        using Camera camera = CameraSource.Open(Clip(scratch, 3));
        Picture slot = new(32, 16, PixelFormat.Bgr8), wrong = new(7, 5, PixelFormat.Bgr8);
        Picture? target = slot;
        Assert.True(camera.Read(ref target, out _));
        Assert.Same(slot, target);
        target = wrong;
        Assert.True(camera.Read(ref target, out _));
        Assert.Equal((32, 16), (target!.Width, target.Height));
        Assert.All(wrong.Bytes, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Dropping_a_video_leaves_nothing_behind()
    {
        using Scratch scratch = new();
        using (VideoWriter writer = VideoWriter.Create(scratch["dropped.mp4"], 32, 32, 30)) writer.Write(Scratch.Pattern(32, 32));
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void Writing_what_cannot_be_written_is_one_sentence()
    {
        using Scratch scratch = new();
        Assert.Contains(".mkv", Assert.Throws<LiveCamException>(() => VideoWriter.Create(scratch["a.mkv"], 32, 32, 30)).Message);
        Assert.Contains("nowhere", Assert.Throws<LiveCamException>(() => VideoWriter.Create(scratch["nowhere/a.mp4"], 32, 32, 30)).Message);
        Assert.Contains("1x32", Assert.Throws<LiveCamException>(() => VideoWriter.Create(scratch["a.mp4"], 1, 32, 30)).Message);
        using VideoWriter writer = VideoWriter.Create(scratch["a.mp4"], 32, 32, 30);
        Assert.Contains("33x32", Assert.Throws<LiveCamException>(() => writer.Write(Scratch.Pattern(33, 32))).Message);
        Assert.Contains("without a frame", Assert.Throws<LiveCamException>(writer.Finish).Message);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_video_cut_short_is_an_error_or_ends_early()
    {
        using Scratch scratch = new();
        foreach (string name in new[] { "clip.mp4", "clip.avi" })
        {
            byte[] whole = File.ReadAllBytes(Clip(scratch, 30, name));
            for (int part = 1; part < 8; part++)
            {
                string cut = scratch.Write("cut" + name, whole.AsSpan(0, whole.Length * part / 8));
                try
                {
                    using Camera camera = CameraSource.Open(cut);
                    Picture? slot = null;
                    int frames = 0;
                    while (camera.Read(ref slot, out _)) frames++;
                    Assert.InRange(frames, 0, 29);
                }
                catch (LiveCamException e) { Assert.Contains("cut" + name, e.Message); }
            }
        }
    }

    [Fact]
    public void Bytes_that_are_no_video_are_one_sentence()
    {
        using Scratch scratch = new();
        string garbage = scratch.Write("garbage.mp4", Scratch.Noise(100, 100, PixelFormat.Gray8).Bytes);
        var error = Assert.Throws<LiveCamException>(() => CameraSource.Open(garbage));
        Assert.Contains("garbage.mp4", error.Message);
        Assert.DoesNotContain("\n", error.Message);
    }

    [Fact]
    public void Names_with_colons_percent_signs_and_blanks_are_only_names()
    {
        using Scratch scratch = new();
        string odd = scratch[OperatingSystem.IsWindows() ? "take 2 100%03d ü.avi" : "take 2: 100%03d ü.avi"];
        File.Move(Clip(scratch, 2), odd);
        using Camera camera = CameraSource.Open(odd);
        Picture? slot = null;
        Assert.True(camera.Read(ref slot, out _));
    }

    private static string Clip(Scratch scratch, int frames, string name = "clip.avi")
    {
        using VideoWriter writer = VideoWriter.Create(scratch[name], 32, 16, 30);
        for (int i = 0; i < frames; i++) writer.Write(Scratch.Pattern(32, 16, i));
        writer.Finish();
        return scratch[name];
    }
}
