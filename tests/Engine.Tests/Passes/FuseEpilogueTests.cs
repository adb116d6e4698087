using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Tests.Passes;

public sealed class FuseEpilogueTests
{
    [Fact]
    public void Activations_move_into_the_convolution()
    {
        foreach (Op activation in new Op[] { new Relu(), new LeakyRelu(0.1f), new Clip(0, 6), new Sigmoid(), new Tanh(), new HardSwish(), new HardSigmoid() })
        {
            using var net = new Network(1, 5, 6, 7);
            net.Graph.Output("y", net.Graph.Add(activation, net.Conv(net.X, 5, 20, "conv")));
            Assert.Equal(["Conv"], net.Steps());
        }
    }

    [Fact]
    public void A_bias_added_later_moves_in_from_either_side()
    {
        foreach (bool first in new[] { true, false })
        {
            using var net = new Network(1, 5, 6, 7);
            Value conv = net.Graph.Add(new Conv2d(3), net.X, net.Weights(8, 5, 3, 3)), bias = net.Weights(1, 8, 1, 1);
            net.Graph.Output("y", net.Graph.Add(new Relu(), first ? net.Graph.Add(new Add(), bias, conv) : net.Graph.Add(new Add(), conv, bias)));
            Assert.Equal(["Conv"], net.Steps());
        }
    }

    [Fact]
    public void What_is_no_bias_stays_outside()
    {
        using var net = new Network(1, 5, 8, 8);
        Value conv = net.Graph.Add(new Conv2d(3, 1, 1), net.X, net.Weights(8, 5, 3, 3));
        // Along the last axis, which happens to be as long as there are channels.
        net.Graph.Output("y", net.Graph.Add(new Add(), conv, net.Weights(8)));
        Assert.Equal(["Conv", "Add"], net.Steps());
    }

    [Fact]
    public void A_second_bias_stays_outside()
    {
        using var net = new Network(1, 5, 6, 7);
        net.Graph.Output("y", net.Graph.Add(new Add(), net.Conv(net.X, 5, 8, "conv"), net.Weights(8, 1, 1)));
        Assert.Equal(["Conv", "Add"], net.Steps());
    }

    [Fact]
    public void A_residual_moves_in_from_either_side_with_its_activation()
    {
        foreach (bool first in new[] { true, false })
        {
            using var net = new Network(1, 8, 6, 7);
            Value conv = net.Conv(net.X, 8, 8, "conv");
            net.Graph.Output("y", net.Graph.Add(new Relu(), first ? net.Graph.Add(new Add(), net.X, conv) : net.Graph.Add(new Sum(), conv, net.X)));
            Assert.Equal(["Conv"], net.Steps());
        }
    }

    [Fact]
    public void Of_two_convolutions_added_together_one_takes_the_other()
    {
        using var net = new Network(1, 5, 6, 7);
        net.Graph.Output("y", net.Graph.Add(new Relu(), net.Graph.Add(new Add(), net.Conv(net.X, 5, 16, "left"), net.Conv(net.X, 5, 16, "right"))));
        Assert.Equal(["Conv", "Conv"], net.Steps());
    }

    [Fact]
    public void Twice_the_same_convolution_is_no_residual()
    {
        using var net = new Network(1, 5, 6, 7);
        Value conv = net.Conv(net.X, 5, 16, "conv");
        net.Graph.Output("y", net.Graph.Add(new Add(), conv, conv));
        Assert.Equal(["Conv", "Add"], net.Steps());
    }

    [Fact]
    public void A_value_with_a_second_reader_is_not_swallowed()
    {
        using var net = new Network(1, 5, 6, 7);
        Value conv = net.Conv(net.X, 5, 8, "conv");
        net.Graph.Output("y", net.Graph.Add(new Relu(), conv));
        net.Graph.Output("z", net.Graph.Add(new Sigmoid(), conv));
        Assert.Equal(["Conv", "Relu", "Sigmoid"], net.Steps());
    }

    [Fact]
    public void A_kept_value_and_an_output_are_not_swallowed()
    {
        using var net = new Network(1, 5, 6, 7);
        Value conv = net.Conv(net.X, 5, 8, "conv");
        net.Graph.Output("y", net.Graph.Add(new Relu(), conv));
        Assert.Equal(["Conv", "Relu"], net.Steps("conv"));
        net.Graph.Output("z", conv);
        Assert.Equal(["Conv", "Relu"], net.Steps());
    }

    [Fact]
    public void Fully_connected_layers_take_their_activation()
    {
        using var net = new Network(2, 33);
        net.Graph.Output("y", net.Graph.Add(new Relu(), net.Graph.Add(new Gemm(TransposeB: true), net.X, net.Weights(17, 33), net.Weights(17))));
        Assert.Equal(["Gemm"], net.Steps());
    }
}
