using System.Runtime.InteropServices;

namespace LiveCam.Platform.OpenCv;

/// <summary>What is asked of OpenCV by environment variables, which it reads once, while it loads.</summary>
internal static partial class OpenCvVariables
{
    /// <summary>Our caller reports errors, so the library keeps quiet. Whoever has set a variable keeps it.</summary>
    public static void Set()
    {
        Set("OPENCV_LOG_LEVEL", "SILENT");
        Set("OPENCV_DUMP_ERRORS", "0");
        Set("OPENCV_FFMPEG_LOGLEVEL", "-8");   // AV_LOG_QUIET
        Set("OPENCV_IO_MAX_IMAGE_PIXELS", ImageFile.MaxPixels.ToString());
        Set("OPENCV_OPENCL_RUNTIME", "disabled");   // it would be looked for, and is never used
        Set("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0");   // with them, opening a camera on Windows takes many seconds
    }

    private static void Set(string name, string value)
    {
        if (OperatingSystem.IsWindows())
        {
            if (Environment.GetEnvironmentVariable(name) is null) Environment.SetEnvironmentVariable(name, value);
        }
        else
        {
            // .NET's own copy of the environment does not reach the C library's.
            _ = SetVariable(name, value, overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
