using System.Text;
using LiveCam.Engine;
using OpenCvSharp;

namespace LiveCam.Platform.OpenCv;

/// <summary>What is asked of a camera device after it opened, in the order that drivers need: the pixel format, the size, the rate, the controls.</summary>
internal static class CameraControls
{
    // From so many pixels on, raw frames at a camera's usual rate do not fit USB 2, and drivers lower the rate without a word.
    private const int MostRawPixels = 1280 * 720 - 1;

    // V4L2_EXPOSURE_AUTO, _MANUAL and _APERTURE_PRIORITY of videodev2.h; most webcams have the last two.
    private const double AutoExposure = 0, ManualExposure = 1, AperturePriority = 3;

    /// <param name="name">What sentences call the camera.</param>
    /// <param name="isV4L2">Whether values are those of Video4Linux; else those of Media Foundation, where automatic is 1 and locked 0.</param>
    /// <param name="set">Sets a property; false where the driver does not have it, or not that value.</param>
    /// <param name="get">A property's value now.</param>
    /// <exception cref="LiveCamException">Something was asked for by name and the driver does not have it.</exception>
    public static void Apply(CameraWish wish, string name, bool isV4L2, Func<VideoCaptureProperties, double, bool> set, Func<VideoCaptureProperties, double> get)
    {
        if (isV4L2) set(VideoCaptureProperties.BufferSize, 2);   // the kernel's queue is latency: two, so that one fills while one is read
        string? format = wish.Format ?? (isV4L2 && wish.Width * wish.Height > MostRawPixels ? "MJPG" : null);
        if (format is not null) set(VideoCaptureProperties.FourCC, FourCC.FromString(format).Value);
        if (wish.Width > 0 && wish.Height > 0)
        {
            set(VideoCaptureProperties.FrameWidth, wish.Width);
            set(VideoCaptureProperties.FrameHeight, wish.Height);
        }
        if (wish.FramesPerSecond > 0) set(VideoCaptureProperties.Fps, wish.FramesPerSecond);
        if (wish.Format is not null && Letters((int)get(VideoCaptureProperties.FourCC)) is var got && got != wish.Format)
        {
            string size = wish.Width > 0 ? $" at {wish.Width}x{wish.Height}" : "";
            throw new LiveCamException($"Opening {name}: --camera-format asks for {wish.Format}{size}, but the camera delivers {got}. Leave the option out, or ask for {got}.");
        }
        Control(wish.Exposure, "--camera-exposure", isV4L2 ? [AperturePriority, AutoExposure] : [1], isV4L2 ? ManualExposure : 0, VideoCaptureProperties.AutoExposure);
        Control(wish.WhiteBalance, "--camera-white-balance", [1], 0, VideoCaptureProperties.AutoWB);

        void Control(CameraControl wanted, string option, double[] automatic, double locked, VideoCaptureProperties property)
        {
            if (wanted == CameraControl.AsItIs) return;
            double[] values = wanted == CameraControl.Automatic ? automatic : [locked];
            if (!values.Any(value => set(property, value)))
                throw new LiveCamException($"Opening {name}: {option} asks for {wanted.ToString().ToLowerInvariant()}, which its driver does not have. Leave the option out.");
        }
    }

    private static string Letters(int code) => code == 0 ? "something it does not name" : Encoding.Latin1.GetString(BitConverter.GetBytes(code)).TrimEnd();
}
