using LiveCam.Engine.Explaining;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Pictures;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using Gemm = LiveCam.Engine.Ops.Gemm;

namespace LiveCam.Engine.Tests.Explaining;

/// <summary>
/// A network small enough to be worked out on paper: a picture x of 2 x 2, the two maps A = max(0, x) and B = max(0, 2 x - 1), and three scores. The contract's gray is 0.
/// </summary>
internal static class PaperNetwork
{
    public const int Classes = 3;

    /// <summary>x; then A = (1, 0, 0.5, 2) and B = (1, 0, 0, 3).</summary>
    public static Tensor Picture => Tensor.Of<float>([1, 1, 2, 2], 1, 0, 0.5f, 2);

    /// <summary>Score 0 is A . (1, 2, 0, -1) + B . (0, 0, 1, 1), which is 2; score 1 is B's sum; score 2 is 0.</summary>
    public static ExplainNetwork Flat() => new(Model((graph, maps) =>
        graph.Add(new Gemm(TransposeB: true), graph.Add(new Flatten(), maps), graph.Parameter("head", Tensor.Of<float>([Classes, 8],
            1, 2, 0, -1, 0, 0, 1, 1,
            0, 0, 0, 0, 1, 1, 1, 1,
            0, 0, 0, 0, 0, 0, 0, 0)))));

    /// <summary>Score 0 is mean(A) - mean(B), score 1 is mean(B), score 2 is 0.</summary>
    public static ExplainNetwork Pooled(bool keepsAxes) => new(Model((graph, maps) =>
    {
        Value means = keepsAxes ? graph.Add(new Flatten(), graph.Add(new GlobalAveragePool(), maps)) : graph.Add(new ReduceMean(Keep: false), maps, graph.Parameter("axes", Tensor.Of<long>([2], 2, 3)));
        return graph.Add(new Gemm(TransposeB: true), means, graph.Parameter("head", Tensor.Of<float>([Classes, 2], 1, -1, 0, 1, 0, 0)));
    }));

    private static PictureModel Model(Func<Graph, Value, Value> head)
    {
        var graph = new Graph();
        Value x = graph.Input("x", [1, 1, 2, 2]);
        Value maps = graph.Add(new Relu(), graph.Add(new Conv2d(1), x, graph.Parameter("weights", Tensor.Of<float>([2, 1, 1, 1], 1, 2)), graph.Parameter("bias", Tensor.Of<float>([2], 0, -1))));
        graph.Output("scores", head(graph, maps));
        return new()
        {
            Name = "paper",
            Graph = graph,
            Input = graph.Inputs[0],
            Axes = PictureAxes.Nchw,
            Contract = new() { Width = 2, Height = 2, Channels = 1, Fit = Fit.Stretch, Scale = 1, Mean = new(127.5), StandardDeviation = new(1) },
        };
    }
}
