using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// Appends layers to a graph. A layer's name is that of its node and of its result; its parameters are called <c>name.weight</c>,
/// <c>name.bias</c>, and of a normalization <c>name.scale</c>, <c>.shift</c>, <c>.mean</c>, <c>.variance</c>.
/// </summary>
internal sealed class LayerBuilder(NetworkChoice choice)
{
    /// <summary>The name of a network's input: N,C,H,W with N open.</summary>
    public const string Input = "picture";

    /// <summary>The name of a network's output: N by classes, before any softmax.</summary>
    public const string Output = "logits";

    private readonly SeededWeights weights = new(choice.Seed);

    public Graph Graph { get; } = new();

    public Value Picture() => Graph.Input(Input, ElementType.Float32, [-1, choice.Channels, choice.Size, choice.Size]);

    /// <summary>A square convolution. Without a bias where a normalization follows, which has one.</summary>
    public Value Convolution(string name, Value x, int from, int to, int kernel, int stride = 1, int pad = 0, bool hasBias = true)
    {
        string weight = $"{name}.weight";
        Value w = Graph.Parameter(weight, weights.He(weight, [to, from, kernel, kernel]));
        var op = new Conv2d(kernel, stride, pad);
        return hasBias
            ? Graph.Add(op, name, 1, x, w, Constant($"{name}.bias", to, 0))[0]
            : Graph.Add(op, name, 1, x, w)[0];
    }

    /// <summary>Starts as the identity on normalized values: scale 1, shift 0, running mean 0, running variance 1.</summary>
    public Value Normalization(string name, Value x, int channels) => Graph.Add(new BatchNormalization(), name, 1, x,
        Constant($"{name}.scale", channels, 1), Constant($"{name}.shift", channels, 0),
        Constant($"{name}.mean", channels, 0), Constant($"{name}.variance", channels, 1))[0];

    public Value Relu(string name, Value x) => Graph.Add(new Relu(), name, 1, x)[0];
    public Value Sum(string name, Value a, Value b) => Graph.Add(new Add(), name, 1, a, b)[0];
    public Value MaxPool(string name, Value x, int kernel, int stride, int pad = 0) => Graph.Add(new MaxPool(Window.Square(kernel, stride, pad)), name, 1, x)[0];
    public Value Average(string name, Value x) => Graph.Add(new GlobalAveragePool(), name, 1, x)[0];
    public Value Flatten(string name, Value x) => Graph.Add(new Flatten(), name, 1, x)[0];

    /// <summary>A fully connected layer that a ReLU follows.</summary>
    public Value Dense(string name, Value x, int from, int to) => Dense(name, x, to, weights.He($"{name}.weight", [to, from]));

    /// <summary>The last layer, and the network's output.</summary>
    public Graph Classifier(Value x, int from)
    {
        Value logits = Dense(Output, x, choice.Classes, weights.Glorot($"{Output}.weight", [choice.Classes, from]));
        Graph.Output(Output, logits);
        return Graph;
    }

    private Value Dense(string name, Value x, int to, Tensor weight) => Graph.Add(
        new Gemm(TransposeB: true), name, 1, x, Graph.Parameter($"{name}.weight", weight), Constant($"{name}.bias", to, 0))[0];

    private Value Constant(string name, int count, float value) => Graph.Parameter(name, SeededWeights.Constant([count], value));
}
