using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// Fifty layers that keep mean and variance by themselves (Huang, Ng, Liu, Mason, Zhuang and Liu, "SNDCNN: self-normalizing deep CNNs with scaled exponential linear units for speech recognition", 2020):
/// ResNet-50 without its shortcuts and normalizations, SELU in place of ReLU. Theirs listens to spectra of speech; this one has ResNet-50's pictures and classes, so no count
/// is published for it.
/// </summary>
internal static class SelfNormalizing
{
    private const int Width = 64, Expansion = 4;

    private static readonly int[] Repeats = [3, 4, 6, 3];

    public static NetworkFamily Family { get; } = new("sndcnn", "SNDCNN-50: fifty layers with SELU, without shortcuts and normalization", "Huang and others 2020",
        new(Classes: 1000, Channels: 3, Size: 224, Width), Build) { LeastSize = 32, Recipe = FamilyRecipe.Plain with { Rate = 5e-3 } };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.MaxPool("pool1", Unit("conv1", layers.Picture(), layers.Wide(Width), 7, 2), 3, 2, 1);
        foreach ((int stage, int blocks) in Repeats.Index())
            for (int block = 1; block <= blocks; block++)
            {
                string name = $"stage{stage + 1}.block{block}";
                int inner = layers.Wide(Width << stage);
                x = Unit($"{name}.conv1", x, inner, 1, 1);
                x = Unit($"{name}.conv2", x, inner, 3, stage > 0 && block == 1 ? 2 : 1);
                x = Unit($"{name}.conv3", x, inner * Expansion, 1, 1);
            }
        return layers.PooledClassifier(x);

        Value Unit(string name, Value from, int to, int kernel, int stride) =>
            layers.Add(new Selu(), $"{name}.selu", layers.Convolution(name, from, to, kernel, stride, kernel / 2, rule: Initializer.Selu));
    }
}
