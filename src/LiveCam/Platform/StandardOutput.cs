using System.Runtime.InteropServices;

namespace LiveCam.Platform;

/// <summary>What becomes of the process's results. .NET writes into a pipe without a reader and says nothing.</summary>
internal static partial class StandardOutput
{
    private const short Failed = 0x8;      // POLLERR: nobody can read the other end any more

    /// <summary>Whether whoever read the results has gone; false where the system does not tell.</summary>
    public static bool HasNoReader()
    {
        if (OperatingSystem.IsWindows()) return false;
        var output = new PollEntry { File = 1 };
        return Poll(ref output, 1, 0) > 0 && (output.Happened & Failed) != 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int File;
        public short Wanted, Happened;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollEntry entries, nuint count, int milliseconds);
}
