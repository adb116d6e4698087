using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Models;
using LiveCam.Engine.Tests.Ops;
using LiveCam.Engine.Tests.Training.Taught;

namespace LiveCam.Engine.Tests.Onnx;

/// <summary>
/// What the exporter is tested with: a graph and contents for its inputs. One for each line of <see cref="OpCases"/>, each network of
/// ours, what was taught with each kind of head, each model of the shared data.
/// </summary>
internal sealed record Exported(Graph Graph, IReadOnlyList<(string Name, Tensor Value)> Inputs)
{
    private const int Seed = 11;

    private static readonly string[] Files =
    [
        "mnist-8", "mnist-opt", "resnet8-cifar10", "resnet20-cifar10", "vww-person-96", "emotion-mini-xception", "mobilenetv1-0.25-128",
        "mobilenetv2-1.0-224", "mobilenetv2-features", "squeezenet1.1-7", "ultraface-rfb-320",
    ];

    public static IEnumerable<string> Operators => OpCases.All.Keys;
    public static IEnumerable<string> Networks => SmallNetworks.Names.Select(name => $"network {name}").Concat(TaughtCases.Names.Select(name => $"taught {name}"));
    public static IEnumerable<string> All => [.. Operators, .. Networks, .. Models];
    public static IEnumerable<string> Models => Files.Select(name => $"model {name}");

    /// <summary>Makes the subject of a name; skips where it is shared data that is not there.</summary>
    public static Exported Of(string name) =>
        OpCases.All.TryGetValue(name, out OpCase? line) ? Operator(line) :
        name.StartsWith("taught ", StringComparison.Ordinal) ? Taught(name["taught ".Length..]) :
        name.StartsWith("network ", StringComparison.Ordinal) ? Network(name["network ".Length..]) : Model(name["model ".Length..]);

    /// <summary>What the CPU device answers. It is the file that is compared, so convolutions keep to their definition.</summary>
    public static IReadOnlyList<(string Name, Tensor Value)> Run(Graph graph, IReadOnlyList<(string Name, Tensor Value)> inputs)
    {
        using var device = new CpuDevice(threads: 1);
        using Plan plan = Compiler.Compile(graph, device, new() { Exact = true, InputShapes = inputs.ToDictionary(input => input.Name, input => input.Value.Shape) });
        foreach ((string name, Tensor value) in inputs)
            plan.Write(name, value);
        plan.Run();
        return [.. graph.Outputs.Select(output => (output.Name, plan.Read(output.Name)))];
    }

    private static Exported Operator(OpCase line)
    {
        var graph = new Graph();
        var inputs = new List<(string, Tensor)>();
        var values = new Value[line.Inputs.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Input input = line.Inputs[i];
            values[i] = input.IsMissing ? Value.None
                : input.Constant is { } constant ? graph.Parameter($"p{i}", constant)
                : graph.Input($"x{i}", input.Type, Ints.Create(input.Shape.Span));
            if (!input.IsMissing && input.Constant is null)
                inputs.Add(($"x{i}", input.Fill(Seed + i)));
        }
        Value[] outputs = graph.Add(line.Op, "node", [.. Enumerable.Range(0, line.Outputs).Select(i => $"y{i}")], values);
        for (int i = 0; i < outputs.Length; i++)
            graph.Output($"y{i}", outputs[i]);
        return new(graph, inputs);
    }

    /// <summary>With two pictures, for the open extent.</summary>
    private static Exported Network(string name)
    {
        Graph graph = SmallNetworks.Build(name);
        return new(graph, SmallNetworks.Inputs(graph, Seed));
    }

    private static Exported Taught(string name)
    {
        TaughtCase taught = TaughtCases.Of(name);
        return new(taught.Graph, [("picture", taught.Picture(Seed))]);
    }

    private static Exported Model(string name)
    {
        TestData data = TestData.Read($"models/{name}");
        return new(data.Graph, [.. data.Graph.Inputs.Zip(data.Sets[0].Inputs).Select(pair => (pair.First.Name, pair.Second))]);
    }
}
