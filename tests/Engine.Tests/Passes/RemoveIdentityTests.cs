using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Tests.Passes;

public sealed class RemoveIdentityTests
{
    [Fact]
    public void Nodes_that_hand_their_input_on_are_left_out()
    {
        using var net = new Network(1, 5, 6, 7);
        Value relu = net.Graph.Add(new Relu(), net.Graph.Add(new Identity(), net.Graph.Add(new Dropout(), net.X)));
        net.Graph.Output("y", net.Graph.Add(new Sigmoid(), net.Graph.Add(new Reshape(), relu, net.Longs(1, 5, 6, 7))));
        Assert.Equal(["Relu", "Sigmoid"], net.Steps());
    }

    [Fact]
    public void All_names_of_one_value_can_be_kept()
    {
        using var net = new Network(1, 5, 6, 7);
        Value relu = net.Graph.Add(new Relu(), "relu", 1, net.X)[0];
        Value same = net.Graph.Add(new Identity(), "same", 1, relu)[0];
        net.Graph.Output("y", net.Graph.Add(new Dropout(), "again", 1, same)[0]);
        Assert.Equal(["Relu"], net.Steps("relu", "same", "again"));
    }

    [Fact]
    public void An_input_may_be_an_output()
    {
        using var net = new Network(1, 5, 6, 7);
        net.Graph.Output("y", net.Graph.Add(new Identity(), net.X));
        net.Graph.Output("x again", net.X);
        Assert.Equal([], net.Steps());
    }

    [Fact]
    public void A_mask_somebody_reads_is_computed()
    {
        using var net = new Network(1, 5, 6, 7);
        Value[] both = net.Graph.Add(new Dropout(BoolMask: false), "drop", 2, net.X);
        net.Graph.Output("y", net.Graph.Add(new Mul(), both[0], both[1]));
        Assert.Equal(["Dropout", "Mul"], net.Steps());
    }
}
