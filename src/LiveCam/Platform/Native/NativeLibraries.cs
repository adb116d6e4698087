using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using LiveCam.Engine;

namespace LiveCam.Platform.Native;

/// <summary>Finds the bridge libraries to the system's OpenCV, each at its first use and not before.</summary>
internal static unsafe class NativeLibraries
{
    public const string Pictures = "livecam_pictures", Video = "livecam_video";

    private static readonly Lock Gate = new();
    private static bool registered;

    /// <summary>Called by the static constructor of every class that imports functions.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (registered) return;
            NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, Resolve);
            registered = true;
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name is Pictures or Video)
        {
            OpenCvVariables.Set();
            string file = Path.Combine(AppContext.BaseDirectory, $"lib{name}.so");
            if (!File.Exists(file)) throw new LiveCamException($"Loading OpenCV: {file} is missing beside the program. Build LiveCam again, or copy its whole folder.");
            try { return NativeLibrary.Load(file); }
            catch (DllNotFoundException e)
            {
                throw new LiveCamException($"Loading OpenCV: {file} is there but the libraries it needs are not, or in another version. Install libopencv-dev and build LiveCam again ({e.Message.Split('\n')[0].TrimEnd('.')}).", e);
            }
        }
        return 0;
    }

    /// <summary>The sentence a bridge library left on this thread, without its final full stop.</summary>
    public static string Error(delegate*<byte*, int, int> fetch)
    {
        byte* buffer = stackalloc byte[1024];
        fetch(buffer, 1024);
        return Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer)).TrimEnd('.', '\n', ' ');
    }
}

/// <summary>What a bridge function answers; the values of <c>livecam::Code</c> in bridge.h.</summary>
internal enum Code
{
    Failed = -1,
    Ok = 0,
    End = 1,
    Resize = 2,
}
