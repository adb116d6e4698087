using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// Appends layers to a graph and knows the shape of each. A layer's name is that of its node and of its result; its parameters are called
/// <c>name.weight</c>, <c>name.bias</c>, and of a normalization <c>name.scale</c>, <c>.shift</c>, <c>.mean</c>, <c>.variance</c>.
/// </summary>
/// <param name="width">Channels of the first stage in the published network; <see cref="Wide"/> scales by it.</param>
internal sealed partial class LayerBuilder(NetworkChoice choice, int width)
{
    /// <summary>The name of a network's input: N,C,H,W with N open.</summary>
    public const string Input = "picture";

    /// <summary>The name of a network's output: N by classes, before any softmax.</summary>
    public const string Output = "logits";

    private readonly SeededWeights weights = new(choice.Seed);
    private readonly Dictionary<Value, ValueInfo> infos = [];

    public Graph Graph { get; } = new();

    public Value Picture() => Declare(Input, [-1, choice.Channels, choice.Size, choice.Size]);

    /// <summary>An input of floats.</summary>
    public Value Declare(string name, Ints extents)
    {
        Value value = Graph.Input(name, ElementType.Float32, extents);
        infos[value] = new(ElementType.Float32, Shape.Create(Array.ConvertAll(extents.Span.ToArray(), extent => Math.Max(1, extent))), null);
        return value;
    }

    /// <summary>So many channels of the published network at the chosen width: at least <paramref name="multiple"/>, and a multiple of it.</summary>
    public int Wide(int channels, int multiple = 1) => Math.Max(1, (channels * choice.Width + width * multiple / 2) / (width * multiple)) * multiple;

    /// <summary>The shape of a value for a batch of one.</summary>
    public Shape ShapeOf(Value value) => infos[value].Shape;

    public int ChannelsOf(Value value) => ShapeOf(value)[1];

    /// <summary>Appends any operation with one output.</summary>
    /// <exception cref="LiveCamException">The inputs do not fit it: the picture is too small, say.</exception>
    public Value Add(Op op, string name, params ReadOnlySpan<Value> inputs)
    {
        Value output = Graph.Add(op, name, 1, inputs)[0];
        var given = new ValueInfo?[inputs.Length];
        for (int i = 0; i < given.Length; i++)
            given[i] = inputs[i].Exists ? infos[inputs[i]] : null;
        var call = new InferCall(Graph.Nodes[^1], given);
        op.Infer(call);
        infos[output] = call.OutputInfo(0);
        return output;
    }

    /// <summary>Weights of the seed, unless another rule was chosen for all.</summary>
    public Value Weight(string name, Shape shape, Initializer rule) =>
        Parameter(name, shape, () => weights.Of(choice.Initializer ?? rule, name, shape));

    /// <summary>A parameter that starts as one number everywhere.</summary>
    public Value Filled(string name, Shape shape, float value) => Parameter(name, shape, () => SeededWeights.Constant(shape, value));

    /// <summary>Whole numbers an operation reads: a shape, axes, where to cut.</summary>
    public Value Numbers(string name, params ReadOnlySpan<long> numbers) => Fixed(name, Tensor.Of([numbers.Length], numbers));

    /// <summary>A constant that is no weight.</summary>
    public Value Fixed(string name, Tensor tensor)
    {
        Value value = Graph.Parameter(name, tensor);
        infos[value] = new(tensor.Type, tensor.Shape, tensor);
        return value;
    }

    /// <summary>Weights of the seed that are all positive: excitation that has not learned anything yet.</summary>
    public Value Small(string name, Shape shape, float largest) => Parameter(name, shape, () =>
    {
        Tensor tensor = weights.Of(Initializer.LeCun, name, shape);
        Span<float> elements = tensor.Span<float>();
        float most = 0;
        foreach (float element in elements) most = Math.Max(most, Math.Abs(element));
        for (int i = 0; i < elements.Length; i++) elements[i] = Math.Abs(elements[i]) * largest / most;
        return tensor;
    });

    /// <summary>A parameter and how its first elements are made.</summary>
    public Value Parameter(string name, Shape shape, Func<Tensor> first)
    {
        Value value = Graph.Parameter(new Parameter(name, ElementType.Float32, shape, first));
        infos[value] = new(ElementType.Float32, shape, null);
        return value;
    }
}
