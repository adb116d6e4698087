using System.Diagnostics;
using LiveCam.Engine.Tests;

namespace LiveCam.Tests.Chaos;

/// <summary>A file system of a few hundred kilobytes that is gone afterwards.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(int kilobytes = 256)
    {
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", Folder)) throw Requirements.Missing("mount", "no right to mount a small file system");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("livecam-disk-").FullName;

    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>Fills it up to so many bytes.</summary>
    public void Fill(long left)
    {
        string file = this["filler"];
        File.Delete(file);
        long room = new DriveInfo(Folder).AvailableFreeSpace - left;
        if (room > 0) File.WriteAllBytes(file, new byte[room]);
    }

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
