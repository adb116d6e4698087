using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform.OpenCv;

namespace LiveCam.Platform;

/// <summary>Picture files: decoded to eight-bit BGR and written by extension, with every check made before memory is taken.</summary>
public static class ImageFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public static long MaxFileBytes => Limits.PictureFileBytes;

    /// <summary>The most pixels a picture may have.</summary>
    public static long MaxPixels => Limits.PicturePixels;

    /// <summary>What transparent parts are seen on: paper, as nearly every program that shows pictures has it.</summary>
    private static readonly PadColour White = new(255, 255, 255);

    /// <summary>The extensions that count as pictures, lower case with the dot.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".jp2", ".jfif", ".jpe", ".gif", ".pbm", ".pnm", ".j2k", ".heic", ".heif", ".avif"];

    /// <summary>Endings of files that lie beside pictures and are none: they are not opened to see.</summary>
    private static readonly HashSet<string> Others = [".txt", ".json", ".jsonl", ".csv", ".xml", ".yaml", ".yml", ".md", ".html", ".zip", ".gz", ".onnx", ".npy", ".pdf", ".mp4", ".avi", ".mkv", ".mov", ".webm", ".mp3", ".wav", ".log", ".py", ".ini", ".db"];

    /// <summary>Those of them that can be written.</summary>
    public static IReadOnlyList<string> Writable { get; } = [".png", ".jpg", ".jpeg", ".bmp", ".webp"];

    /// <summary>
    /// Starts loading the decoder's libraries in the background, which takes as long as decoding many pictures. A command
    /// that will need one calls this first and reads its model meanwhile.
    /// </summary>
    public static void Prepare() => ThreadPool.QueueUserWorkItem(static _ => OpenCvLibrary.Prepare());

    public static bool HasPictureExtension(string path) => Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Whether a file is a picture: by its ending, or where that is none that is known by its first bytes.</summary>
    public static bool IsPicture(string path) => HasPictureExtension(path) || !Others.Contains(Path.GetExtension(path).ToLowerInvariant()) && ImageKind.OfFile(path) is not null;

    /// <summary>Reads and decodes a picture file; see <see cref="Decode"/>. What OpenCV has no decoder for, FFmpeg may have: its first frame is taken.</summary>
    /// <exception cref="LiveCamException">The file is missing, unreadable, too large, damaged, or no picture.</exception>
    public static Picture Load(string path)
    {
        byte[] file;
        try
        {
            file = PlainFile.ReadAllBytes(path, MaxFileBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Reading the picture \"{path}\": {e.Message.TrimEnd('.')}.", e);
        }
        try
        {
            return Decode(file, path);
        }
        catch (LiveCamException) when (ImageKind.Of(file) is { Name: "GIF" or "Targa" or "PCX" or "SGI" or "DDS" or "XPM" or "icon (ICO)" or "Photoshop (PSD)" or "PNM" or "JPEG 2000" })
        {
            using Camera video = OpenCvCamera.OpenFile(path);
            Picture? first = null;
            return video.Read(ref first, out _) ? first! : throw new LiveCamException($"Reading the picture \"{path}\": it holds no frame.");
        }
    }

    /// <summary>
    /// Decodes a picture file held in memory to <see cref="PixelFormat.Bgr8"/>: upright by its EXIF orientation, gray
    /// replicated, what is transparent on white, 16 bits reduced to 8.
    /// </summary>
    /// <param name="file">The bytes of a PNG, JPEG, BMP, WebP, TIFF, PNM or JPEG 2000 file.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="LiveCamException">The bytes are damaged or no picture, or the stated size is absurd.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, string name = "picture")
    {
        // With alpha it is in memory twice and wider.
        CheckSize(file, name, ImageHeader.HasAlpha(file) ? MaxPixels / 2 : MaxPixels);
        if (ImageHeader.IsCutShort(file))
            throw new LiveCamException($"Reading the picture \"{name}\": the JPEG ends before its end marker, so a part of it is missing. Copy it again.");
        Picture? decoded = null;
        try
        {
            OpenCvImageFile.Decode(ImageHeader.WithoutProfile(file), name, ref decoded, ground: ImageHeader.HasAlpha(file) ? White : null);
        }
        catch (LiveCamException error) when (ImageKind.Of(file) is { Name: "HEIC" or "AVIF" or "JPEG XL" or "SVG" or "OpenEXR" or "Radiance HDR" } kind)
        {
            throw new LiveCamException($"Reading the picture \"{name}\": it is a picture of the format {kind.Name}, which LiveCam does not read; {kind.WayOut}.", error);
        }
        if (decoded is { } flat && ImageHeader.HasAlpha(file) && ImageOrientation.Of(file) is > 1 and var orientation)
        {
            // With its transparency a picture is decoded as it is stored.
            Picture? upright = null;
            ImageOrientation.View(orientation).Apply(flat, ref upright);
            return upright!;
        }
        return decoded!;
    }

    /// <summary>Decodes one picture of a motion JPEG source, which has no orientation, into a slot whose memory is used again when the size fits.</summary>
    /// <exception cref="LiveCamException">The bytes are damaged or no picture, or the stated size is absurd.</exception>
    internal static void DecodeFrame(ReadOnlySpan<byte> file, string name, ref Picture? slot)
    {
        CheckSize(file, name, Limits.FramePixels);
        OpenCvImageFile.Decode(file, name, ref slot, isUpright: true);
    }

    private static void CheckSize(ReadOnlySpan<byte> file, string name, long mostPixels)
    {
        if (file.IsEmpty) throw new LiveCamException($"Reading the picture \"{name}\": the file is empty.");
        if (file.Length > MaxFileBytes)
            throw new LiveCamException($"Reading the picture \"{name}\": it has {file.Length >> 20} MiB but at most {MaxFileBytes >> 20} MiB are read.");
        if (ImageHeader.Size(file) is var (width, height))
        {
            if (width < 1 || height < 1)
                throw new LiveCamException($"Reading the picture \"{name}\": its header states a size of {width}x{height} pixels, so the file is damaged.");
            if (width > Picture.MaxSide || height > Picture.MaxSide || width * height > mostPixels)
                throw new LiveCamException($"Reading the picture \"{name}\": its header states {width}x{height} pixels but at most {Picture.MaxSide} a side and {mostPixels / 1000000} million in all are read. Scale it down, or check that the file is whole.");
        }
    }

    /// <summary>Encodes a picture as the file of the given extension; alpha is kept only in PNG.</summary>
    /// <param name="picture">Any format.</param>
    /// <param name="extension"><c>.png</c>, <c>.jpg</c>, <c>.bmp</c> or <c>.webp</c>, in any case.</param>
    /// <param name="quality">1 (small) to 100 (good), for JPEG and WebP only.</param>
    /// <exception cref="LiveCamException">The extension has no encoder.</exception>
    public static byte[] Encode(Picture picture, string extension, int quality = 92)
    {
        string kind = extension.ToLowerInvariant();
        if (!Writable.Contains(kind))
            throw new LiveCamException($"Encoding a picture as \"{extension}\": pictures are written as {string.Join(", ", Writable)}.");
        return OpenCvImageFile.Encode(picture, kind, Math.Clamp(quality, 1, 100));
    }

    /// <summary>Writes a picture file under a temporary name beside it and renames it, so that a reader never sees half of one.</summary>
    /// <exception cref="LiveCamException">The extension has no encoder, or the place cannot be written.</exception>
    public static void Save(Picture picture, string path, int quality = 92)
    {
        byte[] file = Encode(picture, Path.GetExtension(path), quality);
        WholeFile.Write(path, "Writing the picture", target => target.Write(file));
    }
}
