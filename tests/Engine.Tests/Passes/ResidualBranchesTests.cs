using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Passes;

namespace LiveCam.Engine.Tests.Passes;

public sealed class ResidualBranchesTests
{
    [Fact]
    public void Every_block_of_a_residual_network_has_one()
    {
        Graph graph = NetworkTable.All.Single(family => family.Name == "resnet20").Build();
        IReadOnlyList<(Node Sum, int Branch)> found = ResidualBranches.Of(graph);
        Assert.Equal(from stage in Enumerable.Range(1, 3) from block in Enumerable.Range(1, 3) select $"stage{stage}.block{block}.sum", found.Select(one => one.Sum.Name));
        Assert.All(found, one => Assert.EndsWith(".norm2", graph.NameOf(one.Sum.Inputs[one.Branch])));
    }

    [Fact]
    public void The_longer_way_is_the_branch_in_any_order_and_sums_of_other_things_have_none()
    {
        using var net = new Network(1, 5, 6, 6);
        Value x = net.Conv(net.X, 5, 5, "first");
        Value branch = net.Graph.Add(new Relu(), net.Conv(x, 5, 5, "inner"));
        Value sum = net.Graph.Add(new Add(), "turned", 1, x, branch)[0];
        // A constant, two ways of one length, and what is doubled.
        sum = net.Graph.Add(new Add(), "constant", 1, sum, net.Weights(1, 5, 1, 1))[0];
        sum = net.Graph.Add(new Add(), "twins", 1, net.Conv(sum, 5, 5, "left"), net.Conv(sum, 5, 5, "right"))[0];
        net.Graph.Output("y", net.Graph.Add(new Sum(), "doubled", 1, sum, sum)[0]);
        Assert.Equal([("turned", 1)], ResidualBranches.Of(net.Graph).Select(one => (one.Sum.Name, one.Branch)));
    }

    /// <summary>The last branch is left out at the given rate, the ones before it at evenly smaller ones; nothing else is touched.</summary>
    [Fact]
    public void Training_drops_each_branch_at_its_rate()
    {
        Graph model = NetworkTable.All.Single(family => family.Name == "resnet20").Build();
        Value counter = Value.None;
        (Graph graph, _) = TrainingForm.Of(model, model.Outputs[0].Value, _ => false, to => counter = to.Input("step", Tensors.Shape.Scalar), 1, dropPath: 0.45f);
        Node[] drops = [.. graph.Nodes.Where(node => node.Op is RandomDropout)];
        Assert.Equal(Enumerable.Range(1, 9).Select(i => 0.05 * i), drops.Select(node => (double)((RandomDropout)node.Op).Ratio), new Close(1e-6));
        Assert.All(drops, node => Assert.True(((RandomDropout)node.Op).PerSample));
        Assert.Equal(9, drops.Select(node => ((RandomDropout)node.Op).Seed).Distinct().Count());
        Assert.All(drops, node => Assert.EndsWith(".sum", graph.Nodes.Single(reader => reader.Inputs.Contains(node.Outputs[0])).Name));
        Assert.All(drops, node => Assert.EndsWith(".norm2", graph.NameOf(node.Inputs[0])));
    }

    private sealed class Close(double difference) : IEqualityComparer<double>
    {
        public bool Equals(double a, double b) => Math.Abs(a - b) <= difference;
        public int GetHashCode(double value) => 0;
    }
}
