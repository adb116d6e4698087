using System.Text.Json;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Tests.Commands;

namespace LiveCam.Tests.Teaching;

/// <summary>The program, taught by a script: a film of drawn things, keys with their times, and the answers it gave.</summary>
internal sealed class TeachProgram : IDisposable
{
    /// <summary>Pictures of a film a second, and of one scene.</summary>
    public const int Rate = 10, Scene = 12;

    public TestProject Project { get; } = new();

    /// <summary>A network with weights of no meaning; what it sees of colours and patterns is enough.</summary>
    public string Backbone { get; }

    public TeachProgram()
    {
        Backbone = Project["backbone.onnx"];
        Call call = Call.Run("export", "--model", "resnet20", "--out", Backbone);
        Assert.True(call.Exit == 0, call.Error);
    }

    public void Dispose() => Project.Dispose();

    /// <summary>Writes the backbone as many exporters do: one picture a run is fixed in its input and in the shape its features are given.</summary>
    public void FixOnePicture()
    {
        OnnxModel model = OnnxImporter.Import(Backbone);
        Graph graph = new();
        GraphInput input = model.Graph.Inputs[0];
        var map = new Dictionary<Value, Value> { [input.Value] = graph.Input(input.Name, input.Type, Ints.Create([1, .. input.Extents.Skip(1)])) };
        Value Map(Value value) => !value.Exists ? Value.None : map.TryGetValue(value, out Value made) ? made : map[value] = graph.Parameter(model.Graph.Parameters[value]);
        foreach (Node node in model.Graph.Nodes)
            map[node.Outputs[0]] = node.Op is Flatten
                ? graph.Add(new Reshape(), node.Name, 1, Map(node.Inputs[0]), graph.Parameter("one row", Tensor.Of<long>([2], 1, -1)))[0]
                : graph.Add(node.Op, node.Name, 1, Array.ConvertAll(node.Inputs, Map))[0];
        graph.Output("logits", Map(model.Graph.Outputs[0].Value));
        OnnxExporter.Save(graph, Backbone, new() { Metadata = model.Metadata });
    }

    /// <summary>Writes a film: a scene of <see cref="Scene"/> pictures for each name.</summary>
    public string Film(string name, params string[] things)
    {
        string folder = Project[name];
        Directory.CreateDirectory(folder);
        for (int i = 0; i < things.Length * Scene; i++)
            ImageFile.Save(Draw(things[i / Scene], 100 * i + name.Length), Path.Combine(folder, $"{i:D4}.png"));
        return folder;
    }

    /// <summary>One of a kind: stripes, rings and blocks in their colours, moved and noisy by the seed.</summary>
    public static Picture Draw(string thing, int seed)
    {
        var random = new Random(seed);
        var picture = new Picture(64, 48, PixelFormat.Bgr8);
        int dx = random.Next(0, 24), dy = random.Next(0, 24);
        (int B, int G, int R) ink = thing switch { "red" => (20, 30, 220), "green" => (30, 200, 40), "blue" => (220, 60, 20), "grey" => (128, 128, 128), _ => (20, 220, 240) };
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
            {
                bool isInk = thing switch
                {
                    "red" => (x + dx) / 6 % 2 == 0,
                    "green" => (y + dy) / 6 % 2 == 0,
                    "blue" => ((x + dx) / 8 + (y + dy) / 8) % 2 == 0,
                    "grey" => (x * x + y * y + dx * 40) / 300 % 2 == 0,
                    _ => (x + y + dx) / 5 % 2 == 0,
                };
                for (int c = 0; c < 3; c++)
                {
                    int level = isInk ? c == 0 ? ink.B : c == 1 ? ink.G : ink.R : 235;
                    picture.Row(y)[3 * x + c] = (byte)Math.Clamp(level + random.Next(-12, 13), 0, 255);
                }
            }
        return picture;
    }

    /// <summary>A line of a script.</summary>
    public static string Key(double picture, string key, string more = "", string kind = "key") =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{{\"at\":{picture / Rate},\"event\":\"{kind}\",\"key\":\"{key}\"{more}}}");

    /// <summary>Holds a number key while the scene of this place is seen, from its second picture to its last but one.</summary>
    public static string[] Hold(int scene, string key) => [Key(scene * Scene + 1, key), Key(scene * Scene + Scene - 2, key, kind: "keyup")];

    /// <summary>Holds 1, 2 and 3 over their things and 0 over the background.</summary>
    public void TeachThree() => Run(Film("teach", "red", "green", "blue", "grey"),
        [.. Hold(0, "1"), .. Hold(1, "2"), .. Hold(2, "3"), .. Hold(3, "0")], "--model", Backbone);

    /// <summary>What the last run told beside its answers.</summary>
    public string Said { get; private set; } = "";

    /// <summary>Runs the program and returns a line for each picture.</summary>
    public JsonElement[] Lines(string film, string[] script, params string[] more)
    {
        File.WriteAllLines(Project["keys.jsonl"], script);
        Call call = Call.Run(["run", "--headless", "--json", "--device", "cpu", "--threads", "1", "--source", film, "--slide", "0.1", "--script", Project["keys.jsonl"], .. more]);
        Assert.True(call.Exit == 0, call.Error);
        Said = call.Error;
        return call.Json[..^1];
    }

    /// <summary>Runs the program and returns each picture's best class, and how sure it is of it.</summary>
    public (string? Said, string Certainty, double Probability)[] Run(string film, string[] script, params string[] more)
    {
        return [.. Lines(film, script, ["--project", Project.Folder, .. more]).Select(line => line.TryGetProperty("certainty", out var certainty)
            ? (line.GetProperty("said").GetString(), certainty.GetString()!, line.GetProperty("top")[0].GetProperty("probability").GetDouble()) : (null, "", 0))];
    }
}
