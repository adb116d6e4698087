using System.Text.Json;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Platform.Streams;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Cases;

public sealed class PictureCaseTests
{
    private static bool HasFfprobe => FfmpegProcess.Find(Environment.GetEnvironmentVariable("PATH")) is not null;

    /// <summary>What <c>run</c> sees in the first frame of a source.</summary>
    private static Dictionary<string, double> Run(Case own, string source)
    {
        Call call = Call.Run("run", "--headless", "--device", "cpu", "--json", "--frames", "1", "--model", own["model.onnx"], "--source", source);
        Assert.True(call.Exit == 0, call.Error);
        return Case.Top(call.Json[0]);
    }

    [Theory]
    [InlineData("rot0.mp4")]
    [InlineData("rot90.mp4")]
    [InlineData("rot180.mp4")]
    [InlineData("rot270.mp4")]
    public void A_turned_video_is_upright(string file)
    {
        Case own = Case.Of("01-rotated-phone-video");
        Assert.Equal("top-left", Run(own, own[file]).MaxBy(guess => guess.Value).Key);
    }

    [Fact]
    public void What_is_transparent_lies_on_white()
    {
        Case own = Case.Of("03-transparent-png");
        string digits = Path.Combine(Requirements.Root, "models", "digits.onnx");
        Call call = Call.Run("classify", "--device", "cpu", "--json", "--top", "3", "--model", digits, own["three-on-white.png"], own["three-palette-on-white.png"], own["three-transparent.png"]);
        Dictionary<string, double>[] answers = Array.ConvertAll(call.Json, Case.Top);
        Assert.Equal(3, answers.Length);
        foreach (Dictionary<string, double> answer in answers)
            foreach ((string label, double expected) in answers[0]) Assert.Equal(expected, answer.GetValueOrDefault(label), 3);
    }

    [Fact]
    public void Every_pictures_orientation_is_heeded()
    {
        Case own = Case.Of("04-exif-orientation-png-webp");
        string[] files = [.. Directory.GetFiles(own.Folder, "o*").Order(StringComparer.Ordinal)];
        Assert.Equal(16, files.Length);
        Call call = Call.Run(["classify", "--device", "cpu", "--json", "--top", "1", "--model", own["model.onnx"], .. files]);
        Assert.All(call.Json, line => Assert.Equal("top-left", Case.Top(line).Single().Key));
    }

    [Fact]
    public void Pixels_that_are_not_square_are_drawn_out()
    {
        if (!HasFfprobe) throw Requirements.Missing("ffmpeg", "no ffprobe, which knows a video's pixel aspect");
        Case own = Case.Of("31-non-square-pixels");
        // The border of bright and dark lies on the border of the square: a column of it is between.
        Assert.InRange(Run(own, own["sar2.mp4"])["dark"], 0.99, 1);
    }

    [Theory]
    [InlineData("from-chrome.jfif", 0.846)]
    [InlineData("old.jpe", 0.846)]
    [InlineData("logo.gif", 0.846)]
    [InlineData("no-ending", 0.846)]
    [InlineData("photo.png_original", 0.846)]
    [InlineData("photo.png~", 0.846)]
    [InlineData("photo.png?w=640", 0.846)]
    [InlineData("download", 0.8435)]
    [InlineData("x.pcx", 0.846)]
    [InlineData("x.sgi", 0.846)]
    public void Pictures_are_told_by_their_contents_for_every_verb(string file, double red)
    {
        Case own = Case.Of("47-picture-with-unknown-ending");
        Assert.Equal(red, Run(own, own[file])["red"], 0.003);
        Assert.Equal(red, own.Classify("cpu", "model.onnx", file)["red"], 0.003);
    }

    [Fact]
    public void A_folder_of_pictures_with_unusual_endings_is_one_of_pictures()
    {
        Case own = Case.Of("47-picture-with-unknown-ending");
        using var scratch = new Scratch();
        foreach (string file in (string[])["from-chrome.jfif", "old.jpe", "no-ending"]) File.Copy(own[file], scratch[file]);
        File.WriteAllText(scratch["notes"], "no picture");
        Assert.True(Run(own, scratch.Folder)["red"] > 0.8);
        Call call = Call.Run("classify", "--device", "cpu", "--json", "--model", own["model.onnx"], scratch.Folder);
        Assert.Equal(3, call.Json.Length);
    }

    /// <summary>The colours ffmpeg gives, from the case's own script: a mean over the picture.</summary>
    [Theory]
    [InlineData("bt601-DC1414.mp4", 219, 20, 18)]
    [InlineData("bt601-E0AC8C.mp4", 222, 172, 138)]
    [InlineData("bt709-DC1414.mp4", 217, 18, 16)]
    [InlineData("bt709-14DC14.mp4", 15, 218, 16)]
    [InlineData("bt709-E0AC8C.mp4", 219, 168, 133)]
    [InlineData("bt709-808080.mp4", 123, 125, 125)]
    [InlineData("bt2020-DC1414.mp4", 218, 18, 17)]
    [InlineData("bt2020-14DC14.mp4", 17, 217, 18)]
    [InlineData("bt2020-E0AC8C.mp4", 221, 171, 137)]
    public void A_videos_colours_are_by_the_matrix_it_states(string file, int red, int green, int blue)
    {
        if (!HasFfprobe) throw Requirements.Missing("ffmpeg", "no ffprobe, which knows a video's matrix");
        using Camera video = CameraSource.Open(Case.Of("48-video-colour-matrix")[file]);
        Picture? frame = null;
        Assert.True(video.Read(ref frame, out _));
        for (int c = 0; c < 3; c++)
        {
            double mean = 0;
            for (int i = c; i < frame!.Bytes.Length; i += 3) mean += frame.Bytes[i];
            Assert.Equal(new[] { blue, green, red }[c], mean * 3 / frame.Bytes.Length, 3.0);
        }
    }

    [Theory]
    [InlineData("0000001866747970686569630000000068656963", "HEIC", "heif-convert")]
    [InlineData("0000001c6674797061766966000000006d696631", "AVIF", "avifdec")]
    [InlineData("0000000c4a584c200d0a870a", "JPEG XL", "djxl")]
    public void What_cannot_be_read_is_called_by_its_name(string hex, string name, string wayOut)
    {
        byte[] file = [.. Convert.FromHexString(hex), .. new byte[64]];
        string sentence = Assert.Throws<LiveCam.Engine.LiveCamException>(() => ImageFile.Decode(file, "photo.jpg")).Message;
        Assert.Contains(name, sentence);
        Assert.Contains(wayOut, sentence);
    }

    [Fact]
    public void Of_several_streams_the_largest_is_taken()
    {
        using JsonDocument probe = JsonDocument.Parse("""
            {"streams": [{"index": 0, "codec_type": "audio"},
             {"index": 1, "codec_type": "video", "width": 160, "height": 90, "disposition": {"attached_pic": 0}},
             {"index": 2, "codec_type": "video", "width": 4000, "height": 3000, "disposition": {"attached_pic": 1}},
             {"index": 3, "codec_type": "video", "width": 1280, "height": 720, "sample_aspect_ratio": "4:3", "color_space": "bt709", "avg_frame_rate": "30000/1001"}],
             "format": {"duration": "2.5"}}
            """);
        VideoFacts facts = VideoFacts.Of(probe.RootElement)!;
        Assert.Equal((3, false, true), (facts.Stream, facts.IsFirst, facts.NeedsFfmpeg));
        Assert.Equal((4.0 / 3, "bt709", TimeSpan.FromSeconds(2.5)), (facts.PixelAspect, facts.Matrix, facts.Duration));
    }
}
