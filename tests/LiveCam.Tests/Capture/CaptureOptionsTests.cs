using System.CommandLine;
using LiveCam.Commands;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;
using LiveCam.Text;

namespace LiveCam.Tests.Capture;

/// <summary>The options of capture on the command line.</summary>
public sealed class CaptureOptionsTests
{
    [Theory]
    [InlineData("--camera-size", "1280", "WIDTHxHEIGHT")]
    [InlineData("--camera-fps", "0", "above 0")]
    [InlineData("--camera-format", "MJPEG", "YUYV")]
    [InlineData("--camera-exposure", "bright", "locked")]
    [InlineData("--camera-white-balance", "5000", "automatic")]
    [InlineData("--rotate", "45", "90")]
    [InlineData("--region", "0.5,0,0.6,1", "fractions")]
    [InlineData("--region", "0,0,1", "fractions")]
    [InlineData("--speed", "fast", "max")]
    [InlineData("--speed", "0", "max")]
    [InlineData("--slide", "-1", "0.001")]
    [InlineData("--slide", "1e12", "86400")]
    public void A_wrong_value_is_refused(string option, string value, string fact)
    {
        string sentence = Call.Run("run", "--headless", "--source", "pattern", option, value).AssertFailed(2);
        Assert.Contains(option, sentence);
        Assert.Contains(fact, sentence);
    }

    /// <summary>On cameras and the digits drawn in their place runs the network for digits where nobody names one.</summary>
    [Fact]
    public void Pictures_come_from_what_is_named_else_from_a_camera_or_the_digits()
    {
        var command = new Command("run");
        var options = new CaptureOptions(command);
        Assert.Equal("clip.mp4", options.From(command.Parse(["--source", "clip.mp4"])));
        Assert.Equal(CameraSource.Default, options.From(command.Parse([])));
    }

    [Fact]
    public void What_is_asked_of_a_camera_comes_to_its_wish()
    {
        var command = new Command("run");
        var options = new CaptureOptions(command);
        CameraWish Wish(params string[] words) =>
            options.Settings(command.Parse(["--source", "0", "--slide", "1", .. words]), hasWindow: false, new Terminal(TextWriter.Null, TextWriter.Null, CancellationToken.None)).Wish;
        Assert.Equal(new CameraWish(1280, 720, 30, 1, Format: "YUYV", Exposure: CameraControl.Locked, WhiteBalance: CameraControl.Automatic),
            Wish("--camera-size", "1280x720", "--camera-fps", "30", "--camera-format", "yuyv", "--camera-exposure", "locked", "--camera-white-balance", "automatic"));
        Assert.Equal(new CameraWish(SlideSeconds: 1), Wish());
    }

    [Fact]
    public void Everybody_downstream_sees_the_picture_turned_and_cut()
    {
        var command = new Command("run");
        var options = new CaptureOptions(command);
        ParseResult parse = command.Parse(["--source", "pattern:64x48", "--mirror", "--rotate", "90", "--region", "0,0,0.5,1"]);
        Assert.Empty(parse.Errors);
        var plugin = new CapturePlugin(options.Settings(parse, hasWindow: false, new Terminal(TextWriter.Null, TextWriter.Null, CancellationToken.None)), CancellationToken.None);
        var frame = new Frame(160, 160, isShown: false);
        plugin.Load();
        for (int i = 0; i < 3; i++) plugin.Update(frame);
        plugin.Unload();
        Picture? expected = null;
        new CameraView(true, 90, new(0, 0, 0.5, 1)).Apply(Scratch.Pattern(64, 48, 2), ref expected);
        Assert.Equal((48, 32), (frame.Picture!.Width, frame.Picture.Height));
        Assert.Equal(expected!.Bytes, frame.Picture.Bytes);
    }

    [Fact]
    public void Without_a_source_it_is_the_first_camera_or_drawn_digits_and_says_which()
    {
        if (CameraList.Read().Count > 0) throw new InvalidOperationException(LiveCam.Engine.Tests.SkippingFramework.Token + "there is a camera here");
        Call call = Call.Run("run", "--headless", "--device", "cpu", "--frames", "1");
        Assert.Equal(0, call.Exit);
        Assert.Contains("drawn digits", Assert.Single(call.ErrorLines));
    }

    [Fact]
    public void A_looped_video_goes_on_past_its_end_with_rising_times()
    {
        using Scratch scratch = new();
        using (VideoWriter writer = VideoWriter.Create(scratch["clip.avi"], 32, 16, 25))
        {
            for (int i = 0; i < 4; i++) writer.Write(Scratch.Pattern(32, 16, i));
            writer.Finish();
        }
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--source", scratch["clip.avi"], "--loop", "--frames", "10");
        Assert.True(call.Exit == 0, call.Error);
        for (int i = 0; i < 10; i++) Assert.Equal(i * 0.04, call.Json[i].GetProperty("time").GetDouble(), 0.002);
    }
}
