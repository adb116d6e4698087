using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Commands;

/// <summary>What goes wrong exits 1 with one sentence that names the file.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("run", "--headless", "--device", "cpu", "--source", "{}")]
    [InlineData("run", "--headless", "--device", "cpu", "--source", "pattern", "--model", "{}")]
    [InlineData("inspect", "{}")]
    [InlineData("inspect", "{}", "--json")]
    [InlineData("bench", "{}", "--device", "cpu")]
    [InlineData("compare", "{}")]
    [InlineData("verify", "{}")]
    [InlineData("export", "--model", "{}", "--out", "x.onnx")]
    [InlineData("classify", "--model", "{}", "picture.png")]
    public void A_missing_file_is_named(params string[] args)
    {
        string missing = scratch["missing.bin"];
        Call call = Call.Run(Array.ConvertAll(args, arg => arg.Replace("{}", missing)));
        Assert.Contains("missing.bin", call.AssertFailed(1));
    }

    [Theory]
    [InlineData("run", "--headless", "--device", "cpu", "--source", "pattern", "--model", "{}")]
    [InlineData("inspect", "{}")]
    [InlineData("bench", "{}", "--device", "cpu")]
    [InlineData("verify", "{}")]
    [InlineData("export", "--model", "{}", "--out", "x.onnx")]
    [InlineData("classify", "--model", "{}", "picture.png")]
    public void A_broken_model_is_named(params string[] args)
    {
        string broken = scratch.Write("broken.onnx", "this is no network, it only looks like a file"u8);
        Call call = Call.Run(Array.ConvertAll(args, arg => arg.Replace("{}", broken)));
        Assert.Contains("broken.onnx", call.AssertFailed(1));
    }

    [Theory]
    [InlineData("empty.mp4", "")]
    [InlineData("text.mp4", "no video either")]
    [InlineData("text.png", "no picture either")]
    public void A_source_without_a_frame_fails(string name, string contents)
    {
        string source = scratch.Write(name, System.Text.Encoding.UTF8.GetBytes(contents));
        Assert.Contains(name, Call.Run("run", "--headless", "--device", "cpu", "--source", source).AssertFailed(1));
    }

    [Fact]
    public void An_empty_folder_fails() =>
        Assert.Contains(scratch.Folder, Call.Run("run", "--headless", "--device", "cpu", "--source", scratch.Folder).AssertFailed(1));

    [Fact]
    public void A_camera_that_is_not_there_fails_at_once() =>
        Assert.Contains("4711", Call.Run("run", "--headless", "--device", "cpu", "--source", "4711").AssertFailed(1));

    [Theory]
    [InlineData("--snapshot", "picture.txt")]
    [InlineData("--snapshot", "picture.tif")]
    [InlineData("--snapshot", "nowhere/picture.png")]
    [InlineData("--record", "video.txt")]
    [InlineData("--record", "nowhere/video.mp4")]
    public void A_file_that_cannot_be_written_is_refused_before_the_first_frame(string option, string name)
    {
        Call call = Call.Run("run", "--headless", "--device", "cpu", "--source", "pattern", option, scratch[name]);
        Assert.Contains(Path.GetFileName(name), call.AssertFailed(1));
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void An_unknown_layer_fails() =>
        Assert.Contains("conv99", Call.Run("run", "--headless", "--device", "cpu", "--source", "pattern", "--layer", "conv99", "--frames", "1").AssertFailed(1));

    [Fact]
    public void Preprocessing_that_does_not_fit_the_network_fails() =>
        Assert.Contains("channel", Call.Run("run", "--headless", "--device", "cpu", "--source", "pattern", "--channels", "1").AssertFailed(1));
}
