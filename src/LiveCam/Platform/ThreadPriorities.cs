using System.Runtime.InteropServices;

namespace LiveCam.Platform;

/// <summary>Who gets a processor first when there are more threads than processors.</summary>
internal static partial class ThreadPriorities
{
    // Nice values go from -20 to 19; 10 gets about a tenth of the time of a normal thread where both want all of it.
    private const int Process = 0, Nicer = 10;

    /// <summary>Puts the calling thread, and threads it starts from now on, behind the others. Where that is refused nothing changes.</summary>
    public static void Lower()
    {
        // On Linux priorities of .NET do nothing, and "process" 0 of setpriority is the calling thread.
        if (OperatingSystem.IsLinux()) _ = SetPriority(Process, 0, Nicer);
        else Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int nice);
}
