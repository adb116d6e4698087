using System.Text.Json;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Trust;

/// <summary>Projects, recordings, checkpoints and lists that somebody sends reach nothing outside of their folder.</summary>
public sealed class OutsideTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly string project;

    public OutsideTests()
    {
        project = scratch["project"];
        Directory.CreateDirectory(Path.Combine(project, "samples", "cup"));
        ImageFile.Save(Scratch.Pattern(32, 32), Path.Combine(project, "samples", "cup", "1.png"));
        File.WriteAllText(scratch["victim"], "precious");
        Directory.CreateDirectory(scratch["outside"]);
        ImageFile.Save(Scratch.Pattern(32, 32), scratch["outside/1.png"]);
    }

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("journal.jsonl", "victim")]
    [InlineData("settings.json", "victim")]
    [InlineData("livecam.lock", "victim")]
    [InlineData("taught.onnx", "victim")]
    [InlineData("cache", "outside")]
    [InlineData("lessons", "outside")]
    [InlineData("removed", "outside")]
    public void A_project_with_a_link_of_its_own_names_is_not_opened(string name, string target)
    {
        File.CreateSymbolicLink(Path.Combine(project, name), scratch[target]);
        string sentence = Call.Run("samples", project, "--class", "cup", "--source", "pattern:64x48", "--frames", "1", "--force").AssertFailed(1);
        Assert.Contains($"{name} in it is a link", sentence);
        Assert.Equal("precious", File.ReadAllText(scratch["victim"]));
        Assert.Single(Directory.GetFileSystemEntries(scratch["outside"]));
    }

    [Fact]
    public void A_linked_class_folder_and_a_linked_picture_are_nobodys_samples()
    {
        Directory.CreateSymbolicLink(Path.Combine(project, "samples", "evil"), scratch["outside"]);
        File.CreateSymbolicLink(Path.Combine(project, "samples", "cup", "2.png"), scratch["outside/1.png"]);
        Call call = Call.Run("samples", project, "--json");
        Assert.Equal(0, call.Exit);
        Assert.Contains("\"evil\"", call.Error);
        Assert.Equal(["background", "cup"], call.Json.Select(line => line.GetProperty("class").GetString()));
        Assert.Equal(1, call.Json[1].GetProperty("samples").GetInt32());
        // Nor does anything that is kept or deleted go there.
        Assert.NotEqual(0, Call.Run("samples", project, "--class", "evil", "--source", "pattern:64x48", "--frames", "1", "--force").Exit);
        Assert.Single(Directory.GetFileSystemEntries(scratch["outside"]));
    }

    [Fact]
    public void A_link_that_comes_while_the_project_is_open_is_not_followed()
    {
        using SampleStore store = SampleStore.Open(project);
        int cup = store.State.Find("cup")!.Id;
        Directory.Delete(Path.Combine(project, "samples", "cup"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(project, "samples", "cup"), scratch["outside"]);
        store.Capture(Scratch.Pattern(32, 32), cup, store.NewBurst(), force: true);
        store.Settle();
        Assert.Contains("link", store.State.Trouble);
        Assert.Single(Directory.GetFileSystemEntries(scratch["outside"]));
    }

    [Fact]
    public void Settings_that_cannot_be_read_are_kept_beside_their_successor_and_told()
    {
        File.WriteAllText(Path.Combine(project, "settings.json"), "{\"backbone\":\"m.on");
        Call call = Call.Run("samples", project);
        Assert.Equal(1, call.Exit);
        Assert.Contains("settings.damaged.json", call.Error);
        Assert.Equal("{\"backbone\":\"m.on", File.ReadAllText(Path.Combine(project, "settings.damaged.json")));
        Assert.Equal(0, Call.Run("samples", project).Exit);
    }

    [Fact]
    public void A_damaged_cache_is_told()
    {
        Assert.Equal(0, Call.Run("samples", project, "--class", "cup", "--source", "pattern:64x48", "--frames", "1", "--force").Exit);
        string cache = Path.Combine(project, "cache", "fingerprints.bin");
        byte[] bytes = File.ReadAllBytes(cache);
        bytes[20] ^= 0x40;
        File.WriteAllBytes(cache, bytes);
        Assert.Contains("fingerprints.bin", Call.Run("samples", project).Error);
        Assert.DoesNotContain("fingerprints.bin", Call.Run("samples", project).Error);
    }

    [Fact]
    public void A_recording_opens_its_own_model_and_those_named_here_and_no_other()
    {
        string model = scratch["m.onnx"], recording = scratch["recording"], info = scratch["recording/recording.json"];
        Assert.Equal(0, Call.Run("export", "--model", "lenet5", "--out", model).Exit);
        Assert.Equal(0, Call.Run("run", "--headless", "--source", scratch["outside/1.png"], "--frames", "1", "--model", model, "--record-session", recording).Exit);
        Assert.Equal(0, Call.Run("replay", recording, "--check").Exit);
        File.Copy(model, scratch["other.onnx"]);
        File.WriteAllText(info, File.ReadAllText(info).Replace("m.onnx", "other.onnx"));
        Assert.Contains("--model", Call.Run("replay", recording).AssertFailed(1));
        Assert.Equal(0, Call.Run("replay", recording, "--model", scratch["other.onnx"]).Exit);
        File.Copy(model, scratch["recording/own.onnx"]);
        File.WriteAllText(info, File.ReadAllText(info).Replace("other.onnx", "recording/own.onnx"));
        Assert.Equal(0, Call.Run("replay", recording).Exit);
    }

    [Fact]
    public void A_project_is_taught_on_its_own_model_or_one_named_here()
    {
        string model = scratch["m.onnx"];
        Assert.Equal(0, Call.Run("export", "--model", "resnet20", "--out", model).Exit);
        File.WriteAllText(Path.Combine(project, "settings.json"), JsonSerializer.Serialize(new { backbone = model, layer = "", head = "", lesson = 0 }));
        string[] run = ["run", "--headless", "--source", "pattern:64x48", "--frames", "2", "--project", project];
        Assert.Contains("--model", Call.Run(run).AssertFailed(1));
        Assert.Equal(0, Call.Run([.. run, "--model", model]).Exit);
        Assert.Equal(0, Call.Run(run).Exit);
    }

    [Fact]
    public void Rows_of_a_CSV_stay_below_its_folder()
    {
        Directory.CreateDirectory(scratch["data"]);
        ImageFile.Save(Scratch.Pattern(32, 32), scratch["data/1.png"]);
        foreach (string way in (string[])["../outside/1.png", scratch["outside/1.png"]])
        {
            File.WriteAllText(scratch["data/list.csv"], $"file,label\n1.png,a\n{way},b\n");
            string[] train = ["train", "--model", "lenet5", "--data", scratch["data/list.csv"], "--epochs", "1", "--batch", "1", "--validation", "0", "--out", scratch["t.onnx"]];
            string sentence = Call.Run(train).AssertFailed(1);
            Assert.Contains("line 3", sentence);
            Assert.Contains("--allow-outside", sentence);
            Assert.Equal(0, Call.Run([.. train, "--allow-outside"]).Exit);
        }
    }

    [Fact]
    public void A_checkpoint_writes_beside_itself_or_where_the_command_line_says()
    {
        for (int i = 0; i < 8; i++)
        {
            Directory.CreateDirectory(scratch[$"set/{i % 2}"]);
            ImageFile.Save(Scratch.Pattern(32, 32, i), scratch[$"set/{i % 2}/{i}.png"]);
        }
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Directory.CreateDirectory(scratch["here"]);
        Call.Run(stop.Token, "train", "--model", "lenet5", "--data", scratch["set"], "--epochs", "1", "--batch", "2", "--validation", "0", "--out", scratch["victim.onnx"]);
        File.Move(scratch["victim.checkpoint"], scratch["here/c.checkpoint"]);
        string sentence = Call.Run("train", "--resume", scratch["here/c.checkpoint"]).AssertFailed(1);
        Assert.Contains("outside of its own folder", sentence);
        Assert.False(File.Exists(scratch["victim.onnx"]));
        Assert.Equal(0, Call.Run("train", "--resume", scratch["here/c.checkpoint"], "--out", scratch["victim.onnx"]).Exit);
    }
}
