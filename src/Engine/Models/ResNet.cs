using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// Residual networks of basic blocks (He, Zhang, Ren and Sun, "Deep residual learning for image recognition", 2016). Where a block
/// changes the shape its shortcut is a 1x1 convolution with normalization: the paper's option B, also for CIFAR, where
/// the paper has option A (cut and padded with zeros), which is 2,752 parameters less.
/// </summary>
internal static class ResNet
{
    private const int CifarBlocks = 3, ImageNetBlocks = 2;

    /// <summary>Below this the stem of ImageNet (stride 4 in all) would leave too few pixels for four stages.</summary>
    private const int LeastSizeForStem = 64;

    /// <summary>Section 4.2 with n = 3: a 3x3 convolution and three stages of three blocks, 16, 32 and 64 channels wide.</summary>
    public static Graph Build20(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice);
        Value x = Narrow(layers, choice);
        return Finish(layers, x, choice.Width, stages: 3, CifarBlocks);
    }

    /// <summary>Table 1: a 7x7 convolution, pooling, and four stages of two blocks, 64 to 512 channels wide.</summary>
    public static Graph Build18(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice);
        Value x = choice.Size < LeastSizeForStem ? Narrow(layers, choice) : Stem(layers, choice);
        return Finish(layers, x, choice.Width, stages: 4, ImageNetBlocks);
    }

    private static Value Stem(LayerBuilder layers, NetworkChoice choice)
    {
        Value x = layers.Convolution("conv1", layers.Picture(), choice.Channels, choice.Width, 7, stride: 2, pad: 3, hasBias: false);
        return layers.MaxPool("pool1", layers.Relu("conv1.relu", layers.Normalization("conv1.norm", x, choice.Width)), 3, 2, 1);
    }

    private static Value Narrow(LayerBuilder layers, NetworkChoice choice)
    {
        Value x = layers.Convolution("conv1", layers.Picture(), choice.Channels, choice.Width, 3, pad: 1, hasBias: false);
        return layers.Relu("conv1.relu", layers.Normalization("conv1.norm", x, choice.Width));
    }

    private static Graph Finish(LayerBuilder layers, Value x, int width, int stages, int blocks)
    {
        int channels = width;
        for (int stage = 0; stage < stages; stage++)
            for (int block = 0; block < blocks; block++)
            {
                int to = width << stage;
                x = Block(layers, $"stage{stage + 1}.block{block + 1}", x, channels, to, stage > 0 && block == 0 ? 2 : 1);
                channels = to;
            }
        return layers.Classifier(layers.Flatten("flat", layers.Average("average", x)), channels);
    }

    private static Value Block(LayerBuilder layers, string name, Value x, int from, int to, int stride)
    {
        Value y = layers.Convolution($"{name}.conv1", x, from, to, 3, stride, 1, hasBias: false);
        y = layers.Relu($"{name}.relu1", layers.Normalization($"{name}.norm1", y, to));
        y = layers.Convolution($"{name}.conv2", y, to, to, 3, 1, 1, hasBias: false);
        y = layers.Normalization($"{name}.norm2", y, to);
        Value shortcut = x;
        if (stride != 1 || from != to)
            shortcut = layers.Normalization($"{name}.shortcut.norm", layers.Convolution($"{name}.shortcut", x, from, to, 1, stride, hasBias: false), to);
        return layers.Relu($"{name}.relu2", layers.Sum($"{name}.sum", y, shortcut));
    }
}
