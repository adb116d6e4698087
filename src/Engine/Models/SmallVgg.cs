using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// A small network after the rule of Simonyan and Zisserman ("Very deep convolutional networks for large-scale image recognition",
/// 2015): only 3x3 convolutions, two a stage, pooling between stages, twice the channels after each. As is usual since, every convolution is
/// normalized, and the mean of each last channel takes the place of the wide fully connected layers.
/// </summary>
internal static class SmallVgg
{
    private const int Stages = 3, Convolutions = 2, Width = 32;

    public static NetworkFamily Family { get; } = new("vgg6", "small VGG, three stages of two normalized 3x3 convolutions", "after Simonyan and Zisserman 2015",
        new(Classes: 10, Channels: 1, Size: 28, Width), Build)
    {
        LeastSize = 8,
        Recipe = new() { Epochs = 30, Optimizer = "nesterov", Rate = 0.05, Decay = 5e-4, Average = 0.999, Augment = "translate:0.07,rotate:12,scale:0.12,elastic:0.03", Validation = 0.05 },
    };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.Picture();
        for (int stage = 1; stage <= Stages; stage++)
        {
            if (stage > 1) x = layers.MaxPool($"pool{stage - 1}", x, 2, 2);
            for (int i = 1; i <= Convolutions; i++)
                x = layers.Unit($"conv{stage}_{i}", x, layers.Wide(Width << (stage - 1)), 3, pad: 1);
        }
        return layers.PooledClassifier(x);
    }
}
