using System.Diagnostics;
using LiveCam.Engine.Tests;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Chaos;

/// <summary>The long run of <c>tools/soak</c>: ten minutes of it with ./test --all, none else.</summary>
[Collection(AloneCollection.Name)]
public sealed class SoakTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void Ten_minutes_of_keys_teaching_recording_and_replaying_end_well()
    {
        if (Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") != "1") throw Requirements.Missing("long", "only ./test --all takes ten minutes for this");
        string script = Path.Combine(Requirements.Root, "tools", "soak");
        using Process process = Process.Start(new ProcessStartInfo("sh", [script, "0.167"]) { RedirectStandardError = true, Environment = { ["LIVECAM_SOAK"] = scratch["soak"] } })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        string[] samples = File.ReadAllLines(scratch["soak/soak.csv"]);
        Assert.InRange(samples.Length, 10, int.MaxValue);
        Assert.NotEqual("0", samples[^1].Split(',')[^1]);
        Assert.Contains("<svg", File.ReadAllText(scratch["soak/soak.svg"]));
    }
}
