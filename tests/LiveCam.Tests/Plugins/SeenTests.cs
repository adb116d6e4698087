using System.Diagnostics;
using LiveCam.Platform;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Plugins;

/// <summary>A command when something has been seen: once each time it comes, told what by variables, and never for longer than it may.</summary>
public sealed class SeenTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_command_runs_once_each_time_its_class_comes()
    {
        string log = scratch["log.txt"];
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--source", "digits", "--frames", "400",
            "--on", "3", $"echo \"$LIVECAM_LABEL $LIVECAM_PROBABILITY\" >> '{log}'", "no such class", $"echo wrong >> '{log}'", "--on-after", "0.2");
        Assert.True(call.Exit == 0, call.Error);
        // Runs of threes that lasted: counted from the answers.
        int runs = 0, counted = 0;
        double? since = null;
        foreach (var line in call.Json.Where(line => line.TryGetProperty("top", out _)))
        {
            bool isThree = line.GetProperty("top")[0].GetProperty("label").GetString() == "3";
            double time = line.GetProperty("time").GetDouble();
            if (!isThree) (since, counted) = (null, 0);
            else if (time - (since ??= time) >= 0.2 - 1e-6 && counted++ == 0) runs++;
        }
        Assert.InRange(runs, 1, 100);
        string[] told = File.ReadAllLines(log);
        Assert.InRange(told.Length, 1, runs);
        Assert.All(told, line => Assert.Matches(@"^3 (0\.\d{4}|1\.0000)$", line));
    }

    [Fact]
    public void A_label_never_becomes_part_of_the_command()
    {
        string file = scratch["out.txt"];
        Assert.Null(ShellCommand.Run($"printf %s \"$LIVECAM_LABEL\" > '{file}'", [("LIVECAM_LABEL", "$(touch hacked); `rm -rf x` \"'\n")], TimeSpan.FromSeconds(20), CancellationToken.None));
        Assert.Equal("$(touch hacked); `rm -rf x` \"'\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_command_that_fails_or_does_not_end_is_told()
    {
        Assert.Equal("failed with exit code 3: out of paper", ShellCommand.Run("echo 'out of paper.' >&2; exit 3", [], TimeSpan.FromSeconds(20), CancellationToken.None));
        long start = Stopwatch.GetTimestamp();
        Assert.Equal("took longer than 0.3 seconds and was ended", ShellCommand.Run("sleep 60", [], TimeSpan.FromSeconds(0.3), CancellationToken.None));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.2, 30);
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--source", "digits", "--frames", "60", "--on", "0", "exit 7", "--on-after", "0");
        Assert.Contains("The command for \"0\" failed with exit code 7.", call.Error);
        Assert.Contains("takes a class and a command", Call.Run("run", "--on", "cat", "a", "dog").AssertFailed(2));
        Assert.Contains("--on", Call.Run("run", "--on", "cat").AssertFailed(2));
    }
}
