using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Chaos;

/// <summary>
/// What a kill leaves is a file that ends anywhere. Samples, journal and project settings are killed at every change by KillPointTests and by the system in KillTests;
/// here are the others.
/// </summary>
public sealed class KilledTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_recording_that_ends_at_any_byte_is_replayed_as_far_as_it_is_whole()
    {
        string folder = scratch["recording"];
        Assert.Equal(0, Call.Run("run", "--headless", "--source", "pattern:64x48", "--frames", "5", "--record-session", folder).Exit);
        byte[] frames = File.ReadAllBytes(Path.Combine(folder, "frames.bin")), answers = File.ReadAllBytes(Path.Combine(folder, "answers.jsonl"));
        var random = new Random(4);
        int most = 0;
        for (int kill = 0; kill < 12; kill++)
        {
            int length = random.Next(12, frames.Length);
            File.WriteAllBytes(Path.Combine(folder, "frames.bin"), frames[..length]);
            File.WriteAllBytes(Path.Combine(folder, "answers.jsonl"), answers[..random.Next(answers.Length)]);
            Call replay = Call.Run("replay", folder, "--json");
            if (replay.Exit != 0) Assert.Contains("no whole picture", replay.AssertFailed(1));
            else most = Math.Max(most, replay.Lines.Length - 1);
            Assert.InRange(replay.Lines.Length, 0, 5);
        }
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public void A_checkpoint_that_ends_at_any_byte_is_refused_with_a_sentence()
    {
        Parameter[] state = [new("w", Tensor.Of<float>([40], new float[40]))];
        Checkpoint.Write(scratch["c"], new(3, 1, 0, "note"), state);
        byte[] whole = File.ReadAllBytes(scratch["c"]);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(scratch["c"], whole[..length]);
            Assert.Throws<LiveCamException>(() => Checkpoint.Read(scratch["c"], state));
        }
    }

    [Fact]
    public void What_was_being_written_is_swept_when_the_project_is_next_opened()
    {
        string project = scratch["project"];
        Assert.Equal(0, Call.Run("samples", project, "--class", "cup", "--source", "pattern:64x48", "--frames", "1", "--force").Exit);
        string[] halves = ["samples/cup/.livecam-part-0001-000009.png", ".livecam-part-settings.json", "lessons/.livecam-part-0001.json", ".taught.2147483000.1.onnx"];
        Directory.CreateDirectory(Path.Combine(project, "lessons"));
        foreach (string half in halves) File.WriteAllText(Path.Combine(project, half), "half");
        Assert.Equal(0, Call.Run("samples", project).Exit);
        Assert.All(halves, half => Assert.False(File.Exists(Path.Combine(project, half)), half));
    }

    [Fact]
    public void Two_programs_do_not_teach_in_one_project()
    {
        string project = scratch["project"];
        using LiveCam.Teaching.SampleStore store = LiveCam.Teaching.SampleStore.Open(project);
        Assert.Contains("another LiveCam has it open", Call.Run("samples", project).AssertFailed(1));
    }
}
