using LiveCam.Engine;
using LiveCam.Engine.Vision;
using OpenCvSharp;

namespace LiveCam.Platform.NuGet;

/// <summary>Picture files through OpenCvSharp.</summary>
internal static class OpenCvSharpImageFile
{
    public static void Prepare()
    {
        try { OpenCvSharpLibrary.Start(); }
        catch (LiveCamException)
        {
            // The first real use says what is missing.
        }
    }

    public static Picture Decode(ReadOnlySpan<byte> file, string name)
    {
        OpenCvSharpLibrary.Start();
        try
        {
            using Mat decoded = Cv2.ImDecode(file, ImreadModes.Color);
            if (decoded.Empty()) throw new LiveCamException($"Reading the picture \"{name}\": the bytes are damaged, or in a format that OpenCV does not read.");
            if (decoded.Type() != MatType.CV_8UC3) throw new LiveCamException($"Reading the picture \"{name}\": OpenCV delivered something other than 8-bit BGR.");
            Picture picture = new(decoded.Cols, decoded.Rows, PixelFormat.Bgr8);
            OpenCvSharpLibrary.Copy(decoded, picture);
            return picture;
        }
        catch (Exception e) when (OpenCvSharpLibrary.IsError(e))
        {
            throw new LiveCamException($"Reading the picture \"{name}\": {OpenCvSharpLibrary.OneLine(e)}.", e);
        }
    }

    public static byte[] Encode(Picture picture, string extension, int quality)
    {
        OpenCvSharpLibrary.Start();
        string what = $"Encoding a picture of {picture.Width}x{picture.Height} pixels as {extension}";
        try
        {
            using Mat source = OpenCvSharpLibrary.ToMat(picture), converted = new();
            bool isRgba = picture.Format == PixelFormat.Rgba8;
            // Alpha survives only in PNG.
            if (isRgba) Cv2.CvtColor(source, converted, extension == ".png" ? ColorConversionCodes.RGBA2BGRA : ColorConversionCodes.RGBA2BGR);
            int[] parameters = [(int)ImwriteFlags.JpegQuality, quality, (int)ImwriteFlags.WebPQuality, quality];
            return Cv2.ImEncode(extension, isRgba ? converted : source, out byte[] file, parameters)
                ? file
                : throw new LiveCamException($"{what}: OpenCV has no encoder for this extension.");
        }
        catch (Exception e) when (OpenCvSharpLibrary.IsError(e))
        {
            throw new LiveCamException($"{what}: {OpenCvSharpLibrary.OneLine(e)}.", e);
        }
    }
}
