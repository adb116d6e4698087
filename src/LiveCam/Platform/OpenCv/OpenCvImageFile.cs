using LiveCam.Engine;
using LiveCam.Engine.Vision;
using OpenCvSharp;

namespace LiveCam.Platform.OpenCv;

/// <summary>Picture files through OpenCvSharp.</summary>
internal static class OpenCvImageFile
{
    /// <summary>Decodes to Bgr8 (gray replicated, alpha dropped, 16 bits to 8) into a slot whose memory is used again when the size fits.</summary>
    /// <param name="isUpright">Leaves a stated EXIF orientation alone.</param>
    /// <param name="ground">What transparent parts lie on; the orientation is left alone then. Null where nothing is transparent.</param>
    /// <exception cref="LiveCamException">The bytes are damaged or no picture.</exception>
    public static void Decode(ReadOnlySpan<byte> file, string name, ref Picture? slot, bool isUpright = false, PadColour? ground = null)
    {
        OpenCvLibrary.Start();
        using StandardError.Silence silence = StandardError.Begin();
        try
        {
            if (ground is { } colour)
            {
                Compose(file, name, colour, ref slot);
                return;
            }
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

    /// <summary>Each channel the picture's by its alpha and the ground's by the rest, rounded.</summary>
    private static unsafe void Compose(ReadOnlySpan<byte> file, string name, PadColour ground, ref Picture? slot)
    {
        using Mat read = Cv2.ImDecode(file, ImreadModes.Unchanged), bytes = new(), four = new();
        if (read.Empty()) throw new LiveCamException($"Reading the picture \"{name}\": the bytes are damaged, or in a format that OpenCV does not read.");
        Mat all = read;
        if (read.Depth() == MatType.CV_16U)
        {
            read.ConvertTo(bytes, MatType.CV_8U, 1 / 257.0);
            all = bytes;
        }
        if (all.Depth() != MatType.CV_8U || all.Channels() is not (1 or 3 or 4)) throw new LiveCamException($"Reading the picture \"{name}\": OpenCV delivered something other than 8-bit pixels.");
        if (all.Channels() != 4)
        {
            Cv2.CvtColor(all, four, all.Channels() == 1 ? ColorConversionCodes.GRAY2BGRA : ColorConversionCodes.BGR2BGRA);
            all = four;
        }
        Picture picture = Camera.Fit(ref slot, all.Cols, all.Rows);
        ReadOnlySpan<byte> under = [ground.Blue, ground.Green, ground.Red];
        for (int y = 0; y < picture.Height; y++)
        {
            Span<byte> from = new((void*)all.Ptr(y), 4 * picture.Width), to = picture.Row(y);
            for (int x = 0; x < picture.Width; x++)
            {
                int alpha = from[4 * x + 3];
                for (int c = 0; c < 3; c++) to[3 * x + c] = (byte)((from[4 * x + c] * alpha + under[c] * (255 - alpha) + 127) / 255);
            }
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
