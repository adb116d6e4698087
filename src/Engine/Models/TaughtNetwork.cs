using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// A network cut at its feature layer, with a head on the features' direction in place of what came after, and beside it a distance from what was taught. Every step is
/// one that any ONNX runtime has.
/// </summary>
internal sealed class TaughtNetwork
{
    public const string Output = "probabilities", DistanceOutput = "distance", Joined = "taught.answer";

    // Keeps a vector of zeros from being divided by zero, and changes no other: features are far above.
    private const float LeastLength = 1e-12f;

    /// <summary>Begins with x / |x|, where x is the layer, averaged over its places where it is a map N,C,H,W.</summary>
    /// <param name="isMap">Whether the layer has places.</param>
    /// <param name="features">How many features the layer has.</param>
    /// <exception cref="LiveCamException">There is no such layer.</exception>
    public TaughtNetwork(Graph network, string layer, bool isMap, int features)
    {
        if (!network.TryFind(layer, out Value end)) throw new LiveCamException($"Cutting a network at \"{layer}\": it has no such layer.");
        (Graph, Value x) = Cut(network, end);
        if (isMap) x = Node(new GlobalAveragePool(), "average", x);
        Features = Shaped("row", x, 1, features);
        Value length = Node(new ReduceL2(), "length", Features, Longs("length.axis", 1));
        Direction = Node(new Div(), "direction", Features, Node(new Add(), "positive", length, Constant("least", [1, 1], LeastLength)));
    }

    public Graph Graph { get; }

    /// <summary>1 x features as the network gives them, and divided by their length.</summary>
    public Value Features { get; }
    public Value Direction { get; }

    /// <summary>W x + b.</summary>
    /// <param name="x">1 x features.</param>
    /// <param name="weights">W: outputs by features.</param>
    /// <param name="biases">b: one for each output; null for none.</param>
    public Value Linear(string name, Value x, Tensor weights, Tensor? biases = null)
    {
        Value w = Graph.Parameter($"taught.{name}.weight", weights);
        return biases is null ? Node(new Gemm(TransposeB: true), name, x, w) : Node(new Gemm(TransposeB: true), name, x, w, Graph.Parameter($"taught.{name}.bias", biases));
    }

    public Value Relu(string name, Value x) => Node(new Relu(), name, x);
    public Value Together(string name, Value first, Value second) => Node(new Concat(1), name, first, second);
    public Value Less(string name, Value x, Value y) => Node(new Sub(), name, x, y);
    public Value Scaled(string name, Value x, double by) => Node(new Mul(), name, x, Constant($"{name}.by", [1, 1], (float)by));

    /// <summary>The mean of each class's largest numbers of a row, 1 x classes.</summary>
    /// <param name="row">1 x (classes times most): a class's numbers, then as many of -<see cref="Padding"/> as it has fewer than the others.</param>
    /// <param name="counts">How many of a class's largest numbers count, at least one.</param>
    public Value MeanOfLargest(Value row, IReadOnlyList<int> counts, int most)
    {
        (int classes, int largest) = (counts.Count, counts.Max());
        Value sorted = Node(new TopK(), "largest", Shaped("largest.rows", row, 1, classes, most), Longs("largest.count", largest));
        float[] parts = [.. counts.SelectMany(count => Enumerable.Range(0, largest).Select(rank => rank < count ? 1f / count : 0))];
        Value shares = Node(new Mul(), "largest.shares", sorted, Constant("largest.parts", [1, classes, largest], parts));
        return Node(new ReduceSum(Keep: false), "largest.mean", shares, Longs("largest.axis", 2));
    }

    /// <summary>How far below cosines, and below differences of them, what does not count lies.</summary>
    public const float Padding = 8;

    /// <summary>The output of probabilities: softmax(scores / temperature).</summary>
    /// <param name="scores">1 x classes.</param>
    public void Answer(Value scores, double temperature) =>
        Graph.Output(Output, Graph.Add(new Softmax(), Output, 1, Scaled("scaled", scores, 1 / temperature))[0]);

    /// <summary>The output of the least squared distance from one of the places, 1 x 1.</summary>
    /// <param name="at">1 x size.</param>
    /// <param name="places">Places by size.</param>
    public void Distance(Value at, Tensor places)
    {
        Value apart = Node(new Sub(), "apart", Graph.Parameter("taught.places", places), at);
        Value squared = Node(new ReduceSum(), "apart.sum", Node(new Mul(), "apart.square", apart, apart), Longs("apart.axis", 1));
        Graph.Output(DistanceOutput, Graph.Add(new ReduceMin(), DistanceOutput, 1, squared, Longs("apart.places", 0))[0]);
    }

    /// <summary>Adds an output that holds the probabilities and after them the distance, for whoever reads one tensor a run.</summary>
    /// <param name="graph">With these two outputs.</param>
    public static void Join(Graph graph)
    {
        (string _, Value probabilities) = graph.Outputs.Single(output => output.Name == Output);
        (string _, Value distance) = graph.Outputs.Single(output => output.Name == DistanceOutput);
        graph.Output(Joined, graph.Add(new Concat(1), Joined, 1, probabilities, distance)[0]);
    }

    private Value Node(Op op, string name, params ReadOnlySpan<Value> inputs) => Graph.Add(op, $"taught.{name}", 1, inputs)[0];
    private Value Constant(string name, Shape shape, params ReadOnlySpan<float> values) => Graph.Parameter($"taught.{name}", Tensor.Of(shape, values));
    private Value Longs(string name, long number) => Graph.Parameter($"taught.{name}", Tensor.Of<long>([1], number));
    private Value Shaped(string name, Value value, params ReadOnlySpan<long> shape) => Node(new Reshape(), name, value, Graph.Parameter($"taught.{name}.shape", Tensor.Of([shape.Length], shape)));

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
