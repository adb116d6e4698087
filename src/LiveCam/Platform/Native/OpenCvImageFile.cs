using System.Runtime.InteropServices;
using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform.Native;

/// <summary>Picture files through the bridge library liblivecam_pictures (OpenCV's imgcodecs).</summary>
internal static unsafe partial class OpenCvImageFile
{
    static OpenCvImageFile() => NativeLibraries.Register();

    public static void Prepare()
    {
        byte end;
        try { Error(&end, 1); }   // any function: the first call loads the library
        catch (LiveCamException)
        {
            // The first real use says what is missing.
        }
    }

    public static Picture Decode(ReadOnlySpan<byte> file, string name)
    {
        nint handle;
        int width, height;
        Code code;
        fixed (byte* bytes = file) code = DecodePicture(bytes, file.Length, &handle, &width, &height);
        if (code != Code.Ok) throw new LiveCamException($"Reading the picture \"{name}\": {NativeLibraries.Error(&FetchError)}.");
        Picture picture;
        try { picture = new Picture(width, height, PixelFormat.Bgr8); }
        catch
        {
            TakePicture(handle, null);
            throw;
        }
        fixed (byte* pixels = picture.Bytes) code = TakePicture(handle, pixels);
        if (code != Code.Ok) throw new LiveCamException($"Reading the picture \"{name}\": {NativeLibraries.Error(&FetchError)}.");
        return picture;
    }

    public static byte[] Encode(Picture picture, string extension, int quality)
    {
        nint handle;
        long length;
        Code code;
        fixed (byte* pixels = picture.Bytes)
            code = EncodePicture(extension, pixels, picture.Width, picture.Height, picture.BytesPerPixel, quality, &handle, &length);
        if (code != Code.Ok) throw new LiveCamException($"Encoding a picture of {picture.Width}x{picture.Height} pixels as {extension}: {NativeLibraries.Error(&FetchError)}.");
        byte[] file;
        try { file = new byte[length]; }
        catch
        {
            TakeBytes(handle, null);
            throw;
        }
        fixed (byte* bytes = file) TakeBytes(handle, bytes);
        return file;
    }

    private static int FetchError(byte* buffer, int capacity) => Error(buffer, capacity);

    [LibraryImport(NativeLibraries.Pictures, EntryPoint = "livecam_pictures_error")]
    private static partial int Error(byte* buffer, int capacity);

    [LibraryImport(NativeLibraries.Pictures, EntryPoint = "livecam_picture_decode")]
    private static partial Code DecodePicture(byte* file, int length, nint* picture, int* width, int* height);

    [LibraryImport(NativeLibraries.Pictures, EntryPoint = "livecam_picture_take")]
    private static partial Code TakePicture(nint picture, byte* pixels);

    [LibraryImport(NativeLibraries.Pictures, EntryPoint = "livecam_picture_encode", StringMarshalling = StringMarshalling.Utf8)]
    private static partial Code EncodePicture(string extension, byte* pixels, int width, int height, int channels, int quality, nint* file, long* length);

    [LibraryImport(NativeLibraries.Pictures, EntryPoint = "livecam_bytes_take")]
    private static partial Code TakeBytes(nint file, byte* bytes);
}
