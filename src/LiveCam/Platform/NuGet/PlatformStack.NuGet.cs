using LiveCam.Engine.Vision;
using LiveCam.Platform.NuGet;

namespace LiveCam.Platform;

// The NuGet stack: OpenCV through OpenCvSharp, the window through Silk.NET.
public static partial class PlatformStack
{
    public static partial string Name => "nuget";
    internal static partial Camera OpenVideo(string path) => OpenCvSharpCamera.OpenFile(path);
    internal static partial Camera OpenStream(string url, CameraWish wish) => OpenCvSharpCamera.OpenStream(url, wish);
    internal static partial Camera OpenDevice(int index, CameraWish wish) => OpenCvSharpCamera.OpenDevice(index, wish);
    internal static partial void PreparePictures() => OpenCvSharpImageFile.Prepare();
    internal static partial Picture DecodePicture(ReadOnlySpan<byte> file, string name) => OpenCvSharpImageFile.Decode(file, name);
    internal static partial byte[] EncodePicture(Picture picture, string extension, int quality) => OpenCvSharpImageFile.Encode(picture, extension, quality);
    internal static partial VideoWriter CreateVideo(string path, string partial, string[] codecs, int width, int height, double framesPerSecond) =>
        OpenCvSharpVideoWriter.Open(path, partial, codecs, width, height, framesPerSecond);
    internal static partial Window CreateWindow(WindowRequest request) => SilkWindow.Open(request);
}
