using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// DenseNet-121 (Huang, Liu, van der Maaten and Weinberger, "Densely connected convolutional networks", 2017, table 1): every layer of a block sees all before it
/// and adds 32 channels; between blocks a 1x1 convolution halves the channels and pooling the pixels. 7,978,856 parameters.
/// </summary>
internal static class DenseNet
{
    private const int Width = 64, Growth = 32, Bottleneck = 4;

    private static readonly int[] Repeats = [6, 12, 24, 16];

    public static NetworkFamily Family { get; } = new("densenet121", "DenseNet-121: four blocks whose layers see all layers before them", "Huang, Liu, van der Maaten and Weinberger 2017",
        new(Classes: 1000, Channels: 3, Size: 224, Width), Build) { LeastSize = 32, Recipe = FamilyRecipe.Normalized };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.MaxPool("pool1", layers.Unit("conv1", layers.Picture(), layers.Wide(Width), 7, 2, 3), 3, 2, 1);
        foreach ((int block, int repeats) in Repeats.Index())
        {
            for (int i = 1; i <= repeats; i++)
            {
                string name = $"block{block + 1}.layer{i}";
                Value y = layers.Unit($"{name}.conv1", Active(layers, name, x), layers.Wide(Growth) * Bottleneck, 1);
                x = layers.Together($"{name}.all", x, layers.Convolution($"{name}.conv2", y, layers.Wide(Growth), 3, pad: 1, hasBias: false));
            }
            x = Active(layers, $"block{block + 1}", x);
            if (block < Repeats.Length - 1)
                x = layers.AveragePool($"transition{block + 1}.pool", layers.Convolution($"transition{block + 1}", x, layers.ChannelsOf(x) / 2, 1, hasBias: false), 2, 2);
        }
        return layers.PooledClassifier(x);
    }

    private static Value Active(LayerBuilder layers, string name, Value x) => layers.Relu($"{name}.relu", layers.Normalization($"{name}.norm", x));
}
