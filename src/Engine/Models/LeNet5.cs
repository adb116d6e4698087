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
    // Maps of C3 and C5 and units of F6 for each map of C1, of which the published network has 6.
    private const int C1 = 6, C3 = 16, C5 = 120, F6 = 84;

    public static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice);
        int c1 = choice.Width, c3 = c1 * C3 / C1, c5 = c1 * C5 / C1, f6 = c1 * F6 / C1;
        Value x = layers.Relu("C1.relu", layers.Convolution("C1", layers.Picture(), choice.Channels, c1, 5));
        x = layers.MaxPool("S2", x, 2, 2);
        x = layers.Relu("C3.relu", layers.Convolution("C3", x, c1, c3, 5));
        x = layers.MaxPool("S4", x, 2, 2);
        x = layers.Relu("C5.relu", layers.Convolution("C5", x, c3, c5, 5));
        x = layers.Flatten("flat", x);
        x = layers.Relu("F6.relu", layers.Dense("F6", x, c5, f6));
        return layers.Classifier(x, f6);
    }
}
