using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// Networks that give every pixel its class (Long, Shelhamer and Darrell, "Fully convolutional networks for semantic segmentation", 2015): VGG D whose fully connected layers are 7x7 and 1x1
/// convolutions, then maps of the classes, enlarged 32 times (FCN-32s), or first twice and added to those of the fourth pooling (16s) and twice again and added to those of the third (8s). 134 million
/// parameters (table 1), here 134,346,581 before the enlarging kernels, one a class, which start as linear interpolation.
/// </summary>
/// <remarks>As in the authors' network the first convolution has a border of 100, and maps are cut where they meet and at the end.</remarks>
internal static class FullyConvolutional
{
    /// <summary>Scores of each class for each pixel: N, classes, H, W.</summary>
    public const string Output = "scores";

    private const int Width = 64, Units = 4096, Border = 100, LastCut32 = 19, LastCut16 = 27, LastCut8 = 31, Cut4 = 5, Cut3 = 9;

    public static IReadOnlyList<NetworkFamily> Families { get; } = [Family("fcn32s", 32), Family("fcn16s", 16), Family("fcn8s", 8)];

    private static NetworkFamily Family(string name, int stride) => new(name, $"FCN-{stride}s: classes of pixels, from maps with a stride of {stride}", "Long, Shelhamer and Darrell 2015",
        new(Classes: 21, Channels: 3, Size: 500, Width), choice => Build(choice, stride)) { Task = NetworkTask.Segmentation, LeastSize = 16 };

    private static Graph Build(NetworkChoice choice, int stride)
    {
        var layers = new LayerBuilder(choice, Width);
        var pooled = new Dictionary<int, Value>();
        Value x = Vgg.Stages(layers, layers.Picture(), Vgg.Sixteen, (stage, maps) => pooled[stage] = maps, Border, ceil: true);
        x = layers.Dropout("drop6", layers.Relu("fc6.relu", layers.Convolution("fc6", x, layers.Wide(Units), 7)));
        x = layers.Dropout("drop7", layers.Relu("fc7.relu", layers.Convolution("fc7", x, layers.Wide(Units), 1)));
        x = layers.Convolution("score", x, choice.Classes, 1, rule: Initializer.Glorot);
        if (stride <= 16) x = Joined("pool4", x, pooled[4], Cut4);
        if (stride <= 8) x = Joined("pool3", x, pooled[3], Cut3);
        x = Enlarged($"large{stride}", x, stride);
        return layers.Finish(Output, Cut(Output, x, stride switch { 32 => LastCut32, 16 => LastCut16, _ => LastCut8 }, choice.Size));

        Value Joined(string name, Value coarse, Value fine, int cut)
        {
            Value large = Enlarged($"{name}.large", coarse, 2);
            return layers.Sum($"{name}.sum", large, Cut($"{name}.cut", layers.Convolution($"{name}.score", fine, choice.Classes, 1, rule: Initializer.Glorot), cut, layers.ShapeOf(large)[2]));
        }

        Value Cut(string name, Value maps, int from, int size) => layers.Add(new Slice(), name, maps,
            layers.Numbers($"{name}.from", from, from), layers.Numbers($"{name}.to", from + size, from + size), layers.Numbers($"{name}.axes", 2, 3));

        Value Enlarged(string name, Value maps, int times) => layers.Add(new ConvTranspose(Window.Square(2 * times, times), Groups: choice.Classes), name, maps,
            layers.Parameter($"{name}.kernel", [choice.Classes, 1, 2 * times, 2 * times], () => Linear(choice.Classes, times)));
    }

    /// <summary>Kernels that interpolate linearly when they enlarge so many times.</summary>
    private static Tensor Linear(int classes, int times)
    {
        int size = 2 * times;
        double center = times - 0.5;
        var kernels = new Tensor(ElementType.Float32, [classes, 1, size, size]);
        Span<float> weights = kernels.Span<float>();
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (float)((1 - Math.Abs(i % size - center) / times) * (1 - Math.Abs(i / size % size - center) / times));
        return kernels;
    }
}
