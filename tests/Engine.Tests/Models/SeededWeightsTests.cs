using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Onnx;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Ops;
using LiveCam.Engine.Tests.Reference;

namespace LiveCam.Engine.Tests.Models;

/// <summary>
/// Architectures whose files carry constants for weights: with seeded weights in their place, the scores before the softmax and
/// after it are those of the double-precision references. The large ones take the references minutes (LIVECAM_TEST_ALL).
/// </summary>
public sealed class SeededWeightsTests
{
    public static TheoryData<string> Names => Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1"
        ? ["shufflenet", "squeezenet", "bvlc_alexnet", "inception_v2", "resnet50", "vgg19"] : ["shufflenet", "squeezenet"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_cpu_gives_what_the_references_give(string name)
    {
        Graph graph = WithWeights(OnnxImporter.Import(Requirements.Data($"onnx-light/light_{name}/model.onnx")).Graph);
        GraphInput input = Assert.Single(graph.Inputs);
        Tensor picture = RandomTensors.Uniform(Shape.Create(input.Extents.Span), 5);
        Value scores = Assert.Single(graph.Nodes, node => node.Op is Softmax).Inputs[0];
        using var device = new CpuDevice(threads: 2);
        using Plan plan = Compiler.Compile(graph, device, new() { Keep = [graph.NameOf(scores)] });
        plan.Write(input.Name, picture);
        plan.Run();
        var expected = ReferenceExecutor.Run(graph, new Dictionary<string, Doubles> { [input.Name] = Doubles.From(picture) });
        foreach (Value value in new[] { scores, graph.Outputs[0].Value })
        {
            (Doubles reference, int terms) = expected[value];
            Assert.Null(OpRunner.Difference(plan.Read(graph.NameOf(value)), reference, RandomTensors.Fp32(terms)));
        }
        double[] row = expected[scores].Value.Data;
        Assert.True(row.Max() - row.Min() > 0.1, "scores that are all the same prove nothing");
    }

    /// <summary>The same graph with random parameters where constants stood, of a size that keeps activations about as large as they are.</summary>
    private static Graph WithWeights(Graph source)
    {
        var graph = new Graph();
        var map = new Dictionary<Value, Value>();
        int seed = 1;
        foreach (GraphInput input in source.Inputs)
            map[input.Value] = graph.Input(input.Name, input.Type, input.Extents);
        foreach ((Value value, Parameter parameter) in source.Parameters)
            map[value] = graph.Parameter(parameter);
        Dictionary<Value, (Node Node, int Input)> readers = [];
        foreach (Node node in source.Nodes)
            for (int i = 0; i < node.Inputs.Length; i++)
                readers[node.Inputs[i]] = (node, i);
        foreach (Node node in source.Nodes)
        {
            if (node.Op is ConstantOfShape { Type: ElementType.Float32 })
            {
                Shape shape = Shape.FromLongs(source.Parameters[node.Inputs[0]].Value.Span<long>());
                // The variance and the scale of a normalization are about 1.
                bool positive = readers[node.Outputs[0]] is { Node.Op: BatchNormalization, Input: 1 or 4 };
                float bound = MathF.Sqrt(6f / Math.Max(1, shape.Rank > 1 ? shape.CountOf(1, shape.Rank) : shape.ElementCount));
                map[node.Outputs[0]] = graph.Parameter(node.Name,
                    positive ? RandomTensors.Uniform(shape, seed++, 0.5f, 1.5f) : RandomTensors.Uniform(shape, seed++, -bound, bound));
                continue;
            }
            string?[] names = Array.ConvertAll(node.Outputs, value => value.Exists ? source.NameOf(value) : null);
            Value[] outputs = graph.Add(node.Op, node.Name, names, Array.ConvertAll(node.Inputs, value => value.Exists ? map[value] : Value.None));
            for (int i = 0; i < outputs.Length; i++)
                if (node.Outputs[i].Exists)
                    map[node.Outputs[i]] = outputs[i];
        }
        foreach ((string name, Value value) in source.Outputs)
            graph.Output(name, map[value]);
        return graph;
    }
}
