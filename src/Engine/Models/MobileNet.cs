using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// MobileNet (Howard and others, "MobileNets: efficient convolutional neural networks for mobile vision applications", 2017, table 1): depthwise
/// and 1x1 convolutions by turns; 4,231,976 parameters. MobileNetV2 (Sandler, Howard, Zhu, Zhmoginov and Chen, "MobileNetV2: inverted residuals and
/// linear bottlenecks", 2018, table 2): blocks that are narrow outside, six times as wide inside, and end without a non-linearity; 3,504,872
/// parameters.
/// </summary>
internal static class MobileNet
{
    private const int Width = 32;

    public static NetworkFamily First { get; } = new("mobilenetv1", "MobileNet: thirteen depthwise separable convolutions", "Howard and others 2017",
        new(Classes: 1000, Channels: 3, Size: 224, Width), BuildFirst) { LeastSize = 32, Recipe = FamilyRecipe.Normalized };

    public static NetworkFamily Second { get; } = new("mobilenetv2", "MobileNetV2: inverted residual blocks", "Sandler and others 2018",
        new(Classes: 1000, Channels: 3, Size: 224, Width), BuildSecond) { LeastSize = 32, Recipe = FamilyRecipe.Normalized };

    private static readonly (int Channels, int Stride)[] Separable =
        [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1), (512, 1), (512, 1), (512, 1), (512, 1), (1024, 2), (1024, 1)];

    private static readonly (int Expand, int Channels, int Repeat, int Stride)[] Inverted =
        [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    private static Graph BuildFirst(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.Unit("conv1", layers.Picture(), layers.Wide(Width), 3, 2, 1);
        foreach ((int i, (int channels, int stride)) in Separable.Index())
        {
            x = layers.Unit($"block{i + 1}.depthwise", x, layers.ChannelsOf(x), 3, stride, 1, layers.ChannelsOf(x));
            x = layers.Unit($"block{i + 1}.project", x, layers.Wide(channels), 1);
        }
        return layers.PooledClassifier(x);
    }

    private static Graph BuildSecond(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = Unit("conv1", layers.Picture(), layers.Wide(Width), 3, 2, 1);
        int number = 0;
        foreach ((int expand, int channels, int repeat, int firstStride) in Inverted)
            for (int i = 0; i < repeat; i++)
            {
                string name = $"block{++number}";
                int from = layers.ChannelsOf(x), stride = i == 0 ? firstStride : 1;
                Value y = expand == 1 ? x : Unit($"{name}.expand", x, from * expand, 1);
                y = Unit($"{name}.depthwise", y, from * expand, 3, stride, from * expand);
                y = layers.Linear($"{name}.project", y, layers.Wide(channels), 1);
                x = stride == 1 && layers.ChannelsOf(y) == from ? layers.Sum($"{name}.sum", x, y) : y;
            }
        x = Unit("conv2", x, layers.Wide(1280), 1);
        return layers.Classifier(layers.Dropout("drop", layers.Flatten("flat", layers.Average("average", x)), 0.2f));

        Value Unit(string name, Value from, int to, int kernel, int stride = 1, int groups = 1) =>
            layers.Add(new Clip(0, 6), $"{name}.relu6", layers.Linear(name, from, to, kernel, stride, kernel / 2, groups));
    }
}
