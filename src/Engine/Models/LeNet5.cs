using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// LeNet-5 with the layers and counts of the lectures (JKU "Deep Learning and Neural Networks I", chapter 6, section 6.9): C1, S2, C3, S4,
/// C5, F6, output, for 32x32 pixels. Every map of C3 sees all of S2, pooling is max pooling and the non-linearity a ReLU, where
/// LeCun, Bottou, Bengio and Haffner ("Gradient-based learning applied to document recognition", 1998) connect sparsely,
/// average, and use tanh.
/// </summary>
internal static class LeNet5
{
    private const int C1 = 6, C3 = 16, C5 = 120, F6 = 84;

    public static NetworkFamily Family { get; } = new("lenet5", "LeNet-5 of the lectures: three 5x5 convolutions, two fully connected layers", "LeCun, Bottou, Bengio and Haffner 1998",
        new(Classes: 10, Channels: 1, Size: 32, Width: C1), Build)
    {
        LeastSize = 32,
        IsFixedSize = true,
        Recipe = FamilyRecipe.Digits with { Rate = 4e-3 },
    };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, C1);
        Value x = layers.Relu("C1.relu", layers.Convolution("C1", layers.Picture(), layers.Wide(C1), 5));
        x = layers.MaxPool("S2", x, 2, 2);
        x = layers.Relu("C3.relu", layers.Convolution("C3", x, layers.Wide(C3), 5));
        x = layers.MaxPool("S4", x, 2, 2);
        x = layers.Relu("C5.relu", layers.Convolution("C5", x, layers.Wide(C5), 5));
        x = layers.Flatten("flat", x);
        x = layers.Relu("F6.relu", layers.Dense("F6", x, layers.Wide(F6)));
        return layers.Classifier(x);
    }
}
