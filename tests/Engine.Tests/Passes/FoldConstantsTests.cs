using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Passes;

public sealed class FoldConstantsTests
{
    /// <summary>What exporters write for <c>x.view(x.size(0), -1)</c>: the shape is computed from the input's.</summary>
    [Fact]
    public void A_shape_computed_from_a_shape_is_known_before_anything_runs()
    {
        using var net = new Network(3, 5, 2, 7);
        Value extents = net.Graph.Add(new ShapeOf(), net.X);
        Value first = net.Graph.Add(new Gather(), extents, net.Graph.Parameter("0", Tensor.Scalar(0L)));
        Value target = net.Graph.Add(new Concat(0), net.Graph.Add(new Unsqueeze(), first, net.Longs(0)), net.Longs(-1));
        net.Graph.Output("y", net.Graph.Add(new Relu(), net.Graph.Add(new Reshape(), net.X, target)));
        Assert.Equal(["Relu"], net.Steps());
    }

    [Fact]
    public void What_depends_only_on_parameters_is_computed_once_and_again_after_a_change()
    {
        using var net = new Network(1, 3, 200, 200);
        // Larger than what is computed while shapes are inferred.
        Value a = net.Weights(1, 3, 200, 200), b = net.Weights(1, 3, 200, 200);
        Value product = net.Graph.Add(new Mul(), net.Graph.Add(new Tanh(), a), b);
        net.Graph.Output("y", net.Graph.Add(new Add(), net.X, product));
        Assert.Equal(["Add"], net.Steps());
        using Plan plan = net.Compile();
        net.Check(plan);
        net.Graph.Parameters[a].Assign(RandomTensors.Uniform([1, 3, 200, 200], 55));
        net.Check(plan);
    }

    [Fact]
    public void A_folded_value_may_be_kept_and_an_output()
    {
        using var net = new Network(1, 3, 4, 4);
        Value sum = net.Graph.Add(new Add(), "sum", 1, net.Weights(3, 1, 1), net.Weights(1))[0];
        net.Graph.Output("y", net.Graph.Add(new Mul(), net.X, sum));
        net.Graph.Output("z", sum);
        Assert.Equal(["Mul"], net.Steps("sum"));
    }

    [Fact]
    public void Constants_beyond_the_memory_limit_are_refused_with_their_node()
    {
        using var net = new Network(1, 3, 4, 4);
        Value large = net.Graph.Add(new ConstantOfShape(), "large", 1, net.Longs(1, 3, 2000, 2000))[0];
        net.Graph.Output("y", net.Graph.Add(new ReduceMean(), net.Graph.Add(new Relu(), large)));
        using var device = new CpuDevice(threads: 1);
        var error = Assert.Throws<LiveCamException>(() => Compiler.Compile(net.Graph, device, new() { MemoryLimit = 1 << 20 }));
        Assert.Contains("\"large\"", error.Message);
    }
}
