using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>What the lectures set convolutions against: every unit sees every pixel. Two hidden layers, the second half as wide.</summary>
internal static class FullyConnected
{
    public static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice);
        int pixels = choice.Channels * choice.Size * choice.Size, first = choice.Width, second = Math.Max(1, first / 2);
        Value x = layers.Flatten("flat", layers.Picture());
        x = layers.Relu("fc1.relu", layers.Dense("fc1", x, pixels, first));
        x = layers.Relu("fc2.relu", layers.Dense("fc2", x, first, second));
        return layers.Classifier(x, second);
    }
}
