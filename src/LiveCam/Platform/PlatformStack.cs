using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Platform;

/// <summary>
/// The libraries this build stands on. The MSBuild property <c>NativeStack</c> chooses which folder's half of this class
/// is compiled: <c>system</c> (Native: the distribution's OpenCV and GLFW) or <c>nuget</c> (NuGet: the packages OpenCvSharp and
/// Silk.NET). Callers use <see cref="CameraSource"/>, <see cref="ImageFile"/>, <see cref="VideoWriter"/> and <see cref="Window"/>.
/// </summary>
public static partial class PlatformStack
{
    /// <summary>The stack's name in the build, for reports: <c>system</c> or <c>nuget</c>.</summary>
    public static partial string Name { get; }

    /// <exception cref="LiveCamException">The file holds no video that can be read.</exception>
    internal static partial Camera OpenVideo(string path);

    /// <exception cref="LiveCamException">The stream does not answer in time, or holds no video.</exception>
    internal static partial Camera OpenStream(string url, CameraWish wish);

    /// <exception cref="LiveCamException">There is no such camera, or somebody else is using it.</exception>
    internal static partial Camera OpenDevice(int index, CameraWish wish);

    /// <summary>Loads what decoding needs, and keeps silent where that fails: the first decode tells.</summary>
    internal static partial void PreparePictures();

    /// <exception cref="LiveCamException">The bytes are damaged or no picture.</exception>
    internal static partial Picture DecodePicture(ReadOnlySpan<byte> file, string name);

    /// <exception cref="LiveCamException">There is no encoder for the extension (lower case, with the dot).</exception>
    internal static partial byte[] EncodePicture(Picture picture, string extension, int quality);

    /// <summary>Starts a video under its temporary name with the first of the codecs (four letters) that works.</summary>
    internal static partial VideoWriter CreateVideo(string path, string partial, string[] codecs, int width, int height, double framesPerSecond);

    /// <summary>Opens a window, or a hidden one as a place for an OpenGL context. Only on the program's first thread.</summary>
    /// <exception cref="LiveCamException">There is no display, or no OpenGL of the version asked for.</exception>
    internal static partial Window CreateWindow(WindowRequest request);
}
