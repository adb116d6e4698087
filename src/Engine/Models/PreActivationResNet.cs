using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// Residual networks whose blocks normalize and rectify before each convolution, so that the sum passes through all of them unchanged (He, Zhang, Ren and Sun,
/// "Identity mappings in deep residual networks", 2016): for CIFAR, 9n + 2 layers in three stages of n blocks of 1x1, 3x3 and 1x1 convolutions, 64, 128
/// and 256 channels wide. The first block of a stage shares its activation with a 1x1 convolution as the shortcut.
/// </summary>
internal static class PreActivationResNet
{
    private const int Width = 16, Expansion = 4, Depth = 1001;

    public static NetworkFamily Family { get; } = new("resnet1001", "ResNet of 1001 layers for CIFAR, activation before convolution", "He, Zhang, Ren and Sun 2016, Identity mappings",
        new(Classes: 10, Channels: 3, Size: 32, Width), Build) { LeastSize = 8, Recipe = FamilyRecipe.Normalized };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.Convolution("conv1", layers.Picture(), layers.Wide(Width), 3, pad: 1, hasBias: false);
        for (int stage = 0; stage < 3; stage++)
            for (int block = 0; block < (Depth - 2) / 9; block++)
                x = Block(layers, $"stage{stage + 1}.block{block + 1}", x, layers.Wide(Width << stage), stage > 0 && block == 0 ? 2 : 1, isFirst: block == 0);
        return layers.PooledClassifier(Active(layers, "last", x));
    }

    private static Value Block(LayerBuilder layers, string name, Value x, int inner, int stride, bool isFirst)
    {
        Value active = Active(layers, $"{name}.1", x);
        Value y = layers.Convolution($"{name}.conv1", active, inner, 1, hasBias: false);
        y = layers.Convolution($"{name}.conv2", Active(layers, $"{name}.2", y), inner, 3, stride, 1, hasBias: false);
        y = layers.Convolution($"{name}.conv3", Active(layers, $"{name}.3", y), inner * Expansion, 1, hasBias: false);
        return layers.Sum($"{name}.sum", y, isFirst ? layers.Convolution($"{name}.shortcut", active, inner * Expansion, 1, stride, hasBias: false) : x);
    }

    private static Value Active(LayerBuilder layers, string name, Value x) => layers.Relu($"{name}.relu", layers.Normalization($"{name}.norm", x));
}
