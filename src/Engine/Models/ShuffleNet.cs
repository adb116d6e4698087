using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// ShuffleNet v2 (Ma, Zhang, Zheng and Sun, "ShuffleNet V2: practical guidelines for efficient CNN architecture design", 2018, table 5, 1x): blocks that work on half of the
/// channels, then mix both halves channel by channel. 2,278,604 parameters.
/// </summary>
internal static class ShuffleNet
{
    private const int Width = 24;

    private static readonly (int Channels, int Repeat)[] Stages = [(116, 4), (232, 8), (464, 4)];

    public static NetworkFamily Family { get; } = new("shufflenetv2", "ShuffleNet v2 1x: half of the channels convolved, then shuffled", "Ma, Zhang, Zheng and Sun 2018",
        new(Classes: 1000, Channels: 3, Size: 224, Width), Build) { LeastSize = 32, Recipe = FamilyRecipe.Normalized };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.MaxPool("pool1", layers.Unit("conv1", layers.Picture(), layers.Wide(Width), 3, 2, 1), 3, 2, 1);
        foreach ((int stage, (int channels, int repeat)) in Stages.Index())
            for (int i = 1; i <= repeat; i++)
            {
                string name = $"stage{stage + 2}.block{i}";
                int half = layers.Wide(channels, 2) / 2;
                Value kept = i == 1 ? layers.Unit($"{name}.left.project", Depthwise(layers, $"{name}.left.depthwise", x, 2), half, 1) : layers.Channels($"{name}.left", x, 0, half);
                Value y = layers.Unit($"{name}.conv1", i == 1 ? x : layers.Channels($"{name}.right", x, half, 2 * half), half, 1);
                y = layers.Unit($"{name}.conv2", Depthwise(layers, $"{name}.depthwise", y, i == 1 ? 2 : 1), half, 1);
                x = Shuffled(layers, name, layers.Together($"{name}.all", kept, y));
            }
        return layers.PooledClassifier(layers.Unit("conv5", x, layers.Wide(1024), 1));
    }

    private static Value Depthwise(LayerBuilder layers, string name, Value x, int stride) => layers.Linear(name, x, layers.ChannelsOf(x), 3, stride, 1, layers.ChannelsOf(x));

    /// <summary>Channels of the two halves by turns: N, 2, C/2, H, W with axes 1 and 2 exchanged.</summary>
    private static Value Shuffled(LayerBuilder layers, string name, Value x)
    {
        (int channels, int height, int width) = (layers.ChannelsOf(x), layers.ShapeOf(x)[2], layers.ShapeOf(x)[3]);
        Value halves = layers.Add(new Reshape(), $"{name}.halves", x, layers.Numbers($"{name}.halves.shape", 0, 2, channels / 2, height, width));
        Value exchanged = layers.Add(new Transpose([0, 2, 1, 3, 4]), $"{name}.exchanged", halves);
        return layers.Add(new Reshape(), name, exchanged, layers.Numbers($"{name}.shape", 0, channels, height, width));
    }
}
