using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// The network the lectures write out (OEAW AI summer school, "Deep learning III: convolutional neural networks"): two 5x5 convolutions, each with ReLU and
/// 2x2 max pooling, then 500 units and the classes. Its log-softmax belongs to the loss and is left to it.
/// </summary>
internal static class TwoConvolutions
{
    private const int Units = 500;

    public static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice);
        int first = choice.Width, second = first * 5 / 2, side = ((choice.Size - 4) / 2 - 4) / 2;
        Value x = layers.Relu("conv1.relu", layers.Convolution("conv1", layers.Picture(), choice.Channels, first, 5));
        x = layers.MaxPool("pool1", x, 2, 2);
        x = layers.Relu("conv2.relu", layers.Convolution("conv2", x, first, second, 5));
        x = layers.Flatten("flat", layers.MaxPool("pool2", x, 2, 2));
        x = layers.Relu("fc1.relu", layers.Dense("fc1", x, second * side * side, Units));
        return layers.Classifier(x, Units);
    }
}
