using LiveCam.Engine;
using LiveCam.Engine.Vision;
using OpenCvSharp;

namespace LiveCam.Platform.OpenCv;

/// <summary>Picture files through OpenCvSharp.</summary>
internal static class OpenCvImageFile
{
    /// <summary>Decodes to Bgr8 (gray replicated, alpha dropped, 16 bits to 8) into a slot whose memory is used again when the size fits.</summary>
    /// <param name="isUpright">Leaves a stated EXIF orientation alone.</param>
    /// <exception cref="LiveCamException">The bytes are damaged or no picture.</exception>
    public static void Decode(ReadOnlySpan<byte> file, string name, ref Picture? slot, bool isUpright = false)
    {
        OpenCvLibrary.Start();
        try
        {
            using Mat decoded = Cv2.ImDecode(file, isUpright ? ImreadModes.Color | ImreadModes.IgnoreOrientation : ImreadModes.Color);
            if (decoded.Empty()) throw new LiveCamException($"Reading the picture \"{name}\": the bytes are damaged, or in a format that OpenCV does not read.");
            if (decoded.Type() != MatType.CV_8UC3) throw new LiveCamException($"Reading the picture \"{name}\": OpenCV delivered something other than 8-bit BGR.");
            OpenCvLibrary.Copy(decoded, Camera.Fit(ref slot, decoded.Cols, decoded.Rows));
        }
        catch (Exception e) when (OpenCvLibrary.IsError(e))
        {
            throw new LiveCamException($"Reading the picture \"{name}\": {OpenCvLibrary.OneLine(e)}.", e);
        }
    }

    /// <exception cref="LiveCamException">There is no encoder for the extension (lower case, with the dot).</exception>
    public static byte[] Encode(Picture picture, string extension, int quality)
    {
        OpenCvLibrary.Start();
        string what = $"Encoding a picture of {picture.Width}x{picture.Height} pixels as {extension}";
        try
        {
            using Mat source = OpenCvLibrary.ToMat(picture), converted = new();
            bool isRgba = picture.Format == PixelFormat.Rgba8;
            // Alpha survives only in PNG.
            if (isRgba) Cv2.CvtColor(source, converted, extension == ".png" ? ColorConversionCodes.RGBA2BGRA : ColorConversionCodes.RGBA2BGR);
            int[] parameters = [(int)ImwriteFlags.JpegQuality, quality, (int)ImwriteFlags.WebPQuality, quality];
            return Cv2.ImEncode(extension, isRgba ? converted : source, out byte[] file, parameters)
                ? file
                : throw new LiveCamException($"{what}: OpenCV has no encoder for this extension.");
        }
        catch (Exception e) when (OpenCvLibrary.IsError(e))
        {
            throw new LiveCamException($"{what}: {OpenCvLibrary.OneLine(e)}.", e);
        }
    }
}
