using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>The layers networks are made of.</summary>
internal sealed partial class LayerBuilder
{
    /// <summary>A square convolution. Without a bias where a normalization follows, which has one.</summary>
    public Value Convolution(string name, Value x, int to, int kernel, int stride = 1, int pad = 0, int groups = 1, bool hasBias = true, Initializer rule = Initializer.He) =>
        Convolution(name, x, to, Window.Square(kernel, stride, pad), groups, hasBias, rule);

    /// <summary>A convolution over one to three axes, as many as the window has.</summary>
    public Value Convolution(string name, Value x, int to, Window window, int groups = 1, bool hasBias = true, Initializer rule = Initializer.He)
    {
        Value w = Weight($"{name}.weight", Shape.Create([to, ChannelsOf(x) / groups, .. window.Kernel]), rule);
        return hasBias ? Add(new Conv2d(window, groups), name, x, w, Filled($"{name}.bias", [to], 0)) : Add(new Conv2d(window, groups), name, x, w);
    }

    /// <summary>Every channel by itself.</summary>
    public Value Depthwise(string name, Value x, int kernel, int stride = 1, bool hasBias = false) =>
        Convolution(name, x, ChannelsOf(x), kernel, stride, kernel / 2, ChannelsOf(x), hasBias);

    /// <summary>Starts as the identity on normalized values: scale 1, shift 0, running mean 0, running variance 1.</summary>
    public Value Normalization(string name, Value x, float epsilon = 1e-5f)
    {
        Shape each = [ChannelsOf(x)];
        return Add(new BatchNormalization(epsilon), name, x, Filled($"{name}.scale", each, 1), Filled($"{name}.shift", each, 0), Filled($"{name}.mean", each, 0), Filled($"{name}.variance", each, 1));
    }

    /// <summary>A convolution without bias, its normalization <c>name.norm</c>, and a ReLU <c>name.relu</c>.</summary>
    public Value Unit(string name, Value x, int to, int kernel, int stride = 1, int pad = 0, int groups = 1) => Relu($"{name}.relu", Linear(name, x, to, kernel, stride, pad, groups));

    /// <summary>A convolution without bias and its normalization <c>name.norm</c>.</summary>
    public Value Linear(string name, Value x, int to, int kernel, int stride = 1, int pad = 0, int groups = 1) =>
        Normalization($"{name}.norm", Convolution(name, x, to, kernel, stride, pad, groups, hasBias: false));

    public Value Relu(string name, Value x) => Add(new Relu(), name, x);
    public Value Sum(string name, Value a, Value b) => Add(new Add(), name, a, b);
    public Value Product(string name, Value a, Value b) => Add(new Mul(), name, a, b);
    public Value Together(string name, params ReadOnlySpan<Value> parts) => Add(new Concat(1), name, parts);
    public Value Average(string name, Value x) => Add(new GlobalAveragePool(), name, x);
    public Value Flatten(string name, Value x) => Add(new Flatten(), name, x);
    public Value Dropout(string name, Value x, float ratio = 0.5f) => Add(new Dropout(Ratio: ratio), name, x);

    /// <param name="ceil">Whether a window that begins inside and ends outside counts.</param>
    public Value MaxPool(string name, Value x, int kernel, int stride, int pad = 0, bool ceil = false) =>
        Add(new MaxPool(Window.Square(kernel, stride, pad) with { CeilMode = ceil }), name, x);

    public Value AveragePool(string name, Value x, int kernel, int stride, int pad = 0) => Add(new AveragePool(Window.Square(kernel, stride, pad)), name, x);

    /// <summary>A fully connected layer; maps are flattened first.</summary>
    public Value Dense(string name, Value x, int to, Initializer rule = Initializer.He)
    {
        if (ShapeOf(x).Rank > 2) x = Flatten($"{name}.flat", x);
        return Add(new Gemm(TransposeB: true), name, x, Weight($"{name}.weight", [to, ChannelsOf(x)], rule), Filled($"{name}.bias", [to], 0));
    }

    /// <summary>A fully connected layer along the last axis, for each place by itself.</summary>
    public Value EachDense(string name, Value x, int to, Initializer rule = Initializer.He)
    {
        int from = ShapeOf(x)[ShapeOf(x).Rank - 1];
        string weight = $"{name}.weight";
        // A matrix product has the inputs first; what a unit sees is still what its weights are scaled by.
        Value w = Parameter(weight, [from, to], () => weights.Of(choice.Initializer ?? rule, weight, [to, from]).Reshaped([from, to]));
        return Sum(name, Add(new MatMul(), $"{name}.product", x, w), Filled($"{name}.bias", [to], 0));
    }

    /// <summary>The last axis with mean 0 and variance 1, scaled and shifted.</summary>
    public Value LayerNorm(string name, Value x, float epsilon)
    {
        Shape each = [ShapeOf(x)[ShapeOf(x).Rank - 1]];
        return Add(new LayerNormalization(-1, epsilon), name, x, Filled($"{name}.scale", each, 1), Filled($"{name}.shift", each, 0));
    }

    /// <summary>Channels <paramref name="from"/> to before <paramref name="to"/>.</summary>
    public Value Channels(string name, Value x, int from, int to) =>
        Add(new Slice(), name, x, Numbers($"{name}.from", from), Numbers($"{name}.to", to), Numbers($"{name}.axis", 1));

    /// <summary>The last layer, and the network's output.</summary>
    public Graph Classifier(Value x) => Finish(Output, Dense(Output, x, choice.Classes, Initializer.Glorot));

    /// <summary>The mean of each channel and the last layer.</summary>
    public Graph PooledClassifier(Value x) => Classifier(Flatten("flat", Average("average", x)));

    /// <summary>Names the network's output.</summary>
    public Graph Finish(string name, Value output)
    {
        Graph.Output(name, output);
        return Graph;
    }
}
