using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>A network cut at its feature layer, with a linear layer on the features' direction and a softmax in place of what came after.</summary>
public static class TaughtNetwork
{
    public const string Output = "probabilities";

    // Keep a vector of zeros from being divided by zero, and change no other: squares of features are far above.
    private const float LeastFourth = 1e-30f, LeastLength = 1e-12f;

    /// <summary>softmax(W x / |x| + b), with x the layer, averaged over its places where it is a map N,C,H,W.</summary>
    /// <param name="isMap">Whether the layer has places.</param>
    /// <param name="weights">Classes by features.</param>
    /// <param name="biases">One for each class.</param>
    /// <exception cref="LiveCamException">There is no such layer.</exception>
    public static Graph Build(Graph network, string layer, bool isMap, Tensor weights, Tensor biases)
    {
        if (!network.TryFind(layer, out Value end)) throw new LiveCamException($"Cutting a network at \"{layer}\": it has no such layer.");
        (Graph graph, Value x) = Cut(network, end);
        int features = weights.Shape[1];
        if (isMap) x = graph.Add(new GlobalAveragePool(), "taught.average", 1, x)[0];
        Value row = Shaped("taught.row", x, 1, features);
        // The length is a fourth root of a fourth power, because ONNX's LRN of one channel is y = x / (x^2 + least)^(1/4), and a root of its own is no operator here.
        Value square = Shaped("taught.square", graph.Add(new Gemm(TransposeB: true), "taught.product", 1, row, row)[0], 1, 1, 1, 1);
        Value length = Shaped("taught.length", graph.Add(new Lrn(Size: 1, Alpha: 1, Beta: 0.25f, Bias: LeastFourth), "taught.root", 1, square)[0], 1, 1);
        length = graph.Add(new Add(), "taught.positive", 1, length, graph.Parameter("taught.least", Tensor.Of<float>([1, 1], LeastLength)))[0];
        Value direction = graph.Add(new Div(), "taught.direction", 1, row, length)[0];
        Value scores = graph.Add(new Gemm(TransposeB: true), "taught.scores", 1, direction, graph.Parameter("taught.weight", weights), graph.Parameter("taught.bias", biases))[0];
        graph.Output(Output, graph.Add(new Softmax(), Output, 1, scores)[0]);
        return graph;

        Value Shaped(string name, Value value, params long[] shape) =>
            graph.Add(new Reshape(), name, 1, value, graph.Parameter($"{name}.shape", Tensor.Of<long>([shape.Length], shape)))[0];
    }

    /// <summary>The part of a network that a value needs; parameters are shared.</summary>
    private static (Graph Graph, Value End) Cut(Graph network, Value end)
    {
        HashSet<Value> needed = [end];
        foreach (Node node in network.Nodes.Reverse())
            if (node.Outputs.Any(needed.Contains)) needed.UnionWith(node.Inputs.Where(input => input.Exists));
        var graph = new Graph();
        var map = new Dictionary<Value, Value>();
        foreach (GraphInput input in network.Inputs) map[input.Value] = graph.Input(input.Name, input.Type, input.Extents);
        foreach (Node node in network.Nodes.Where(node => node.Outputs.Any(needed.Contains)))
        {
            Value[] results = graph.Add(node.Op, node.Name, Array.ConvertAll(node.Outputs, output => output.Exists ? network.NameOf(output) : null), Array.ConvertAll(node.Inputs, Map));
            for (int i = 0; i < results.Length; i++)
                if (results[i].Exists) map[node.Outputs[i]] = results[i];
        }
        return (graph, map[end]);

        Value Map(Value old)
        {
            if (!old.Exists) return old;
            if (!map.TryGetValue(old, out Value made)) map[old] = made = graph.Parameter(network.Parameters[old]);
            return made;
        }
    }
}
