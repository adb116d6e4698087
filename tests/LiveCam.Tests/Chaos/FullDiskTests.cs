using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.Platform;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Chaos;

/// <summary>A disk that is full at any write: one sentence, an exit code, what was there stays whole, and nothing half is left.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly SmallDisk disk = new();
    private readonly Scratch scratch = new();

    public void Dispose()
    {
        disk.Dispose();
        scratch.Dispose();
    }

    private string[] Left => [.. Directory.EnumerateFiles(disk.Folder).Select(file => Path.GetFileName(file)!).Where(name => name != "filler").Order()];

    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    [InlineData(100_000)]
    public void An_export_a_page_and_a_picture(int room)
    {
        File.WriteAllText(disk["m.onnx"], "precious");
        File.WriteAllText(disk["m.html"], "precious");
        File.WriteAllText(disk["m.png"], "precious");
        Call.Run("export", "--model", "lenet5", "--out", scratch["source.onnx"]);
        ImageFile.Save(Scratch.Noise(400, 300, Engine.Vision.PixelFormat.Bgr8), scratch["noise.png"]);
        disk.Fill(room);
        Assert.Contains("m.onnx", Call.Run("export", "--model", "lenet5", "--out", disk["m.onnx"]).AssertFailed(1));
        if (room < 5000) Assert.Contains("m.html", Call.Run("inspect", scratch["source.onnx"], "--html", disk["m.html"]).AssertFailed(1));
        Assert.Throws<LiveCamException>(() => ImageFile.Save(Scratch.Noise(400, 300, Engine.Vision.PixelFormat.Bgr8), disk["m.png"]));
        Assert.Equal(["m.html", "m.onnx", "m.png"], Left);
        Assert.Equal("precious", File.ReadAllText(disk["m.onnx"]));
        Assert.Equal("precious", File.ReadAllText(disk["m.png"]));
    }

    [Fact]
    public void A_checkpoint_leaves_the_one_before()
    {
        Parameter[] state = [new("w", Tensor.Of<float>([30_000], new float[30_000]))];
        Checkpoint.Write(disk["c.checkpoint"], new(1, 1, 0, "first"), state);
        for (int room = 0; room < 120_000; room += 30_000)
        {
            disk.Fill(room);
            Assert.Contains("c.checkpoint", Assert.Throws<LiveCamException>(() => Checkpoint.Write(disk["c.checkpoint"], new(2, 1, 0, "second"), state)).Message);
            Assert.Equal((1, "first"), (Checkpoint.Read(disk["c.checkpoint"], state).Step, Checkpoint.ReadHeader(disk["c.checkpoint"]).Note));
            Assert.Equal(["c.checkpoint"], Left);
        }
    }

    [Fact]
    public void A_recording_is_told_and_what_was_written_is_replayed()
    {
        string folder = disk["recording"];
        Call call = Call.Run("run", "--headless", "--source", "pattern:320x240", "--frames", "400", "--record-session", folder);
        Assert.Equal(1, call.Exit);
        Assert.Contains("Recording into", call.Error);
        disk.Fill(0);
        Call replay = Call.Run("replay", folder);
        Assert.True(replay.Exit == 0 || replay.Error.Contains("is damaged behind"), replay.Error);
        Assert.NotEmpty(replay.Lines);
    }

    [Fact]
    public void Teaching_without_a_window_says_what_was_lost_in_a_sentence_and_in_the_exit_code()
    {
        scratch.Write("keys.jsonl", """
            {"at":0,"event":"key","key":"0"}
            {"at":30,"event":"keyup","key":"0"}
            """u8);
        Directory.CreateDirectory(scratch["film"]);
        for (int i = 0; i < 60; i++) ImageFile.Save(Scratch.Noise(160, 120, Engine.Vision.PixelFormat.Bgr8, i + 1), scratch[$"film/{i:D3}.png"]);
        Call.Run("export", "--model", "resnet20", "--out", scratch["m.onnx"]);
        Call call = Call.Run("run", "--headless", "--source", scratch["film"], "--slide", "0.1", "--project", disk["project"], "--model", scratch["m.onnx"], "--script", scratch["keys.jsonl"], "--threads", "1");
        Assert.Equal(1, call.Exit);
        Assert.Contains("is full", call.Error);
        using Teaching.TestProject none = new();
        using LiveCam.Teaching.SampleStore store = LiveCam.Teaching.SampleStore.Open(disk["project"]);
        Assert.NotEmpty(store.Samples());
        Assert.All(store.Samples(), sample => LiveCam.Teaching.PngFile.Load(store.PathOf(sample)!));
    }

    [Fact]
    public void Settings_keep_what_they_were()
    {
        string path = disk["settings.json"];
        var values = new Dictionary<(string, string), string> { [("overlay", "zoom")] = "1" };
        SettingsFile.Write(path, values);
        disk.Fill(0);
        values[("overlay", "long")] = new string('x', 20_000);
        Assert.ThrowsAny<IOException>(() => SettingsFile.Write(path, values));
        Assert.Equal("1", SettingsFile.Read(path)[("overlay", "zoom")]);
    }
}
