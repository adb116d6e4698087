using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Planning;

namespace LiveCam.Engine.Tests.Passes;

public sealed class AssignLayoutsTests
{
    [Fact]
    public void A_network_of_feature_maps_needs_no_reorder()
    {
        using var net = new Network(1, 5, 6, 7);
        Value a = net.Graph.Add(new Sigmoid(), net.Graph.Add(new MaxPool(Window.Square(3, 1, 1)), net.Conv(net.X, 5, 16, "a")));
        Value b = net.Graph.Add(new Mul(), a, net.Graph.Add(new GlobalAveragePool(), a));
        net.Graph.Output("y", net.Graph.Add(new GlobalAveragePool(), net.Conv(b, 16, 8, "b")));
        Assert.DoesNotContain("Reorder", net.Steps());
    }

    [Fact]
    public void Two_readers_of_row_major_memory_share_one_reorder()
    {
        using var net = new Network(1, 5, 6, 7);
        Value conv = net.Conv(net.X, 5, 16, "conv");
        net.Graph.Output("y", net.Graph.Add(new Softmax(-1), conv));
        net.Graph.Output("z", net.Graph.Add(new Softmax(1), conv));
        Assert.Equal(["Conv", "Reorder", "Softmax", "Softmax"], net.Steps());
    }

    [Fact]
    public void A_matrix_product_that_feeds_a_convolution_is_reordered_once()
    {
        using var net = new Network(1, 5, 6, 7);
        Value product = net.Graph.Add(new MatMul(), net.X, net.Weights(7, 7));
        net.Graph.Output("y", net.Graph.Add(new Add(), net.Conv(product, 5, 8, "a"), net.Conv(product, 5, 8, "b")));
        Assert.Equal(["MatMul", "Reorder", "Conv", "Conv"], net.Steps());
    }

    [Fact]
    public void A_single_pixel_is_the_same_in_both_layouts()
    {
        using var net = new Network(1, 5, 6, 7);
        Value pooled = net.Graph.Add(new GlobalAveragePool(), net.X);
        Value row = net.Graph.Add(new Flatten(), pooled);
        net.Graph.Output("y", net.Graph.Add(new Gemm(TransposeB: true), row, net.Weights(10, 5)));
        Assert.Equal(["GlobalAveragePool", "Gemm"], net.Steps());
    }

    [Fact]
    public void Weights_computed_at_run_time_stay_row_major()
    {
        using var net = new Network(1, 4, 6, 7);
        Value weights = net.Graph.Add(new Tanh(), net.Graph.Input("w", [8, 4, 3, 3]));
        net.Graph.Output("y", net.Graph.Add(new Conv2d(3), net.X, weights));
        LoweredGraph schedule = Compiler.Lower(net.Graph, new());
        Assert.Equal(["Tanh", "Conv"], schedule.Nodes.Select(node => node.Op.Name));
        Assert.Equal(Layout.RowMajor, schedule.LayoutOf(schedule.Nodes[0].Outputs[0]));
    }
}
