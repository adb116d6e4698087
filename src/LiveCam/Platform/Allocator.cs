using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LiveCam.Platform;

/// <summary>How the C library shares memory among threads.</summary>
internal static partial class Allocator
{
    private const int ArenaMax = -8, Arenas = 1;            // M_ARENA_MAX of malloc.h

    /// <summary>
    /// glibc gives each thread that allocates an arena of its own, up to eight for each processor, and none gives back what lies in its
    /// middle: with decoders and encoders, whose threads come and go, the process grows for an hour. One arena is full after a minute.
    /// </summary>
    [ModuleInitializer]
    internal static void Settle()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            SetOption(ArenaMax, Arenas);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, with another allocator.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
