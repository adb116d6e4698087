using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using Gemm = LiveCam.Engine.Ops.Gemm;

namespace LiveCam.Engine.Tests.Passes;

public sealed class OpenBatchTests
{
    public static TheoryData<string> Targets => ["1,180", "1,-1", "0,-1", "-1,180"];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Three_pictures_are_answered_as_each_alone(string target)
    {
        using var net = new Network(1, 3, 6, 6);
        Value flat = net.Graph.Add(new Reshape(), "flat", 1, net.Conv(net.X, 3, 5, "conv"), net.Longs(Array.ConvertAll(target.Split(','), long.Parse)))[0];
        net.Graph.Output("y", net.Graph.Add(new Gemm(), flat, net.Weights(180, 4)));
        Graph open = OpenBatch.Run(Compiler.Infer(net.Graph, new()));
        Assert.Equal(["x", "conv", "flat", "Gemm_2"], net.Graph.Nodes.SelectMany(node => node.Outputs).Prepend(net.X).Select(value => open.TryFind(net.Graph.NameOf(value), out _) ? net.Graph.NameOf(value) : ""));

        using var device = new CpuDevice(threads: 1);
        Tensor pictures = RandomTensors.Uniform([3, 3, 6, 6], 9);
        using Plan together = Compiler.Compile(open, device, new() { InputShapes = new Dictionary<string, Shape> { ["x"] = pictures.Shape } }), alone = net.Compile();
        together.Write("x", pictures);
        together.Run();
        float[] all = together.Read("y").Span<float>().ToArray();
        for (int n = 0; n < 3; n++)
        {
            alone.Write("x", Tensor.Of<float>([1, 3, 6, 6], pictures.Span<float>().Slice(n * 108, 108)));
            alone.Run();
            Assert.All(alone.Read("y").Span<float>().ToArray().Zip(all[(4 * n)..]), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    /// <summary>A target of constants that stand for weights says nothing of pictures.</summary>
    [Fact]
    public void Weights_that_are_reshaped_stay()
    {
        using var net = new Network(1, 12);
        Value weights = net.Graph.Add(new Reshape(), "turned", 1, net.Weights(1, 12, 5), net.Longs(1, 60))[0];
        weights = net.Graph.Add(new Reshape(), "again", 1, weights, net.Longs(12, 5))[0];
        net.Graph.Output("y", net.Graph.Add(new Gemm(), net.X, weights));
        Graph open = OpenBatch.Run(Compiler.Infer(net.Graph, new()));
        Assert.Equal(net.Graph.Parameters.Values, open.Parameters.Values);
    }
}
