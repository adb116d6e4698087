using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>
/// AlexNet (Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks", 2012, section 3.5): five
/// convolutions and three fully connected layers; the second, fourth and fifth convolution in two groups, which were two graphics cards; local response
/// normalization after the first two; overlapping pooling. 60,965,224 parameters.
/// </summary>
/// <remarks>
/// 224 pixels, kernels of 11 and stride 4 give the published 55x55 only with a border of 2, which the paper does not mention. Its sum of squares is not divided by the
/// channels it runs over, ONNX's is: alpha is 5 times 1e-4.
/// </remarks>
internal static class AlexNet
{
    private const int Width = 96;

    public static NetworkFamily Family { get; } = new("alexnet", "AlexNet: five convolutions in part grouped, local response normalization, three fully connected layers", "Krizhevsky, Sutskever and Hinton 2012",
        new(Classes: 1000, Channels: 3, Size: 224, Width), Build) { LeastSize = 63, Recipe = FamilyRecipe.Plain };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        Value x = layers.Relu("conv1.relu", layers.Convolution("conv1", layers.Picture(), layers.Wide(96, 2), 11, 4, 2));
        x = layers.MaxPool("pool1", Response(layers, "norm1", x), 3, 2);
        x = layers.Relu("conv2.relu", layers.Convolution("conv2", x, layers.Wide(256, 2), 5, 1, 2, groups: 2));
        x = layers.MaxPool("pool2", Response(layers, "norm2", x), 3, 2);
        x = layers.Relu("conv3.relu", layers.Convolution("conv3", x, layers.Wide(384, 2), 3, 1, 1));
        x = layers.Relu("conv4.relu", layers.Convolution("conv4", x, layers.Wide(384, 2), 3, 1, 1, groups: 2));
        x = layers.Relu("conv5.relu", layers.Convolution("conv5", x, layers.Wide(256, 2), 3, 1, 1, groups: 2));
        x = layers.Flatten("flat", layers.MaxPool("pool5", x, 3, 2));
        for (int i = 6; i <= 7; i++)
            x = layers.Relu($"fc{i}.relu", layers.Dense($"fc{i}", layers.Dropout($"drop{i}", x), layers.Wide(4096)));
        return layers.Classifier(x);
    }

    private static Value Response(LayerBuilder layers, string name, Value x) => layers.Add(new Lrn(Size: 5, Alpha: 5e-4f, Beta: 0.75f, Bias: 2), name, x);
}
