using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// ConvNeXt-T (Liu, Mao, Wu, Feichtenhofer, Darrell and Xie, "A ConvNet for the 2020s", 2022, figure 4 and table 9): patches of 4x4 pixels; blocks of a 7x7 depthwise convolution, layer
/// normalization over channels, four times as many channels with GELU, and back, scaled channel by channel; 2x2 convolutions between stages. 28,589,128 parameters.
/// </summary>
/// <remarks>Inside a block maps are N,H,W,C, so that a fully connected layer sees a pixel's channels. Its stochastic depth belongs to training.</remarks>
internal static class ConvNext
{
    private const int Width = 96, Expansion = 4;
    private const float Epsilon = 1e-6f, FirstScale = 1e-6f;

    private static readonly int[] Repeats = [3, 3, 9, 3];

    public static NetworkFamily Family { get; } = new("convnext-t", "ConvNeXt-T: 7x7 depthwise convolutions, layer normalization, GELU", "Liu and others 2022",
        new(Classes: 1000, Channels: 3, Size: 224, Width), Build) { LeastSize = 32, Recipe = FamilyRecipe.Adaptive with { Rate = 1e-3 } };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = Channelwise("stem.norm", layers.Convolution("stem", layers.Picture(), layers.Wide(Width), 4, 4));
        foreach ((int stage, int blocks) in Repeats.Index())
        {
            if (stage > 0)
                x = layers.Convolution($"stage{stage + 1}.down", Channelwise($"stage{stage + 1}.down.norm", x), layers.Wide(Width << stage), 2, 2);
            for (int block = 1; block <= blocks; block++)
                x = Block($"stage{stage + 1}.block{block}", x);
        }
        x = layers.Flatten("flat", layers.Average("average", x));
        return layers.Classifier(layers.LayerNorm("norm", x, Epsilon));

        Value Channelwise(string name, Value maps) => ToMaps(name, layers.LayerNorm($"{name}.pixels", ToPixels($"{name}.from", maps), Epsilon));

        Value Block(string name, Value maps)
        {
            int channels = layers.ChannelsOf(maps);
            Value y = ToPixels($"{name}.pixels", layers.Depthwise($"{name}.depthwise", maps, 7, hasBias: true));
            y = layers.EachDense($"{name}.widen", layers.LayerNorm($"{name}.norm", y, Epsilon), channels * Expansion);
            y = layers.EachDense($"{name}.narrow", layers.Add(new Gelu(), $"{name}.gelu", y), channels, Initializer.Glorot);
            y = layers.Product($"{name}.scaled", y, layers.Filled($"{name}.scale", [channels], FirstScale));
            return layers.Sum(name, maps, ToMaps($"{name}.branch", y));
        }

        Value ToPixels(string name, Value maps) => layers.Add(new Transpose([0, 2, 3, 1]), name, maps);
        Value ToMaps(string name, Value pixels) => layers.Add(new Transpose([0, 3, 1, 2]), name, pixels);
    }
}
