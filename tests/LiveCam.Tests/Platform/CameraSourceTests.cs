using LiveCam.Engine;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;

namespace LiveCam.Tests.Platform;

public sealed class CameraSourceTests
{
    [Fact]
    public void A_real_video_has_the_size_rate_and_count_that_ffprobe_counts()
    {
        // ffprobe -count_frames: 640x360, r_frame_rate 179/6, nb_read_frames 1189, h264.
        using Camera camera = CameraSource.Open(Requirements.Data("videos/bottle-detection.mp4"));
        Assert.Equal((640, 360, 1189L), (camera.Width, camera.Height, camera.FrameCount));
        Assert.Equal(179 / 6.0, camera.FramesPerSecond, 3);
        Assert.False(camera.IsLive);
        Picture? slot = null, first = null;
        int count = 0;
        TimeSpan last = TimeSpan.FromSeconds(-1);
        for (; camera.Read(ref slot, out TimeSpan time); count++)
        {
            Assert.True(time > last, $"frame {count} at {time} comes after one at {last}");
            last = time;
            if (count == 0)
            {
                first = new Picture(slot!.Width, slot.Height, slot.Format);
                slot.Bytes.CopyTo(first.Bytes.AsSpan());
            }
        }
        Assert.Equal(1189, count);
        Assert.Equal(1188 / (179 / 6.0), last.TotalSeconds, 0.05);
        Assert.True(Scratch.Difference(first!, slot!) > 1, "the last frame is the first one");
    }

    [Fact]
    public void A_folder_delivers_its_pictures_once_in_natural_order()
    {
        using Scratch scratch = new();
        foreach (int number in new[] { 10, 2, 1, 33 }) ImageFile.Save(Scratch.Pattern(16 + number, 16), scratch[$"frame{number}.png"]);
        scratch.Write("notes.txt", "not a picture"u8);
        scratch.Write(".hidden.png", "left by a crash"u8);
        using Camera camera = CameraSource.Open(scratch.Folder);
        Assert.Equal((4L, 17, false), (camera.FrameCount, camera.Width, camera.IsLive));
        List<int> widths = [];
        Picture? slot = null;
        while (camera.Read(ref slot, out TimeSpan time))
        {
            Assert.Equal(widths.Count, time.TotalSeconds, 6);
            widths.Add(slot!.Width);
        }
        Assert.Equal([17, 18, 26, 49], widths);
    }

    [Fact]
    public void After_a_damaged_picture_a_folder_goes_on_with_the_next()
    {
        using Scratch scratch = new();
        ImageFile.Save(Scratch.Pattern(16, 16), scratch["1.png"]);
        scratch.Write("2.png", "garbage that is long enough to be looked at"u8);
        ImageFile.Save(Scratch.Pattern(18, 16), scratch["3.png"]);
        using Camera camera = CameraSource.Open(scratch.Folder);
        Picture? slot = null;
        Assert.True(camera.Read(ref slot, out _));
        Assert.Contains("2.png", Assert.Throws<LiveCamException>(() => camera.Read(ref slot, out _)).Message);
        Assert.True(camera.Read(ref slot, out _));
        Assert.Equal(18, slot!.Width);
        Assert.False(camera.Read(ref slot, out _));
    }

    [Theory]
    [InlineData("frame2", "frame10")]
    [InlineData("Frame2", "frame10")]
    [InlineData("a9b", "a10a")]
    [InlineData("007", "8")]
    [InlineData("7", "007x")]
    [InlineData("a", "a1")]
    [InlineData("99999999999999999999998", "99999999999999999999999")]
    public void Natural_order_counts(string first, string second)
    {
        Assert.True(FolderCamera.CompareNaturally(first, second) < 0);
        Assert.True(FolderCamera.CompareNaturally(second, first) > 0);
        Assert.Equal(0, FolderCamera.CompareNaturally(first, first));
    }

    [Fact]
    public void A_picture_is_a_source_of_one_frame()
    {
        using Scratch scratch = new();
        ImageFile.Save(Scratch.Pattern(40, 30, 5), scratch["one.png"]);
        using Camera camera = CameraSource.Open(scratch["one.png"]);
        Picture? slot = null;
        Assert.True(camera.Read(ref slot, out _));
        Assert.Equal(Scratch.Pattern(40, 30, 5).Bytes, slot!.Bytes);
        Assert.False(camera.Read(ref slot, out _));
    }

    [Fact]
    public void The_pattern_repeats_for_a_number_and_moves_between_numbers()
    {
        using Camera camera = CameraSource.Open("pattern:96x64");
        Picture? slot = null;
        for (int number = 0; number < 5; number++)
        {
            Assert.True(camera.Read(ref slot, out TimeSpan time));
            Assert.Equal(number / 30.0, time.TotalSeconds, 6);
            Assert.Equal(Scratch.Pattern(96, 64, number).Bytes, slot!.Bytes);
            Assert.NotEqual(Scratch.Pattern(96, 64, number + 1).Bytes, slot.Bytes);
            (int x, int y) = PatternCamera.DiscCentre(96, 64, number);
            Assert.Equal([32, 96, 255], slot.Row(y).Slice(x * 3, 3).ToArray());
        }
        using PatternCamera three = new(16, 16, 10, frames: 3);
        int count = 0;
        while (three.Read(ref slot, out _)) count++;
        Assert.Equal(3, count);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("/no/such/file.mp4", "no such file")]
    [InlineData("4711", "camera 4711")]
    [InlineData("/dev/video4711", "camera 4711")]
    [InlineData("gopher://example.org/x", "gopher")]
    [InlineData("pattern:10", "WIDTHxHEIGHT")]
    [InlineData("pattern:99999x10", "WIDTHxHEIGHT")]
    [InlineData("http://127.0.0.1:9/nothing.mp4", "http://127.0.0.1:9/nothing.mp4")]
    public void A_wrong_source_is_one_sentence(string source, string fact)
    {
        var error = Assert.Throws<LiveCamException>(() => CameraSource.Open(source));
        Assert.Contains(fact, error.Message);
        Assert.DoesNotContain("\n", error.Message);
    }

    [Fact]
    public void Files_that_hold_nothing_are_one_sentence()
    {
        using Scratch scratch = new();
        Assert.Contains("no picture", Assert.Throws<LiveCamException>(() => CameraSource.Open(scratch.Folder)).Message);
        string empty = scratch.Write("empty.mp4", []);
        Assert.Contains("empty", Assert.Throws<LiveCamException>(() => CameraSource.Open(empty)).Message);
        string text = scratch.Write("readme.md", "just text"u8);
        Assert.Contains("readme.md", Assert.Throws<LiveCamException>(() => CameraSource.Open(text)).Message);
    }

    [Fact]
    public void Cameras_are_listed_by_number_without_their_metadata_nodes()
    {
        using Scratch scratch = new();
        foreach ((string node, string index, string name) in new[] { ("video10", "0", "Grabber"), ("video0", "0", "Webcam"), ("video1", "1", "Webcam") })
        {
            Directory.CreateDirectory(scratch[node]);
            scratch.Write($"{node}/index", System.Text.Encoding.ASCII.GetBytes(index + "\n"));
            scratch.Write($"{node}/name", System.Text.Encoding.ASCII.GetBytes(name + "\n"));
        }
        Assert.Equal([new CameraDevice(0, "Webcam"), new CameraDevice(10, "Grabber")], CameraList.Read(scratch.Folder));
        Assert.Empty(CameraList.Read(scratch["none"]));
    }
}
