using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// A small network after the rule of Simonyan and Zisserman ("Very deep convolutional networks for large-scale image recognition",
/// 2015): only 3x3 convolutions, two a stage, pooling between stages, twice the channels after each. As is usual since, every convolution is
/// normalized, and the mean of each last channel takes the place of the wide fully connected layers.
/// </summary>
internal static class Vgg
{
    private const int Stages = 3, Convolutions = 2;

    public static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice);
        Value x = layers.Picture();
        int channels = choice.Channels;
        for (int stage = 1; stage <= Stages; stage++)
        {
            if (stage > 1) x = layers.MaxPool($"pool{stage - 1}", x, 2, 2);
            int to = choice.Width << (stage - 1);
            for (int i = 1; i <= Convolutions; i++)
            {
                string name = $"conv{stage}_{i}";
                x = layers.Convolution(name, x, channels, to, 3, pad: 1, hasBias: false);
                x = layers.Relu($"{name}.relu", layers.Normalization($"{name}.norm", x, to));
                channels = to;
            }
        }
        return layers.Classifier(layers.Flatten("flat", layers.Average("average", x)), channels);
    }
}
