using System.Diagnostics;
using System.Runtime.InteropServices;
using LiveCam.Engine.Tests;
using LiveCam.Tests.Platform;
using LiveCam.Tests.Plugins;

namespace LiveCam.Tests.Chaos;

/// <summary>A plugin from a class library that never returns: on Ctrl-C it is named and abandoned, and what was recorded is whole.</summary>
[Collection(AloneCollection.Name)]
public sealed partial class LoopingPluginTests : IDisposable
{
    private const int Interrupt = 2;

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Ctrl_C_ends_a_run_whose_plugin_loops()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "LiveCam.dll");
        if (!OperatingSystem.IsLinux() || !File.Exists(Path.ChangeExtension(program, ".runtimeconfig.json"))) throw Requirements.Missing("program", $"nothing to start at {program}");
        Directory.CreateDirectory(scratch["plugins"]);
        EmittedLibrary.Write(scratch["plugins/Looping.dll"], "looping", loops: true);
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, "run", "--headless", "--source", "pattern:64x48", "--plugins", scratch["plugins"], "--record-session", scratch["recording"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // Its first tick is its last: the picture of it is recorded, and from then on nothing but the plugin takes time.
        while (new FileInfo(scratch["recording/frames.bin"]) is not { Exists: true, Length: > 12 } && !process.HasExited) Thread.Sleep(20);
        TimeSpan before = process.TotalProcessorTime;
        while (!process.HasExited && process.TotalProcessorTime < before + TimeSpan.FromSeconds(1)) Thread.Sleep(20);
        Assert.Equal(0, Signal(process.Id, Interrupt));
        bool hasEnded = process.WaitForExit(TimeSpan.FromSeconds(60));
        if (!hasEnded) process.Kill();
        Assert.True(hasEnded, "Ctrl-C did not end it");
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("looping: it does not return", process.StandardError.ReadToEnd());
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
