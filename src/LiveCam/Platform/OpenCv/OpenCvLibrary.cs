using System.Runtime.CompilerServices;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using OpenCvSharp;

namespace LiveCam.Platform.OpenCv;

/// <summary>What the OpenCvSharp adapters share: starting the library, its errors as sentences, pictures to matrices and back.</summary>
internal static unsafe class OpenCvLibrary
{
    /// <summary>To be called before anything of OpenCvSharp is touched.</summary>
    /// <exception cref="LiveCamException">The native library is missing or does not load.</exception>
    public static void Start()
    {
        try { RuntimeHelpers.RunClassConstructor(typeof(Started).TypeHandle); }
        catch (TypeInitializationException e)
        {
            Exception reason = e.GetBaseException();
            throw new LiveCamException("Loading OpenCV: the native library of OpenCvSharp is missing beside the program, or misses a library itself "
                + $"(on Linux install libgtk-3-0 and libatomic1). Build LiveCam again, or copy its whole folder ({OneLine(reason)}).", e);
        }
    }

    /// <summary>Loads the library, and keeps silent where that fails: its first use tells.</summary>
    public static void Prepare()
    {
        try { Start(); }
        catch (LiveCamException)
        {
            // See above.
        }
    }

    /// <summary>Whether this is how OpenCvSharp says that something went wrong.</summary>
    public static bool IsError(Exception e) => e is OpenCVException or OpenCvSharpException;

    /// <summary>An error's first line without its final full stop, as part of a sentence.</summary>
    public static string OneLine(Exception e) => e.Message.Split('\n')[0].TrimEnd('.', ' ', '\r');

    /// <summary>A matrix with a copy of the picture: 1 channel gray, 3 channels BGR, 4 channels RGBA.</summary>
    public static Mat ToMat(Picture picture)
    {
        Mat mat = new(picture.Height, picture.Width, MatType.CV_8UC(picture.BytesPerPixel));
        for (int y = 0; y < picture.Height; y++) picture.Row(y).CopyTo(new Span<byte>(mat.DataPointer + y * mat.Step(), picture.RowBytes));
        return mat;
    }

    /// <summary>Copies a matrix of 8-bit BGR into a picture of its size.</summary>
    public static void Copy(Mat mat, Picture picture)
    {
        for (int y = 0; y < picture.Height; y++) new ReadOnlySpan<byte>(mat.DataPointer + y * mat.Step(), picture.RowBytes).CopyTo(picture.Row(y));
    }

    private static class Started
    {
        static Started()
        {
            OpenCvVariables.Set();
            Cv2.SetNumThreads(1);   // its threads stay out of the way of the inference threads
        }
    }
}
