using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// Xception (Chollet, "Xception: deep learning with depthwise separable convolutions", 2017, figure 5): 299 pixels; a depthwise and a 1x1 convolution in place of each
/// convolution, residual blocks around them; entry flow, eight middle blocks, exit flow. 22,855,952 parameters.
/// </summary>
internal static class Xception
{
    private const int Width = 32, MiddleBlocks = 8;

    public static NetworkFamily Family { get; } = new("xception", "Xception: residual blocks of depthwise separable convolutions", "Chollet 2017",
        new(Classes: 1000, Channels: 3, Size: 299, Width), Build) { LeastSize = 71, Recipe = FamilyRecipe.Normalized with { Rate = 0.02 } };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.Unit("conv1", layers.Picture(), layers.Wide(32), 3, stride: 2);
        x = layers.Unit("conv2", x, layers.Wide(64), 3);
        foreach ((int i, int to) in new[] { 128, 256, 728 }.Index())
            x = Narrowed(layers, $"entry{i + 1}", x, to, to, isFirst: i == 0);
        for (int i = 1; i <= MiddleBlocks; i++)
        {
            Value y = x;
            for (int j = 1; j <= 3; j++)
                y = Separable(layers, $"middle{i}.conv{j}", layers.Relu($"middle{i}.relu{j}", y), 728);
            x = layers.Sum($"middle{i}", y, x);
        }
        x = Narrowed(layers, "exit1", x, 728, 1024, isFirst: false);
        x = layers.Relu("exit2.relu", Separable(layers, "exit2", x, 1536));
        x = layers.Relu("exit3.relu", Separable(layers, "exit3", x, 2048));
        return layers.PooledClassifier(x);
    }

    /// <summary>Two separable convolutions and pooling, beside a 1x1 convolution with stride 2.</summary>
    private static Value Narrowed(LayerBuilder layers, string name, Value x, int inner, int to, bool isFirst)
    {
        Value shortcut = layers.Linear($"{name}.shortcut", x, layers.Wide(to), 1, stride: 2);
        Value y = Separable(layers, $"{name}.conv1", isFirst ? x : layers.Relu($"{name}.relu1", x), inner);
        y = Separable(layers, $"{name}.conv2", layers.Relu($"{name}.relu2", y), to);
        return layers.Sum(name, layers.MaxPool($"{name}.pool", y, 3, 2, 1), shortcut);
    }

    private static Value Separable(LayerBuilder layers, string name, Value x, int to) => layers.Linear(name, layers.Depthwise($"{name}.depthwise", x, 3), layers.Wide(to), 1);
}
