using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Tests.Ops;
using LiveCam.Engine.Tests.Reference;

namespace LiveCam.Engine.Tests.Passes;

/// <summary>A small network being built, and what the compiler makes of it.</summary>
internal sealed class Network : IDisposable
{
    private readonly CpuDevice device = new(threads: 1);
    private int seed;

    public Graph Graph { get; } = new();
    public Value X { get; }

    public Network(params int[] shape) => X = Graph.Input("x", Shape.Create(shape));

    public Value Weights(params int[] shape) => Graph.Parameter($"w{seed}", RandomTensors.Uniform(Shape.Create(shape), seed++));

    public Value Positive(params int[] shape) => Graph.Parameter($"w{seed}", RandomTensors.Uniform(Shape.Create(shape), seed++, 0.5f, 1.5f));

    public Value Longs(params long[] items) => Graph.Parameter($"w{seed++}", Tensor.Of<long>([items.Length], items));

    /// <summary>A 3x3 convolution that keeps the picture's size.</summary>
    public Value Conv(Value x, int from, int to, string name) =>
        Graph.Add(new Conv2d(3, 1, 1), name, 1, x, Weights(to, from, 3, 3), Weights(to))[0];

    public Value BatchNorm(Value x, int channels, string name) => Graph.Add(
        new BatchNormalization(), name, 1, x, Weights(channels), Weights(channels), Weights(channels), Positive(channels))[0];

    /// <summary>Compiles, runs twice and compares outputs and kept values with the references.</summary>
    /// <returns>The operations of the plan's steps.</returns>
    public string[] Steps(params string[] keep)
    {
        using Plan plan = Compiler.Compile(Graph, device, new() { Keep = keep });
        Check(plan, keep);
        return [.. plan.Steps.Select(step => step.Op)];
    }

    public Plan Compile() => Compiler.Compile(Graph, device);

    public void Check(Plan plan, params string[] keep)
    {
        GraphInput input = Graph.Inputs[0];
        for (int run = 0; run < 2; run++)
        {
            Tensor tensor = RandomTensors.Uniform(Shape.Create(input.Extents.Span), 1000 + run);
            plan.Write("x", tensor);
            plan.Run();
            var expected = ReferenceExecutor.Run(Graph, new Dictionary<string, Doubles> { ["x"] = Doubles.From(tensor) });
            foreach ((string name, Value value) in keep.Select(name => Graph.TryFind(name, out Value value) ? (name, value) : throw new InvalidOperationException(name))
                .Concat(Graph.Outputs))
                Assert.Null(OpRunner.Difference(plan.Read(name), expected[value].Value, 10 * RandomTensors.Fp32(expected[value].Terms + 20)));
        }
    }

    public void Dispose() => device.Dispose();
}
