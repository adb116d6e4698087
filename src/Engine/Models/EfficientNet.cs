using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// EfficientNet-B0 (Tan and Le, "EfficientNet: rethinking model scaling for convolutional neural networks", 2019, table 1): MobileNetV2's blocks with weighed channels and
/// swish. 5,288,548 parameters.
/// </summary>
internal static class EfficientNet
{
    private const int Width = 32, Reduction = 4;
    private const float Epsilon = 1e-3f;

    private static readonly (int Expand, int Kernel, int Channels, int Repeat, int Stride)[] Stages =
        [(1, 3, 16, 1, 1), (6, 3, 24, 2, 2), (6, 5, 40, 2, 2), (6, 3, 80, 3, 2), (6, 5, 112, 3, 1), (6, 5, 192, 4, 2), (6, 3, 320, 1, 1)];

    public static NetworkFamily Family { get; } = new("efficientnet-b0", "EfficientNet-B0: inverted residual blocks with weighed channels and swish", "Tan and Le 2019",
        new(Classes: 1000, Channels: 3, Size: 224, Width), Build) { LeastSize = 32, Recipe = FamilyRecipe.Adaptive };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = Unit("conv1", layers.Picture(), layers.Wide(Width), 3, 2);
        foreach ((int stage, (int expand, int kernel, int channels, int repeat, int firstStride)) in Stages.Index())
            for (int i = 0; i < repeat; i++)
            {
                string name = $"stage{stage + 1}.block{i + 1}";
                int from = layers.ChannelsOf(x), stride = i == 0 ? firstStride : 1;
                Value y = expand == 1 ? x : Unit($"{name}.expand", x, from * expand, 1);
                y = Unit($"{name}.depthwise", y, from * expand, kernel, stride, from * expand);
                y = Weighed(layers, $"{name}.weigh", y, Math.Max(1, from / Reduction));
                y = Linear($"{name}.project", y, layers.Wide(channels), 1);
                x = stride == 1 && layers.ChannelsOf(y) == from ? layers.Sum($"{name}.sum", x, y) : y;
            }
        x = layers.Flatten("flat", layers.Average("average", Unit("conv2", x, layers.Wide(1280), 1)));
        return layers.Classifier(layers.Dropout("drop", x, 0.2f));

        Value Linear(string name, Value from, int to, int kernel, int stride = 1, int groups = 1) =>
            layers.Normalization($"{name}.norm", layers.Convolution(name, from, to, kernel, stride, kernel / 2, groups, hasBias: false), Epsilon);
        Value Unit(string name, Value from, int to, int kernel, int stride = 1, int groups = 1) => Swish(layers, $"{name}.swish", Linear(name, from, to, kernel, stride, groups));
    }

    private static Value Weighed(LayerBuilder layers, string name, Value x, int narrow)
    {
        Value y = Swish(layers, $"{name}.swish", layers.Convolution($"{name}.squeeze", layers.Average($"{name}.mean", x), narrow, 1));
        y = layers.Add(new Sigmoid(), $"{name}.sigmoid", layers.Convolution($"{name}.excite", y, layers.ChannelsOf(x), 1, rule: Initializer.Glorot));
        return layers.Product(name, x, y);
    }

    /// <summary>x sigmoid(x).</summary>
    private static Value Swish(LayerBuilder layers, string name, Value x) => layers.Product(name, x, layers.Add(new Sigmoid(), $"{name}.sigmoid", x));
}
