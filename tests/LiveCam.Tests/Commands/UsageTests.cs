namespace LiveCam.Tests.Commands;

/// <summary>Wrong usage exits 2 with one sentence; help and version are results.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("frobnicate")]
    [InlineData("run", "--frobnicate")]
    [InlineData("--device", "tpu")]
    [InlineData("run", "--device", "tpu")]
    [InlineData("run", "--device")]
    [InlineData("run", "--threads", "-1")]
    [InlineData("run", "--threads", "many")]
    [InlineData("run", "--frames", "0")]
    [InlineData("run", "--frames", "1.5")]
    [InlineData("run", "--size", "1280")]
    [InlineData("run", "--size", "0x720")]
    [InlineData("run", "--size", "1280x99999")]
    [InlineData("run", "--source")]
    [InlineData("run", "--plugins", "/nowhere/at/all")]
    [InlineData("run", "--mean", "red")]
    [InlineData("run", "--scale", "0")]
    [InlineData("run", "--fit", "squeeze")]
    [InlineData("run", "--order", "grb")]
    [InlineData("run", "picture.png")]
    [InlineData("run", "--labels", "labels.txt")]
    [InlineData("classify")]
    [InlineData("classify", "picture.png")]
    [InlineData("classify", "--model", "model.onnx")]
    [InlineData("classify", "--model", "model.onnx", "--top", "0", "picture.png")]
    [InlineData("evaluate")]
    [InlineData("evaluate", "model.onnx")]
    [InlineData("evaluate", "model.onnx", "--data", "folder", "--batch", "0")]
    [InlineData("evaluate", "model.onnx", "--data", "folder", "--limit", "some")]
    [InlineData("augment", "folder", "--augment", "mirror")]
    [InlineData("augment", "folder", "--preview", "out.png")]
    [InlineData("augment", "folder", "--preview", "out.png", "--augment", "mirorr")]
    [InlineData("augment", "folder", "--preview", "out.png", "--augment", "rotate:left")]
    [InlineData("inspect")]
    [InlineData("inspect", "a.onnx", "b.onnx")]
    [InlineData("bench")]
    [InlineData("bench", "model.onnx", "--runs", "0")]
    [InlineData("compare")]
    [InlineData("compare", "model.onnx", "a.png", "b.png")]
    [InlineData("compare", "model.onnx", "--tolerance", "0")]
    [InlineData("verify")]
    [InlineData("verify", "folder", "--rtol", "-1")]
    [InlineData("export")]
    [InlineData("export", "--model", "lenet5")]
    [InlineData("export", "--out", "x.onnx")]
    [InlineData("export", "--model", "lenet5", "--out", "x.onnx", "--classes", "0")]
    [InlineData("export", "--model", "lenet5", "--out", "x.onnx", "--seed", "-1")]
    [InlineData("export", "--model", "lenet5", "--out", "x.onnx", "--scale", "0")]
    [InlineData("models", "lenet5")]
    [InlineData("models", "show")]
    [InlineData("devices", "all")]
    [InlineData("replay")]
    [InlineData("replay", "folder", "--frames", "0")]
    public void Wrong_usage_exits_2_with_one_sentence(params string[] args)
    {
        Call call = Call.Run(args);
        string sentence = call.AssertFailed(2);
        Assert.Contains("--help", sentence);
        Assert.Empty(call.Output);
    }

    [Fact]
    public void Help_lists_every_verb()
    {
        Call call = Call.Run("--help");
        Assert.Equal((0, ""), (call.Exit, call.Error));
        foreach (string verb in (string[])["run", "replay", "classify", "evaluate", "augment", "inspect", "models", "bench", "compare", "verify", "export", "devices"])
            Assert.Contains(call.Lines, line => line.StartsWith($"  {verb}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("run", "--source --model --labels --device --threads --headless --frames --layer --snapshot --record --size --json --plugins --set --settings --capture --script --mean --std --scale --fit --crop --order")]
    [InlineData("classify", "--model --labels --device --threads --top --json --mean --std --scale --fit --crop --order")]
    [InlineData("evaluate", "--data --labels --device --threads --batch --limit --report --json --mean --std --scale --fit --crop --order")]
    [InlineData("augment", "--augment --preview --seed --count")]
    [InlineData("bench", "--device --threads --runs --layers --json")]
    [InlineData("verify", "--device --rtol --atol --json")]
    [InlineData("export", "--model --labels --out --classes --seed --init --json --mean --std --scale --fit --crop --order --width --height --channels")]
    [InlineData("inspect", "--json --html")]
    [InlineData("models", "--json")]
    [InlineData("replay", "--model --labels --device --threads --plugins --frames --check --capture --set --settings --json")]
    public void Help_of_a_verb_lists_its_options(string verb, string options)
    {
        Call call = Call.Run(verb, "--help");
        Assert.Equal(0, call.Exit);
        foreach (string option in options.Split(' ')) Assert.Contains(call.Lines, line => line.TrimStart().StartsWith(option, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_without_a_verb_are_those_of_run()
    {
        Call call = Call.Run("--source", "pattern:64x48", "--headless", "--frames", "2", "--device", "cpu", "--json");
        Assert.Equal((0, 3), (call.Exit, call.Lines.Length));
    }
}
