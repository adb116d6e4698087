using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>
/// The network the lectures set convolutions against (OEAW AI summer school, "Deep learning III"): every unit sees every pixel. Two hidden layers, the second half as
/// wide.
/// </summary>
internal static class FullyConnected
{
    private const int First = 512, Second = 256;

    public static NetworkFamily Family { get; } = new("dense", "fully connected, two hidden layers", "OEAW AI summer school",
        new(Classes: 10, Channels: 1, Size: 28, Width: First), Build) { Recipe = new() { Epochs = 12 } };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, First);
        Value x = layers.Flatten("flat", layers.Picture());
        x = layers.Relu("fc1.relu", layers.Dense("fc1", x, layers.Wide(First)));
        x = layers.Relu("fc2.relu", layers.Dense("fc2", x, layers.Wide(Second)));
        return layers.Classifier(x);
    }
}
