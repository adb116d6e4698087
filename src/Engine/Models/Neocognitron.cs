using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// The neocognitron (Fukushima, "Neocognitron: a self-organizing neural network model for a mechanism of pattern recognition unaffected by shift in position", 1980; Fukushima and Miyake 1982): three stages of planes
/// of S-cells, which learn features without a teacher, and of C-cells, which answer to a feature wherever it is nearby. 16x16 pixels and 24 planes a stage as published. What is here is
/// the network; its learning, which reinforces the strongest cell of each plane, is not.
/// </summary>
/// <remarks>
/// S = r max(0, (1 + a*u) / (1 + 2r/(1+r) b v) - 1) with v = sqrt(c*u^2): a and b are learned, c is fixed and falls off from the middle. C = w / (1/2 + w), w = max(0, (1 + d*S) / (1 + m) - 1) with m the mean of
/// d*S over planes. Which windows lie at the borders is not known to us: here all are 5x5, S-planes keep their size, C-planes halve it, and the last C-cells see all of theirs.
/// </remarks>
internal static class Neocognitron
{
    public const string Features = "features";

    private const int Planes = 24, Stages = 3, Kernel = 5;
    private const float FirstSelectivity = 4, LaterSelectivity = 1.5f, Half = 0.5f, SmallWeights = 1e-2f;
    private const double FallOff = 0.9;

    public static NetworkFamily Family { get; } = new("neocognitron", "the neocognitron: three stages of S- and C-cells", "Fukushima 1980, Fukushima and Miyake 1982",
        new(Classes: Planes, Channels: 1, Size: 16, Width: Planes), Build) { Task = NetworkTask.Features, LeastSize = 8 };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Planes);
        int planes = layers.Wide(Planes);
        Value one = layers.Fixed("one", Tensor.Scalar(1f)), half = layers.Fixed("half", Tensor.Scalar(Half)), u = layers.Picture();
        for (int stage = 1; stage <= Stages; stage++)
            u = Complex(layers, stage, Simple(layers, stage, u, planes, one), planes, one, half);
        return layers.Finish(Features, layers.Flatten(Features, u));
    }

    private static Value Simple(LayerBuilder layers, int stage, Value u, int planes, Value one)
    {
        string name = $"S{stage}";
        int from = layers.ChannelsOf(u);
        float selectivity = stage == 1 ? FirstSelectivity : LaterSelectivity;
        Window window = Window.Square(Kernel, 1, Kernel / 2);
        Value excited = layers.Add(new Conv2d(window), $"{name}.excited", u, layers.Small($"{name}.excitation", [planes, from, Kernel, Kernel], SmallWeights));
        Value power = layers.Add(new Conv2d(window), $"V{stage}.power", layers.Product($"V{stage}.square", u, u), layers.Fixed($"V{stage}.fixed", Falling([1, from, Kernel, Kernel], sum: 1)));
        Value v = layers.Add(new Sqrt(), $"V{stage}", power);
        Value inhibited = layers.Product($"{name}.inhibited", v, layers.Filled($"{name}.inhibition", [planes, 1, 1], 0));
        inhibited = layers.Product($"{name}.weighed", inhibited, layers.Fixed($"{name}.ratio", Tensor.Scalar(2 * selectivity / (1 + selectivity))));
        Value above = Excess(layers, name, layers.Sum($"{name}.over", excited, one), layers.Sum($"{name}.under", inhibited, one), one);
        return layers.Product(name, above, layers.Fixed($"{name}.selectivity", Tensor.Scalar(selectivity)));
    }

    private static Value Complex(LayerBuilder layers, int stage, Value s, int planes, Value one, Value half)
    {
        string name = $"C{stage}";
        bool isLast = stage == Stages;
        int kernel = isLast ? layers.ShapeOf(s)[2] : Kernel;
        Window window = isLast ? Window.Square(kernel) : Window.Square(kernel, 2, kernel / 2);
        Value near = layers.Add(new Conv2d(window, planes), $"{name}.near", s, layers.Fixed($"{name}.fixed", Falling([planes, 1, kernel, kernel], sum: planes)));
        Value mean = layers.Add(new ReduceMean(), $"{name}.mean", near, layers.Numbers($"{name}.axis", 1));
        Value w = Excess(layers, name, layers.Sum($"{name}.over", near, one), layers.Sum($"{name}.under", mean, one), one);
        return layers.Add(new Div(), name, w, layers.Sum($"{name}.limit", w, half));
    }

    /// <summary>max(0, over / under - 1)</summary>
    private static Value Excess(LayerBuilder layers, string name, Value over, Value under, Value one) =>
        layers.Relu($"{name}.excess", layers.Add(new Sub(), $"{name}.less", layers.Add(new Div(), $"{name}.shunted", over, under), one));

    /// <summary>Weights that fall off with the distance from the middle.</summary>
    /// <param name="sum">Of all.</param>
    private static Tensor Falling(Shape shape, double sum)
    {
        var tensor = new Tensor(ElementType.Float32, shape);
        Span<float> weights = tensor.Span<float>();
        int size = shape[3];
        double middle = (size - 1) / 2.0, total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double x = i % size - middle, y = i / size % size - middle;
            total += weights[i] = (float)Math.Pow(FallOff, Math.Sqrt(x * x + y * y));
        }
        for (int i = 0; i < weights.Length; i++) weights[i] = (float)(weights[i] * sum / total);
        return tensor;
    }
}
