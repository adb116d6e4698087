using System.Diagnostics;
using System.Text.Json;
using LiveCam.Engine.Tests;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

/// <summary>What ./publish makes, on a Debian 12 that has nothing else: with LIVECAM_TEST_ALL, and as root.</summary>
public sealed class ReleaseTests
{
    [Fact]
    public void The_released_form_answers_on_a_pristine_system_without_the_SDK()
    {
        if (Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is not "1") throw Requirements.Missing("all", "no LIVECAM_TEST_ALL");
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) throw Requirements.Missing("chroot", "no right to make a chroot (root on Linux)");
        if (!File.Exists("/usr/sbin/debootstrap")) throw Requirements.Missing("chroot", "no debootstrap to make a pristine system with");
        using Scratch scratch = new();
        string system = scratch["debian"];
        Run("/usr/sbin/debootstrap", "--variant=minbase", "bookworm", system);
        File.Copy("/etc/resolv.conf", Path.Combine(system, "etc/resolv.conf"), overwrite: true);
        Run(Path.Combine(Requirements.Root, "publish"), "linux-x64");
        Run("cp", "-r", Path.Combine(Requirements.Root, ".build/release/livecam-linux-x64"), Path.Combine(system, "opt/livecam"));
        // A mount namespace of its own: what is mounted in it is gone with its last process.
        string answers = Run("unshare", "--mount", "sh", "-c", "mount -t proc proc \"$0/proc\" && exec chroot \"$0\" sh -c '! command -v dotnet && /opt/livecam/setup runtime && exec /opt/livecam/livecam run --headless --json --device cpu --source digits --frames 3'", system);
        string[] lines = [.. answers.Split('\n').Where(line => line.StartsWith('{'))];
        Assert.Equal(4, lines.Length);
        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.Equal("0", first.RootElement.GetProperty("top")[0].GetProperty("label").GetString());
    }

    /// <summary>A program's standard output; fails with its errors.</summary>
    private static string Run(string program, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', words)}: {errors.Result}{output}");
        return output;
    }
}
