using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using static LiveCam.Engine.Tests.RandomTensors;
using Silk.NET.OpenGL;

namespace LiveCam.Engine.Tests.Devices.Gl;

/// <summary>Runs graphs on OpenGL and on the CPU and compares what comes out.</summary>
internal static class GlCheck
{
    // Compiling takes a software renderer most of a second for each variant of a convolution.
    private const int Few = 6;

    /// <summary>
    /// The variants of a graph's only step with a choice, against the CPU: with LIVECAM_TEST_ALL each of them, else a third where there are many.
    /// </summary>
    /// <returns>The names of all variants.</returns>
    public static List<string> Variants(GL gl, Graph graph, int terms, long maxBlockBytes = long.MaxValue)
    {
        using var cpu = new CpuDevice(threads: 1);
        using var device = new GlDevice(gl, cacheDirectory: null);
        device.MaxBlockBytes = Math.Min(device.MaxBlockBytes, maxBlockBytes);
        LoweredGraph schedule = Compiler.Lower(graph, new());
        using Plan reference = Compiler.Compile(graph, cpu);
        Feed(reference);
        reference.Run();
        List<string> names = [];
        using (device.Plan(schedule, 1 << 30, (_, candidates) =>
        {
            if (candidates.Count > names.Count)
                names = [.. candidates.Select(candidate => candidate.Variant)];
            return candidates[0];
        })) { }
        Assert.NotEmpty(names);
        Assert.Equal(names.Count, names.Distinct().Count());
        foreach (string name in names.Where((_, i) => IsChosen(i, names.Count, graph)))
        {
            using Plan plan = device.Plan(schedule, 1 << 30,
                (_, candidates) => candidates.FirstOrDefault(candidate => candidate.Variant == name) ?? candidates[0]);
            Assert.Equal(0, plan.HostOps);
            Feed(plan);
            for (int run = 0; run < 2; run++)
                plan.Run();
            Same(plan, reference, terms, $"{schedule.Nodes[^1].Op} {name}");
        }
        return names;
    }

    // Which third it is depends on the shapes, so that the cases of an operator see all its variants between them.
    private static bool IsChosen(int variant, int count, Graph graph) => count <= Few || Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1"
        || (variant + graph.Inputs.SelectMany(input => input.Extents.ToArray()).Aggregate(0, (sum, size) => 5 * sum + size)) % 3 == 0;

    /// <summary>Fills every input with its own random numbers.</summary>
    public static void Feed(Plan plan, int seed = 77)
    {
        foreach (GraphInput input in plan.Lowered.Graph.Inputs)
            plan.Write(input.Name, Uniform(plan.Lowered[input.Value].Shape, seed++));
    }

    /// <summary>All outputs of both plans agree.</summary>
    public static void Same(Plan actual, Plan expected, int terms, string what)
    {
        foreach ((string name, _) in expected.Lowered.Graph.Outputs)
        {
            double error = RelativeError(actual.Read(name), expected.Read(name));
            Assert.True(error <= Fp32(terms), $"{what}, {name}: relative error {error:E2}, allowed {Fp32(terms):E2}");
        }
    }

    /// <summary>A graph of one operation on inputs computed at run time, with random parameters.</summary>
    public static Graph Single(Op op, Shape[] inputs, params Tensor[] parameters)
    {
        var graph = new Graph();
        Value[] values = [.. inputs.Select((shape, i) => graph.Input($"x{i}", shape)), .. parameters.Select((tensor, i) => graph.Parameter($"p{i}", tensor))];
        graph.Output("y", graph.Add(op, values));
        return graph;
    }
}
