using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// Residual networks (He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016): blocks of two 3x3 convolutions, or of 1x1, 3x3 and 1x1 with a
/// quarter of the channels inside. Where a block changes the shape its shortcut is a 1x1 convolution with normalization: the paper's option B,
/// also for CIFAR, where the paper has option A (cut and padded with zeros), which is 2,752 parameters less. The stride of a block with 1x1 convolutions is in its
/// 3x3 convolution, as has become usual. SE-ResNet-50 weighs the channels of each block by what two fully connected layers make of their means (Hu, Shen and
/// Sun, "Squeeze-and-excitation networks", 2018, figure 3).
/// </summary>
internal static class ResNet
{
    private const int CifarWidth = 16, ImageNetWidth = 64, Expansion = 4, Reduction = 16;

    /// <summary>Below this the stem of ImageNet (stride 4 in all) would leave too few pixels for four stages.</summary>
    private const int LeastSizeForStem = 64;

    private const string He = "He, Zhang, Ren and Sun 2016";

    /// <summary>Section 4.2: 6n + 2 layers; a 3x3 convolution and three stages of n blocks, 16, 32 and 64 channels wide.</summary>
    public static IReadOnlyList<NetworkFamily> Cifar { get; } =
    [
        .. new[] { 20, 32, 44, 56, 110 }.Select(depth => new NetworkFamily($"resnet{depth}", $"ResNet-{depth} for CIFAR with projection shortcuts", He,
            new(Classes: 10, Channels: 3, Size: 32, CifarWidth), choice => Narrow(choice, (depth - 2) / 6)) { LeastSize = 8, Recipe = FamilyRecipe.Normalized }),
    ];

    /// <summary>Table 1: a 7x7 convolution, pooling, and four stages, 64 to 512 channels wide.</summary>
    public static IReadOnlyList<NetworkFamily> ImageNet { get; } =
    [
        Deep("resnet18", "ResNet-18; pictures below 64 pixels keep their resolution in the first layers", He, new([2, 2, 2, 2], IsBottleneck: false)),
        Deep("resnet34", "ResNet-34: four stages of 3, 4, 6 and 3 residual blocks", He, new([3, 4, 6, 3], IsBottleneck: false)),
        Deep("resnet50", "ResNet-50: 3, 4, 6 and 3 blocks of 1x1, 3x3 and 1x1 convolutions", He, new([3, 4, 6, 3])),
        Deep("resnet101", "ResNet-101: 3, 4, 23 and 3 blocks of 1x1, 3x3 and 1x1 convolutions", He, new([3, 4, 23, 3])),
        Deep("resnet152", "ResNet-152: 3, 8, 36 and 3 blocks of 1x1, 3x3 and 1x1 convolutions", He, new([3, 8, 36, 3])),
        Deep("se-resnet50", "ResNet-50 whose blocks weigh their channels", "Hu, Shen and Sun 2018", new([3, 4, 6, 3], Squeezes: true)),
    ];

    /// <param name="Repeats">Blocks of each stage.</param>
    private sealed record Form(int[] Repeats, bool IsBottleneck = true, bool Squeezes = false);

    private static NetworkFamily Deep(string name, string description, string source, Form form) => new(name, description, source,
        new(Classes: 1000, Channels: 3, Size: 224, ImageNetWidth), choice => Build(choice, form)) { LeastSize = 8, Recipe = FamilyRecipe.Normalized };

    private static Graph Narrow(NetworkChoice choice, int blocks)
    {
        var layers = new LayerBuilder(choice, CifarWidth);
        Value x = layers.Unit("conv1", layers.Picture(), layers.Wide(CifarWidth), 3, pad: 1);
        return Finish(layers, x, CifarWidth, new([blocks, blocks, blocks], IsBottleneck: false));
    }

    private static Graph Build(NetworkChoice choice, Form form)
    {
        var layers = new LayerBuilder(choice, ImageNetWidth);
        Value x = layers.Picture();
        x = choice.Size < LeastSizeForStem ? layers.Unit("conv1", x, layers.Wide(ImageNetWidth), 3, pad: 1)
            : layers.MaxPool("pool1", layers.Unit("conv1", x, layers.Wide(ImageNetWidth), 7, 2, 3), 3, 2, 1);
        return Finish(layers, x, ImageNetWidth, form);
    }

    private static Graph Finish(LayerBuilder layers, Value x, int width, Form form)
    {
        foreach ((int stage, int blocks) in form.Repeats.Index())
            for (int block = 0; block < blocks; block++)
                x = Block(layers, $"stage{stage + 1}.block{block + 1}", x, layers.Wide(width << stage), stage > 0 && block == 0 ? 2 : 1, form);
        return layers.PooledClassifier(x);
    }

    private static Value Block(LayerBuilder layers, string name, Value x, int inner, int stride, Form form)
    {
        int to = form.IsBottleneck ? inner * Expansion : inner;
        Value y = form.IsBottleneck ? Part(3, Relu(2, Part(2, Relu(1, Part(1, x, inner, 1, 1)), inner, 3, stride)), to, 1, 1)
            : Part(2, Relu(1, Part(1, x, inner, 3, stride)), inner, 3, 1);
        if (form.Squeezes) y = Weighed(layers, $"{name}.weigh", y);
        Value shortcut = x;
        if (stride != 1 || layers.ChannelsOf(x) != to)
            shortcut = layers.Linear($"{name}.shortcut", x, to, 1, stride);
        return Relu(form.IsBottleneck ? 3 : 2, layers.Sum($"{name}.sum", y, shortcut));

        Value Part(int number, Value from, int channels, int kernel, int step) =>
            layers.Normalization($"{name}.norm{number}", layers.Convolution($"{name}.conv{number}", from, channels, kernel, step, kernel / 2, hasBias: false));
        Value Relu(int number, Value from) => layers.Relu($"{name}.relu{number}", from);
    }

    /// <summary>The channels times a number each, between 0 and 1, that depends on the means of all.</summary>
    private static Value Weighed(LayerBuilder layers, string name, Value x)
    {
        int channels = layers.ChannelsOf(x);
        Value y = layers.Relu($"{name}.relu", layers.Convolution($"{name}.squeeze", layers.Average($"{name}.mean", x), Math.Max(1, channels / Reduction), 1));
        y = layers.Add(new Sigmoid(), $"{name}.sigmoid", layers.Convolution($"{name}.excite", y, channels, 1, rule: Initializer.Glorot));
        return layers.Product(name, x, y);
    }
}
