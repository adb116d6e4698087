using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Devices.Gl;
using LiveCam.Engine.Tests.Ops;
using LiveCam.Engine.Tests.Reference;

namespace LiveCam.Engine.Tests.Planning;

/// <summary>
/// Random graphs: passes and memory sharing leave every output and kept value as the references have it, on both devices.
/// LIVECAM_TEST_ALL runs ten times as many.
/// </summary>
[Collection(GlCollection.Name)]
public sealed class RandomGraphTests(GlFixture gl)
{
    /// <summary>
    /// A chain of steps may cancel most of what it adds up (differences, normalization), and errors are then measured against less
    /// than they were made of: one decimal digit on top of the roundings along the longest path. Memory written over by
    /// somebody else is off by about one.
    /// </summary>
    private const double Cancellation = 10;

    private static int Times => Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1" ? 10 : 1;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20 * Times)];
    public static TheoryData<int> FewSeeds => [.. Enumerable.Range(1, 3 * Times)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Optimised_and_plain_plans_give_what_the_references_give(int seed)
    {
        var made = new RandomGraph(seed, 8 + seed % 30);
        using var device = new CpuDevice(threads: 1 + seed % 2);
        using Plan plain = Compiler.Compile(made.Graph, device, new() { Optimize = false, KeepAll = true });
        using Plan shared = Compiler.Compile(made.Graph, device, new() { Optimize = false, Keep = made.Keep });
        using Plan tight = Compiler.Compile(made.Graph, device);
        using Plan kept = Compiler.Compile(made.Graph, device, new() { Keep = made.Keep });
        string[] all = [.. made.Graph.Nodes.Select(node => made.Graph.NameOf(node.Outputs[0]))];
        for (int run = 0; run < 2; run++)
        {
            Dictionary<string, Tensor> inputs = Inputs(made.Graph, seed + run);
            Dictionary<Value, (Doubles Value, int Terms)> expected = Expected(made.Graph, inputs);
            Check(made, plain, inputs, expected, all, "plain");
            Check(made, shared, inputs, expected, made.Keep, "plain with shared memory");
            Check(made, tight, inputs, expected, [], "optimised");
            Check(made, kept, inputs, expected, made.Keep, "optimised with kept values");
        }
    }

    [Theory]
    [MemberData(nameof(FewSeeds))]
    public void OpenGL_plans_give_what_the_references_give(int seed)
    {
        var made = new RandomGraph(100 + seed, 12);
        using Plan plan = Compiler.Compile(made.Graph, gl.Device, new() { Keep = made.Keep });
        for (int run = 0; run < 2; run++)
        {
            Dictionary<string, Tensor> inputs = Inputs(made.Graph, seed + run);
            Check(made, plan, inputs, Expected(made.Graph, inputs), made.Keep, "OpenGL");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Blocks_that_live_at_the_same_time_share_no_bytes(int seed)
    {
        var made = new RandomGraph(seed, 40);
        var layout = new ArenaLayout(Compiler.Lower(made.Graph, new() { Keep = made.Keep }), alignment: 64);
        for (int i = 0; i < layout.Blocks.Count; i++)
        {
            Block a = layout.Blocks[i];
            Assert.True(a.Offset % 64 == 0 && a.Offset + a.Bytes <= layout.Bytes);
            foreach (Block b in layout.Blocks.Skip(i + 1))
                Assert.True(a.To < b.From || b.To < a.From || a.Offset + a.Bytes <= b.Offset || b.Offset + b.Bytes <= a.Offset,
                    $"{a} and {b} share memory");
        }
    }

    private static Dictionary<string, Tensor> Inputs(Graph graph, int seed) =>
        graph.Inputs.ToDictionary(input => input.Name, input => RandomTensors.Uniform(Shape.Create(input.Extents.Span), seed + input.Name[0]));

    private static Dictionary<Value, (Doubles Value, int Terms)> Expected(Graph graph, Dictionary<string, Tensor> inputs) =>
        ReferenceExecutor.Run(graph, inputs.ToDictionary(pair => pair.Key, pair => Doubles.From(pair.Value)));

    private static void Check(RandomGraph made, Plan plan, Dictionary<string, Tensor> inputs,
        Dictionary<Value, (Doubles Value, int Terms)> expected, IEnumerable<string> names, string which)
    {
        foreach ((string name, Tensor tensor) in inputs)
            plan.Write(name, tensor);
        plan.Run();
        foreach ((string name, Value value) in names.Select(made.Find).Concat(made.Graph.Outputs))
        {
            (Doubles reference, int terms) = expected[value];
            if (OpRunner.Difference(plan.Read(name), reference, Cancellation * RandomTensors.Fp32(terms + 20)) is { } difference)
                Assert.Fail($"{which}, {name}: {difference}\n{made}");
        }
    }
}
