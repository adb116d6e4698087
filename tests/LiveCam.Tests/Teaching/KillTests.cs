using System.Diagnostics;
using System.Text.Json;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Teaching;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Teaching;

/// <summary>The program itself, killed by the system while it captures: 10 times, with LIVECAM_TEST_ALL 200.</summary>
public sealed class KillTests : IDisposable
{
    private readonly TestProject project = new();

    public void Dispose() => project.Dispose();

    /// <summary>A program that keeps a test pattern's pictures without end and prints each when it is kept.</summary>
    private Process Capturing(string name)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "LiveCam.dll");
        if (!File.Exists(Path.ChangeExtension(program, ".runtimeconfig.json"))) throw Requirements.Missing("program", $"nothing to start at {program}");
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet",
            [program, "samples", project.Folder, "--class", name, "--source", "pattern:64x48", "--force", "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    [Fact]
    public void After_kill_9_while_capturing_nothing_is_torn_and_at_most_the_picture_in_flight_is_lost()
    {
        int kills = Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1" ? 200 : 10;
        var random = new Random(20);
        HashSet<string> told = [];
        Dictionary<string, Picture> expected = [];
        for (int kill = 0; kill < kills; kill++)
        {
            using Process process = Capturing(kill % 2 == 0 ? "cup" : "dog");
            string? first = process.StandardOutput.ReadLine();
            if (first is null) Assert.Fail(process.StandardError.ReadToEnd());
            Thread.Sleep(random.Next(120));
            process.Kill();
            string rest = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            int before = told.Count;
            // The last line may be cut by the kill.
            string[] lines = $"{first}\n{rest}".Split('\n')[..^1];
            foreach (string line in lines.Where(line => line.EndsWith('}')))
            {
                using JsonDocument json = JsonDocument.Parse(line);
                told.Add(json.RootElement.GetProperty("kept").GetString()!);
                expected[json.RootElement.GetProperty("kept").GetString()!] = Scratch.Pattern(64, 48, json.RootElement.GetProperty("frame").GetInt32());
            }
            Assert.True(told.Count > before);
            using SampleStore store = project.Open();
            string[] names = [.. store.Samples().Select(one => one.Name)];
            Assert.Empty(told.Except(names));
            // Kept but not told: the one in flight of each kill so far.
            Assert.InRange(names.Length - told.Count, 0, kill + 1);
            foreach (Sample sample in store.Samples())
            {
                Picture picture = PngFile.Load(store.PathOf(sample)!);
                if (expected.TryGetValue(sample.Name, out Picture? same)) Assert.Equal(same.Bytes, picture.Bytes);
                Assert.StartsWith($"{sample.Burst:D4}-", sample.Name);
            }
        }
        project.AssertConsistent();
    }

    [Fact]
    public void Two_programs_on_one_project_are_refused_and_the_lock_dies_with_its_owner()
    {
        using Process process = Capturing("cup");
        Assert.NotNull(process.StandardOutput.ReadLine());
        Assert.Equal($"livecam: Opening the project \"{project.Folder}\": another LiveCam has it open; close that one, or choose another folder.",
            Call.Run("samples", project.Folder).AssertFailed(1));
        process.Kill();
        process.WaitForExit();
        Assert.Equal(0, Call.Run("samples", project.Folder).Exit);
    }
}
