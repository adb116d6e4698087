using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>One fully connected layer: features in, a score for each class out. What live teaching trains on a backbone's features.</summary>
public static class LinearNetwork
{
    public const string Weights = "weight", Biases = "bias";

    /// <summary>Input N by <paramref name="features"/> with N open; weights and biases start at 0.</summary>
    public static Graph Build(int features, int classes)
    {
        var graph = new Graph();
        Value x = graph.Input("features", ElementType.Float32, [-1, features]);
        Value weights = graph.Parameter(Weights, SeededWeights.Constant([classes, features], 0)), biases = graph.Parameter(Biases, SeededWeights.Constant([classes], 0));
        graph.Output("scores", graph.Add(new Gemm(TransposeB: true), x, weights, biases));
        return graph;
    }
}
