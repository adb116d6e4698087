using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>One fully connected layer or two: features in, a score for each class out. What live teaching trains on a backbone's features.</summary>
public static class HeadNetwork
{
    public const string HiddenWeights = "hidden.weight", HiddenBiases = "hidden.bias", Weights = "weight", Biases = "bias";

    /// <summary>Input N by <paramref name="features"/> with N open; the last layer starts at 0, a hidden one with weights of the seed.</summary>
    /// <param name="hidden">Units of a hidden layer with ReLU; 0 for none.</param>
    public static Graph Build(int features, int classes, int hidden, long seed)
    {
        var graph = new Graph();
        Value x = graph.Input("features", ElementType.Float32, [-1, features]);
        if (hidden > 0)
            x = graph.Add(new Relu(), Layer(HiddenWeights, new SeededWeights(seed).He(HiddenWeights, [hidden, features]), HiddenBiases));
        graph.Output("scores", Layer(Weights, SeededWeights.Constant([classes, hidden > 0 ? hidden : features], 0), Biases));
        return graph;

        Value Layer(string name, Tensor weights, string biases) =>
            graph.Add(new Gemm(TransposeB: true), x, graph.Parameter(name, weights), graph.Parameter(biases, SeededWeights.Constant([weights.Shape[0]], 0)));
    }
}
