using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// MobileNetV3 (Howard and others, "Searching for MobileNetV3", 2019, tables 1 and 2): inverted residual blocks, found by search, of kernels 3 and 5, some
/// with weighed channels; hard swish in the later ones; a last layer moved behind the pooling. 5,483,032 parameters large, 2,542,856 small.
/// </summary>
internal static class MobileNetV3
{
    private const int Width = 16;

    /// <summary>Of normalizations, as the authors train it.</summary>
    private const float Epsilon = 1e-3f;

    public static NetworkFamily Large { get; } = Family("mobilenetv3-large", "MobileNetV3-Large: fifteen inverted residual blocks, hard swish", new(960, 1280,
    [
        new(3, 16, 16, false, false, 1), new(3, 64, 24, false, false, 2), new(3, 72, 24, false, false, 1),
        new(5, 72, 40, true, false, 2), new(5, 120, 40, true, false, 1), new(5, 120, 40, true, false, 1),
        new(3, 240, 80, false, true, 2), new(3, 200, 80, false, true, 1), new(3, 184, 80, false, true, 1), new(3, 184, 80, false, true, 1),
        new(3, 480, 112, true, true, 1), new(3, 672, 112, true, true, 1), new(5, 672, 160, true, true, 2), new(5, 960, 160, true, true, 1), new(5, 960, 160, true, true, 1),
    ]));

    public static NetworkFamily Small { get; } = Family("mobilenetv3-small", "MobileNetV3-Small: eleven inverted residual blocks, hard swish", new(576, 1024,
    [
        new(3, 16, 16, true, false, 2), new(3, 72, 24, false, false, 2), new(3, 88, 24, false, false, 1),
        new(5, 96, 40, true, true, 2), new(5, 240, 40, true, true, 1), new(5, 240, 40, true, true, 1),
        new(5, 120, 48, true, true, 1), new(5, 144, 48, true, true, 1), new(5, 288, 96, true, true, 2), new(5, 576, 96, true, true, 1), new(5, 576, 96, true, true, 1),
    ]));

    private sealed record Block(int Kernel, int Inner, int To, bool Weighs, bool IsHard, int Stride);

    /// <param name="Last">Channels of the last convolution.</param>
    /// <param name="Units">Of the layer behind the pooling.</param>
    private sealed record Form(int Last, int Units, Block[] Blocks);

    private static NetworkFamily Family(string name, string description, Form form) => new(name, description, "Howard and others 2019",
        new(Classes: 1000, Channels: 3, Size: 224, Width), choice => Build(choice, form)) { LeastSize = 32, Recipe = FamilyRecipe.Adaptive };

    private static Graph Build(NetworkChoice choice, Form form)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = Unit("conv1", layers.Picture(), Width, 3, 2, 1, true);
        foreach ((int i, Block block) in form.Blocks.Index())
        {
            string name = $"block{i + 1}";
            int from = layers.ChannelsOf(x);
            // The first block of the large network has nothing to expand.
            Value y = layers.Wide(block.Inner) == from ? x : Unit($"{name}.expand", x, block.Inner, 1, 1, 1, block.IsHard);
            y = Unit($"{name}.depthwise", y, block.Inner, block.Kernel, block.Stride, layers.ChannelsOf(y), block.IsHard);
            if (block.Weighs) y = Weighed(layers, $"{name}.weigh", y, block.Inner);
            y = Linear($"{name}.project", y, block.To, 1);
            x = block.Stride == 1 && layers.ChannelsOf(y) == from ? layers.Sum($"{name}.sum", x, y) : y;
        }
        x = layers.Average("average", Unit("conv2", x, form.Last, 1, 1, 1, true));
        x = layers.Add(new HardSwish(), "fc1.swish", layers.Dense("fc1", layers.Flatten("flat", x), layers.Wide(form.Units)));
        return layers.Classifier(layers.Dropout("drop", x, 0.2f));

        Value Linear(string name, Value from, int to, int kernel, int stride = 1, int groups = 1) => layers.Normalization($"{name}.norm",
            layers.Convolution(name, from, groups > 1 ? groups : layers.Wide(to), kernel, stride, kernel / 2, groups, hasBias: false), Epsilon);
        Value Unit(string name, Value from, int to, int kernel, int stride, int groups, bool isHard) =>
            isHard ? layers.Add(new HardSwish(), $"{name}.swish", Linear(name, from, to, kernel, stride, groups)) : layers.Relu($"{name}.relu", Linear(name, from, to, kernel, stride, groups));
    }

    /// <summary>As in SE-ResNet, with a quarter of the channels (a multiple of 8) between, and a hard sigmoid.</summary>
    private static Value Weighed(LayerBuilder layers, string name, Value x, int inner)
    {
        Value y = layers.Relu($"{name}.relu", layers.Convolution($"{name}.squeeze", layers.Average($"{name}.mean", x), layers.Wide(Eights(inner / 4)), 1));
        y = layers.Add(new HardSigmoid(Alpha: 1f / 6, Beta: 0.5f), $"{name}.sigmoid", layers.Convolution($"{name}.excite", y, layers.ChannelsOf(x), 1, rule: Initializer.Glorot));
        return layers.Product(name, x, y);
    }

    /// <summary>The nearest multiple of 8 that is not more than a tenth smaller.</summary>
    private static int Eights(int channels)
    {
        int rounded = Math.Max(8, (channels + 4) / 8 * 8);
        return rounded < 0.9 * channels ? rounded + 8 : rounded;
    }
}
