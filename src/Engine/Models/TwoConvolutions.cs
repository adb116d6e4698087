using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// The network the lectures write out (OEAW AI summer school, "Deep learning III: convolutional neural networks"): two 5x5 convolutions, each with ReLU and
/// 2x2 max pooling, then 500 units and the classes. Its log-softmax belongs to the loss and is left to it.
/// </summary>
internal static class TwoConvolutions
{
    private const int First = 20, Second = 50, Units = 500;

    public static NetworkFamily Family { get; } = new("conv2", "the lectures' network of two convolutions and two fully connected layers", "OEAW AI summer school",
        new(Classes: 10, Channels: 1, Size: 28, Width: First), Build)
    {
        LeastSize = 16,
        Recipe = FamilyRecipe.Digits with { Rate = 2e-3 },
    };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, First);
        Value x = layers.Relu("conv1.relu", layers.Convolution("conv1", layers.Picture(), layers.Wide(First), 5));
        x = layers.MaxPool("pool1", x, 2, 2);
        x = layers.Relu("conv2.relu", layers.Convolution("conv2", x, layers.Wide(Second), 5));
        x = layers.Flatten("flat", layers.MaxPool("pool2", x, 2, 2));
        x = layers.Relu("fc1.relu", layers.Dense("fc1", x, layers.Wide(Units)));
        return layers.Classifier(x);
    }
}
