using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// The six columns of Simonyan and Zisserman ("Very deep convolutional networks for large-scale image recognition", 2015, table 1): five
/// stages of 3x3 convolutions with max pooling between, then 4096, 4096 and the classes. A, A-LRN with one local response normalization, B, C whose third
/// convolutions are 1x1, D and E.
/// </summary>
internal static class Vgg
{
    private const int Width = 64, Units = 4096;

    private static readonly int[] Channels = [64, 128, 256, 512, 512];

    public static IReadOnlyList<NetworkFamily> Families { get; } =
    [
        Column("vgg11", "VGG A: eight 3x3 convolutions, three fully connected layers", new([1, 1, 2, 2, 2])),
        Column("vgg11-lrn", "VGG A-LRN: A with local response normalization", new([1, 1, 2, 2, 2], HasResponse: true)),
        Column("vgg13", "VGG B: ten 3x3 convolutions, three fully connected layers", new([2, 2, 2, 2, 2])),
        Column("vgg16-1x1", "VGG C: thirteen convolutions, three of them 1x1", new([2, 2, 3, 3, 3], Third: 1)),
        Column("vgg16", "VGG D: thirteen 3x3 convolutions, three fully connected layers", new([2, 2, 3, 3, 3])),
        Column("vgg19", "VGG E: sixteen 3x3 convolutions, three fully connected layers", new([2, 2, 4, 4, 4])),
    ];

    /// <param name="Repeats">Convolutions of each stage.</param>
    /// <param name="Third">The kernel of a stage's third convolution.</param>
    internal sealed record Form(int[] Repeats, int Third = 3, bool HasResponse = false);

    private static NetworkFamily Column(string name, string description, Form form) => new(name, description, "Simonyan and Zisserman 2015",
        new(Classes: 1000, Channels: 3, Size: 224, Width), choice => Build(choice, form)) { LeastSize = 32, Recipe = FamilyRecipe.Plain };

    private static Graph Build(NetworkChoice choice, Form form)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.Flatten("flat", Stages(layers, layers.Picture(), form, (_, _) => { }));
        for (int i = 6; i <= 7; i++)
            x = layers.Dropout($"drop{i}", layers.Relu($"fc{i}.relu", layers.Dense($"fc{i}", x, layers.Wide(Units))));
        return layers.Classifier(x);
    }

    /// <summary>The convolutions of a column.</summary>
    /// <param name="pooled">Told of each stage's number and its pooled maps.</param>
    /// <param name="firstPad">The border of the first convolution.</param>
    /// <param name="ceil">Whether pooling keeps an odd last row and column.</param>
    internal static Value Stages(LayerBuilder layers, Value x, Form form, Action<int, Value> pooled, int firstPad = 1, bool ceil = false)
    {
        for (int stage = 1; stage <= Channels.Length; stage++)
        {
            for (int i = 1; i <= form.Repeats[stage - 1]; i++)
            {
                int kernel = i == 3 ? form.Third : 3;
                string name = $"conv{stage}_{i}";
                x = layers.Relu($"{name}.relu", layers.Convolution(name, x, layers.Wide(Channels[stage - 1]), kernel, pad: stage == 1 && i == 1 ? firstPad : kernel / 2));
                if (form.HasResponse && stage == 1) x = layers.Add(new Lrn(Size: 5, Alpha: 5e-4f, Beta: 0.75f, Bias: 2), "norm1", x);
            }
            x = layers.MaxPool($"pool{stage}", x, 2, 2, ceil: ceil);
            pooled(stage, x);
        }
        return x;
    }

    /// <summary>Column D, which other networks begin with.</summary>
    internal static Form Sixteen { get; } = new([2, 2, 3, 3, 3]);
}
