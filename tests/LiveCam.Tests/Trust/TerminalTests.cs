using System.CommandLine;
using LiveCam.Commands;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;
using LiveCam.Text;

namespace LiveCam.Tests.Trust;

/// <summary>Whatever files, folders and arguments are called, no verb writes it to the terminal as it is.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    public static TheoryData<string> Names => [.. HostileNames.All];

    /// <summary>Runs a verb; whether it succeeds is not asked here.</summary>
    private static void AssertPlain(params string[] args)
    {
        Call call = Call.Run(args);
        HostileNames.AssertPlain(call.Output);
        HostileNames.AssertPlain(call.Error);
        Assert.DoesNotContain("unexpected", call.Error);
    }

    private string Model(string name)
    {
        var graph = new Graph();
        Value x = graph.Input(name, [1, 3, 8, 8]);
        Value y = graph.Add(new Relu(), $"{name} node", [$"{name} y"], [x])[0];
        graph.Output($"{name} y", y);
        OnnxExporter.Save(graph, scratch["m.onnx"], new() { Name = name, Metadata = new Dictionary<string, string> { [name] = name, ["author"] = name } });
        return scratch["m.onnx"];
    }

    private string Picture(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(scratch[name])!);
        ImageFile.Save(Scratch.Pattern(32, 32), scratch[name]);
        return scratch[name];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_models(string name)
    {
        string model = Model(name), picture = Picture("p.png");
        AssertPlain("inspect", model);
        AssertPlain("inspect", model, "--html", scratch["m.html"]);
        HostileNames.AssertPlain(File.ReadAllText(scratch["m.html"]).ReplaceLineEndings(" "));
        AssertPlain("bench", model, "--runs", "1", "--layers");
        AssertPlain("bench", model, "--runs", "1", "--layers", "--json");
        AssertPlain("verify", model);
        AssertPlain("classify", picture, "--model", model);
        AssertPlain("run", "--headless", "--source", picture, "--frames", "1", "--model", model, "--layer", name);
        AssertPlain("export", "--model", model, "--out", scratch[$"{name.Replace('\n', ' ')}.onnx"]);
        AssertPlain("evaluate", "--model", model, "--data", scratch.Folder);
        AssertPlain("explain", picture, "--model", model, "--out", scratch["maps"], "--target", $"{name}:0");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_arguments_and_files(string name)
    {
        foreach (string verb in (string[])["run", "replay", "classify", "train", "evaluate", "augment", "inspect", "models", "bench", "compare", "verify", "export", "samples", "explain", name])
        {
            AssertPlain(verb, name);
            AssertPlain(verb, $"--{name}");
        }
        AssertPlain("run", "--headless", "--source", name);
        AssertPlain("run", "--headless", "--source", "pattern", "--frames", "1", "--set", $"{name}.x=1");
        AssertPlain("samples", scratch[$"project {name}"], "--class", name, "--source", "pattern:64x48", "--frames", "1");
        File.WriteAllText(scratch["events.jsonl"], $"{{\"at\":0,\"event\":{System.Text.Json.JsonSerializer.Serialize(name)}}}\n");
        AssertPlain("run", "--headless", "--source", "pattern", "--frames", "1", "--script", scratch["events.jsonl"]);
        File.WriteAllText(scratch["labels.txt"], name.ReplaceLineEndings(" "));
        AssertPlain("classify", Picture("p.png"), "--model", scratch["none.onnx"], "--labels", scratch["labels.txt"]);
        AssertPlain("run", "--headless", "--source", Picture($"{name}.png"), "--frames", "1");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_class_folders_and_projects(string name)
    {
        if (name.Contains('\n')) name = name.Replace('\n', '_');
        Picture($"data/{name}/1.png");
        Picture("data/other/1.png");
        AssertPlain("train", "--model", "lenet5", "--data", scratch["data"], "--epochs", "1", "--batch", "1", "--validation", "0", "--out", scratch["trained.onnx"]);
        AssertPlain("augment", scratch["data"], "--augment", "mirror", "--preview", scratch["sheet.png"]);
        Directory.CreateDirectory(scratch["p"]);
        Directory.Move(scratch["data"], scratch["p/samples"]);
        string quoted = System.Text.Json.JsonSerializer.Serialize(name);
        File.WriteAllText(scratch["p/journal.jsonl"], $"{{\"do\":\"class\",\"class\":1,\"name\":{quoted},\"color\":\"#ff0000\"}}\n{{\"do\":\"class\",\"class\":2,\"name\":\"ok\",\"was\":{quoted},\"color\":\"#ff0000\"}}\n");
        File.WriteAllText(scratch["p/settings.json"], $"{{\"backbone\":{quoted},\"layer\":{quoted},\"head\":{quoted}}}");
        AssertPlain("samples", scratch["p"]);
        AssertPlain("run", "--headless", "--source", "pattern:64x48", "--frames", "1", "--project", scratch["p"]);
        Directory.CreateDirectory(scratch["rec"]);
        File.WriteAllText(scratch["rec/recording.json"], $"{{\"Version\":1,\"Source\":{quoted},\"Device\":{quoted},\"Model\":{{\"Model\":{quoted},\"Labels\":null,\"Preprocessing\":{{{quoted}:{quoted}}}}}}}");
        AssertPlain("replay", scratch["rec"]);
    }

    [Fact]
    public void What_a_window_draws_passes_the_same_filter()
    {
        foreach (string name in HostileNames.All)
        {
            var hostile = new LiveCam.Ui.Canvas();
            var plain = new LiveCam.Ui.Canvas();
            Assert.Equal(Width(plain, LiveCam.Engine.Text.PlainText.Of(name)), Width(hostile, name));
        }

        static float Width(LiveCam.Ui.Canvas canvas, string text)
        {
            canvas.Begin(400, 100, LiveCam.Ui.Color.Black);
            return canvas.Text(text, 0, 50, new(16), LiveCam.Ui.Color.White);
        }
    }

    [Fact]
    public void Every_verb_is_tried_here()
    {
        string[] tried = ["run", "replay", "classify", "train", "evaluate", "augment", "inspect", "models", "bench", "compare", "verify", "export", "devices", "samples", "explain"];
        string help = Call.Run("--help").Output;
        string[] verbs = [.. help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1).Select(line => line.Trim().Split(' ')[0]).Where(word => word.Length > 0)];
        Assert.Empty(verbs.Except(tried));
    }
}
