using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;

namespace LiveCam.Engine.Tests.Passes;

public sealed class FoldBatchNormTests
{
    [Fact]
    public void A_normalization_folds_into_the_convolution_before_it()
    {
        foreach (int groups in new[] { 1, 5 })
        {
            using var net = new Network(2, 5, 6, 7);
            Value conv = net.Graph.Add(new Conv2d(3, 1, 1, 1, groups), net.X, net.Weights(10, 5 / groups, 3, 3));
            net.Graph.Output("y", net.Graph.Add(new Relu(), net.BatchNorm(conv, 10, "norm")));
            Assert.Equal(["Conv"], net.Steps());
        }
    }

    [Fact]
    public void A_normalization_behind_a_concat_becomes_a_scale_and_shift()
    {
        using var net = new Network(1, 5, 6, 7);
        Value both = net.Graph.Add(new Concat(1), net.Conv(net.X, 5, 16, "left"), net.Conv(net.X, 5, 3, "right"));
        net.Graph.Output("y", net.Graph.Add(new Relu(), net.BatchNorm(both, 19, "norm")));
        Assert.Equal(["Conv", "Conv", "ScaleShift"], net.Steps());
    }

    [Fact]
    public void The_convolution_stays_where_its_own_output_is_wanted()
    {
        using var net = new Network(1, 5, 6, 7);
        Value conv = net.Conv(net.X, 5, 8, "conv");
        net.Graph.Output("y", net.BatchNorm(conv, 8, "norm"));
        Assert.Equal(["Conv", "ScaleShift"], net.Steps("conv"));
        net.Graph.Output("z", net.Graph.Add(new Tanh(), conv));
        Assert.Equal(["Conv", "ScaleShift", "Tanh"], net.Steps());
    }

    [Fact]
    public void A_changed_statistic_is_folded_again()
    {
        using var net = new Network(1, 5, 6, 7);
        net.Graph.Output("y", net.BatchNorm(net.Conv(net.X, 5, 8, "conv"), 8, "norm"));
        using Plan plan = net.Compile();
        net.Check(plan);
        foreach (Parameter parameter in net.Graph.Parameters.Values)
        {
            parameter.Assign(RandomTensors.Uniform(parameter.Shape, 77, 0.5f, 1.5f));
            net.Check(plan);
        }
    }

    [Fact]
    public void Statistics_computed_at_run_time_are_not_folded()
    {
        using var net = new Network(1, 8, 6, 7);
        Value mean = net.Graph.Add(new ReduceMean(Keep: false), net.X, net.Longs(0, 2, 3));
        Value conv = net.Conv(net.X, 8, 8, "conv");
        net.Graph.Output("y", net.Graph.Add(new BatchNormalization(), conv, net.Weights(8), net.Weights(8), mean, net.Positive(8)));
        Assert.Equal(["ReduceMean", "Conv", "BatchNormalization"], net.Steps());
    }
}
