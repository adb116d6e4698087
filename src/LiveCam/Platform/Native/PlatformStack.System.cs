using LiveCam.Engine.Vision;
using LiveCam.Platform.Native;

namespace LiveCam.Platform;

// The system stack: OpenCV through the bridge libraries, GLFW by its C interface.
public static partial class PlatformStack
{
    public static partial string Name => "system";
    internal static partial Camera OpenVideo(string path) => OpenCvCamera.OpenFile(path);
    internal static partial Camera OpenStream(string url, CameraWish wish) => OpenCvCamera.OpenStream(url, wish);
    internal static partial Camera OpenDevice(int index, CameraWish wish) => OpenCvCamera.OpenDevice(index, wish);
    internal static partial void PreparePictures() => OpenCvImageFile.Prepare();
    internal static partial Picture DecodePicture(ReadOnlySpan<byte> file, string name) => OpenCvImageFile.Decode(file, name);
    internal static partial byte[] EncodePicture(Picture picture, string extension, int quality) => OpenCvImageFile.Encode(picture, extension, quality);
    internal static partial VideoWriter CreateVideo(string path, string partial, string[] codecs, int width, int height, double framesPerSecond) =>
        OpenCvVideoWriter.Open(path, partial, codecs, width, height, framesPerSecond);
    internal static partial Window CreateWindow(WindowRequest request) => SystemWindow.Open(request);
}
