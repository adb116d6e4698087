using System.Runtime.InteropServices;

namespace LiveCam.Platform.Native;

/// <summary>The functions of the bridge library liblivecam_video; video.cpp documents them.</summary>
internal static unsafe partial class VideoBridge
{
    static VideoBridge() => NativeLibraries.Register();

    /// <summary>What the last failure on this thread was, as part of a sentence.</summary>
    public static string LastError => NativeLibraries.Error(&FetchError);

    private static int FetchError(byte* buffer, int capacity) => Error(buffer, capacity);

    [LibraryImport(NativeLibraries.Video, EntryPoint = "livecam_video_error")]
    private static partial int Error(byte* buffer, int capacity);

    [LibraryImport(NativeLibraries.Video, EntryPoint = "livecam_capture_file", StringMarshalling = StringMarshalling.Utf8)]
    public static partial Code OpenFile(string path, int openTimeout, int readTimeout, nint* capture, int* width, int* height);

    [LibraryImport(NativeLibraries.Video, EntryPoint = "livecam_capture_device")]
    public static partial Code OpenDevice(int index, double framesPerSecond, nint* capture, int* width, int* height);

    [LibraryImport(NativeLibraries.Video, EntryPoint = "livecam_capture_facts")]
    public static partial Code Facts(nint capture, double* framesPerSecond, double* frames);

    [LibraryImport(NativeLibraries.Video, EntryPoint = "livecam_capture_read")]
    public static partial Code Read(nint capture, byte* pixels, int* width, int* height, double* milliseconds);

    [LibraryImport(NativeLibraries.Video, EntryPoint = "livecam_capture_close")]
    public static partial Code Close(nint capture);

    [LibraryImport(NativeLibraries.Video, EntryPoint = "livecam_writer_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial Code OpenWriter(string path, string codec, double framesPerSecond, int width, int height, nint* writer);

    [LibraryImport(NativeLibraries.Video, EntryPoint = "livecam_writer_write")]
    public static partial Code Write(nint writer, byte* pixels, int width, int height, int channels);

    [LibraryImport(NativeLibraries.Video, EntryPoint = "livecam_writer_close")]
    public static partial Code CloseWriter(nint writer);
}
