using System.Diagnostics;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Platform;
using static LiveCam.Platform.CameraState;

namespace LiveCam.Tests.Capture;

/// <summary>The parts of capture that know no thread.</summary>
public sealed class CapturePartsTests
{
    [Fact]
    public void Waits_double_to_the_longest_with_a_jitter_that_repeats()
    {
        Backoff one = new(CaptureTimes.Usual), two = new(CaptureTimes.Usual), other = new(CaptureTimes.Usual with { Seed = 2 });
        double[] waits = [.. Enumerable.Range(0, 40).Select(_ => one.Next().TotalSeconds)];
        double[] expected = [0.5, 1, 2, 4, 8, 10, 10, 10];
        for (int i = 0; i < 40; i++)
        {
            double longest = expected[Math.Min(i, 7)];
            Assert.InRange(waits[i], longest * 0.75, longest);
            Assert.Equal(waits[i], two.Next().TotalSeconds);
        }
        Assert.NotEqual(waits[0], other.Next().TotalSeconds);
        one.Reset();
        Assert.InRange(one.Next().TotalSeconds, 0.375, 0.5);
    }

    [Fact]
    public void The_states_follow_the_clock()
    {
        var health = new CameraHealth(CaptureTimes.Usual);
        long second = Stopwatch.Frequency;
        health.Opening("Camera 0", exists: false, 1 * second);
        health.Missed("no", 2 * second);
        health.Missed("still no", 3 * second);
        Assert.Equal(new CameraStatus(Absent, 2 * second, "Camera 0 is not there; trying again.", "still no", 2), health.Status);
        health.Arrived(isSame: false, isBlack: false, isLive: true, 4 * second);
        health.Arrived(isSame: true, isBlack: false, isLive: true, 6 * second);
        Assert.Equal(Live, health.Status.State);
        health.Arrived(isSame: true, isBlack: false, isLive: true, 7 * second);
        Assert.Equal((Frozen, 7 * second), (health.Status.State, health.Status.Since));
        health.Arrived(isSame: false, isBlack: true, isLive: true, 8 * second);
        Assert.Equal(Frozen, health.Status.State);
        health.Arrived(isSame: true, isBlack: true, isLive: true, 9 * second);
        Assert.Equal(Black, health.Status.State);
        health.Watch(11 * second);
        Assert.Equal(Black, health.Status.State);
        health.Watch(12 * second);
        Assert.Equal(Frozen, health.Status.State);
        health.Away("cut", 15 * second);
        health.Missed("refused", 16 * second);
        Assert.Equal((Lost, 15 * second, "refused", 1), (health.Status.State, health.Status.Since, health.Status.Detail, health.Status.Attempts));
        health.Arrived(isSame: false, isBlack: false, isLive: true, 17 * second);
        health.Opening("Camera 1", exists: false, 18 * second);
        List<CameraState> states = [];
        while (health.TryTakeChange(out CameraStatus change)) states.Add(change.State);
        Assert.Equal([Opening, Absent, Live, Frozen, Black, Frozen, Lost, Live, Opening], states);
    }

    [Fact]
    public void A_file_may_stand_still_and_be_black()
    {
        var health = new CameraHealth(CaptureTimes.Usual);
        health.Opening("clip.mp4", exists: true, 0);
        for (int i = 0; i < 20; i++) health.Arrived(isSame: i > 0, isBlack: true, isLive: false, i * Stopwatch.Frequency);
        health.Watch(100 * Stopwatch.Frequency);
        Assert.Equal((Live, "clip.mp4 is playing."), (health.Status.State, health.Status.Text));
    }

    [Fact]
    public void One_changed_byte_makes_another_picture()
    {
        var watch = new PictureWatch();
        Picture one = Scratch.Pattern(97, 61), two = Scratch.Pattern(97, 61);
        Assert.False(watch.IsSame(one, out _));
        Assert.True(watch.IsSame(two, out _));
        foreach (int at in new[] { 0, 1, 8888, one.Bytes.Length - 1 })
        {
            Picture changed = Scratch.Pattern(97, 61);
            changed.Bytes[at] ^= 1;
            Assert.False(watch.IsSame(changed, out _));
            Assert.False(watch.IsSame(one, out _));
        }
        watch.Reset();
        Assert.False(watch.IsSame(two, out _));
    }

    [Fact]
    public void Noise_of_a_covered_lens_is_black_and_a_dark_room_is_not()
    {
        var watch = new PictureWatch();
        var random = new Random(3);
        Picture lens = new(160, 120, PixelFormat.Bgr8), room = new(160, 120, PixelFormat.Bgr8), gray = new(160, 120, PixelFormat.Bgr8), tiny = new(2, 1, PixelFormat.Bgr8);
        for (int i = 0; i < lens.Bytes.Length; i++) lens.Bytes[i] = (byte)random.Next(10);
        room.Bytes.AsSpan(0, room.Bytes.Length / 20).Fill(120);   // one lamp
        gray.Bytes.AsSpan().Fill(40);
        Assert.Equal([true, false, false, false], new[] { lens, room, gray, tiny }.Select(picture =>
        {
            watch.IsSame(picture, out bool isBlack);
            return isBlack;
        }));
    }

    [Fact]
    public void A_view_moves_each_pixel_where_it_says()
    {
        Picture from = Scratch.Noise(70, 45, PixelFormat.Bgr8);
        foreach (bool mirror in new[] { false, true })
            foreach (int rotation in new[] { 0, 90, 180, 270 })
                foreach (Region? region in new Region?[] { null, new(0.1, 0.2, 0.5, 0.4), new(0.9, 0.8, 0.1, 0.2) })
                {
                    Picture? slot = null;
                    new CameraView(mirror, rotation, region).Apply(from, ref slot);
                    // Of 70x45 pixels: a tenth is 7 and 4.5.
                    (int left, int top, int width, int height) = region switch { null => (0, 0, 70, 45), { Left: 0.1 } => (7, 9, 35, 18), _ => (63, 36, 7, 9) };
                    Assert.Equal(rotation is 90 or 270 ? (height, width) : (width, height), (slot!.Width, slot.Height));
                    for (int y = 0; y < height; y++)
                        for (int x = 0; x < width; x++)
                        {
                            // Where this pixel goes when the picture is turned clockwise so many times, then mirrored.
                            (int u, int v, int across, int down) = (x, y, width, height);
                            for (int turn = 0; turn < rotation / 90; turn++) (u, v, across, down) = (down - 1 - v, u, down, across);
                            if (mirror) u = across - 1 - u;
                            Assert.True(from.Row(top + y).Slice((left + x) * 3, 3).SequenceEqual(slot.Row(v).Slice(u * 3, 3)), $"{mirror} {rotation} {region} at {x},{y}");
                        }
                    Picture same = slot;
                    new CameraView(mirror, rotation, region).Apply(from, ref slot);
                    Assert.Same(same, slot);
                }
    }

    [Fact]
    public void A_region_of_a_tiny_picture_is_at_least_a_pixel()
    {
        Picture? slot = null;
        new CameraView(Region: new(0.999, 0.999, 0.001, 0.001)).Apply(Scratch.Pattern(16, 16), ref slot);
        Assert.Equal((1, 1), (slot!.Width, slot.Height));
        Assert.Equal(Scratch.Pattern(16, 16).Bytes[^3..], slot.Bytes);
    }

    [Fact]
    public void The_next_camera_comes_after_this_one_and_the_pattern_after_the_last()
    {
        CameraDevice[] two = [new(0, "Webcam"), new(2, "Microscope")];
        Assert.Equal("2", CameraSource.After("0", "0", two));
        Assert.Equal("2", CameraSource.After("/dev/video0", "/dev/video0", two));
        Assert.Equal("pattern", CameraSource.After("2", "0", two));
        Assert.Equal("0", CameraSource.After("pattern", "pattern", two));
        Assert.Equal("0", CameraSource.After("dropped.mp4", "0", two));
        Assert.Equal("pattern", CameraSource.After("clip.mp4", "clip.mp4", []));
        Assert.Equal("clip.mp4", CameraSource.After("2", "clip.mp4", two));
        Assert.Equal("clip.mp4", CameraSource.After("pattern", "clip.mp4", []));
        Assert.Equal("pattern", CameraSource.After("pattern", "pattern", []));
    }

    [Theory]
    [InlineData("pattern:64x48", "The test pattern")]
    [InlineData("/tmp/holiday/clip.mp4", "clip.mp4")]
    [InlineData("/tmp/holiday/", "holiday")]
    [InlineData("4711", "Camera 4711")]
    [InlineData("/dev/video4711", "Camera 4711")]
    public void A_source_has_a_title(string source, string title) => Assert.Equal(title, CameraSource.Title(source));
}
