using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Platform.OpenCv;
using OpenCvSharp;
using static OpenCvSharp.VideoCaptureProperties;

namespace LiveCam.Tests.Platform;

/// <summary>What a camera's driver hears, played by one that has the properties it is given.</summary>
public sealed class CameraControlsTests
{
    private static readonly int Mjpg = OpenCvSharp.FourCC.FromString("MJPG").Value, Yuyv = OpenCvSharp.FourCC.FromString("YUYV").Value;

    private readonly List<(VideoCaptureProperties, double)> heard = [];
    private readonly Dictionary<VideoCaptureProperties, double> now = new() { [VideoCaptureProperties.FourCC] = Yuyv };

    /// <summary>What it refuses; everything else it takes.</summary>
    private Func<VideoCaptureProperties, double, bool> refuses = (_, _) => false;

    private void Apply(CameraWish wish, bool isV4L2 = true) => CameraControls.Apply(wish, "camera 0", isV4L2, Set, property => now.GetValueOrDefault(property));

    private bool Set(VideoCaptureProperties property, double value)
    {
        heard.Add((property, value));
        if (refuses(property, value)) return false;
        now[property] = value;
        return true;
    }

    [Fact]
    public void Nothing_asked_leaves_the_camera_as_it_is()
    {
        Apply(default);
        Assert.Equal([(BufferSize, 2)], heard);
    }

    [Fact]
    public void Format_size_rate_and_controls_come_in_the_order_that_drivers_need()
    {
        Apply(new CameraWish(1280, 720, 30, Format: "YUYV", Exposure: CameraControl.Locked, WhiteBalance: CameraControl.Locked));
        Assert.Equal([(BufferSize, 2), (VideoCaptureProperties.FourCC, Yuyv), (FrameWidth, 1280), (FrameHeight, 720), (Fps, 30), (AutoExposure, 1), (AutoWB, 0)], heard);
    }

    [Theory]
    [InlineData(640, 480, false)]
    [InlineData(1279, 720, false)]
    [InlineData(1280, 720, true)]
    [InlineData(1920, 1080, true)]
    public void From_720p_on_the_format_is_MJPG_by_itself(int width, int height, bool isMjpg)
    {
        Apply(new CameraWish(width, height));
        Assert.Equal(isMjpg, heard.Contains((VideoCaptureProperties.FourCC, Mjpg)));
        Assert.Equal(isMjpg ? Mjpg : Yuyv, now[VideoCaptureProperties.FourCC]);
    }

    [Fact]
    public void A_camera_without_MJPG_keeps_its_format_where_nobody_asked_for_one()
    {
        refuses = (property, _) => property == VideoCaptureProperties.FourCC;
        Apply(new CameraWish(1920, 1080));
        Assert.Contains((FrameHeight, 1080), heard);
    }

    [Fact]
    public void A_format_that_the_camera_does_not_deliver_is_one_sentence_with_what_it_does()
    {
        refuses = (property, _) => property == VideoCaptureProperties.FourCC;
        string sentence = Assert.Throws<LiveCamException>(() => Apply(new CameraWish(640, 480, Format: "MJPG"))).Message;
        Assert.Equal("Opening camera 0: --camera-format asks for MJPG at 640x480, but the camera delivers YUYV. Leave the option out, or ask for YUYV.", sentence);
    }

    [Fact]
    public void Automatic_exposure_is_the_one_of_the_two_kinds_that_the_driver_has()
    {
        Apply(new CameraWish(Exposure: CameraControl.Automatic));
        Assert.Equal(3, now[AutoExposure]);   // V4L2_EXPOSURE_APERTURE_PRIORITY
        refuses = (property, value) => property == AutoExposure && value == 3;
        Apply(new CameraWish(Exposure: CameraControl.Automatic));
        Assert.Equal(0, now[AutoExposure]);   // V4L2_EXPOSURE_AUTO
    }

    [Fact]
    public void Elsewhere_automatic_is_1_and_locked_0()
    {
        Apply(new CameraWish(1280, 720, Exposure: CameraControl.Automatic, WhiteBalance: CameraControl.Locked), isV4L2: false);
        Assert.Equal([(FrameWidth, 1280), (FrameHeight, 720), (AutoExposure, 1), (AutoWB, 0)], heard);
    }

    [Fact]
    public void A_control_that_the_driver_does_not_have_is_one_sentence()
    {
        refuses = (property, _) => property == AutoWB;
        string sentence = Assert.Throws<LiveCamException>(() => Apply(new CameraWish(WhiteBalance: CameraControl.Locked))).Message;
        Assert.Contains("--camera-white-balance", sentence);
        Assert.Contains("locked", sentence);
    }
}
