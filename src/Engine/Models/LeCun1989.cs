using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// The zip-code network (LeCun, Boser, Denker, Henderson, Howard, Hubbard and Jackel, "Backpropagation applied to handwritten zip code
/// recognition", Neural Computation 1989): 16x16 pixels; H1, 12 maps of 8x8; H2, 12 maps of 4x4, each of which sees 8 of H1's; 30 units; 10
/// classes; tanh throughout. Kernels are 5x5 with stride 2 and shared, biases are each unit's own; beyond the border lies -1, the background. 9,760
/// parameters in all.
/// </summary>
/// <remarks>Which 8 maps a map of H2 sees is not published. Here a third of H2 each goes without one third of H1.</remarks>
internal static class LeCun1989
{
    private const int Maps = 12, Units = 30, Thirds = 3;

    public static NetworkFamily Family { get; } = new("lecun1989", "the zip-code network of 1989: two layers of shared 5x5 kernels with stride 2", "LeCun and others 1989",
        new(Classes: 10, Channels: 1, Size: 16, Width: Maps), Build)
    {
        LeastSize = 16,
        IsFixedSize = true,
        Recipe = FamilyRecipe.Digits with { Epochs = 20, Rate = 5e-3, Augment = "translate:0.06" },
    };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Maps);
        int maps = layers.Wide(Maps, Thirds), third = maps / Thirds;
        Value x = Own(layers, "H1", Kernels(layers, "H1.kernels", Framed(layers, "H1.frame", layers.Picture()), maps));
        Value framed = Framed(layers, "H2.frame", x);
        Value[] parts = [.. Enumerable.Range(0, Thirds).Select(i => layers.Channels($"H1.part{i + 1}", framed, i * third, (i + 1) * third))];
        Value[] seen = [.. Enumerable.Range(0, Thirds).Select(left => Kernels(layers, $"H2.kernels{left + 1}",
            layers.Together($"H2.seen{left + 1}", [.. parts.Where((_, i) => i != left)]), third))];
        x = Own(layers, "H2", layers.Together("H2.kernels", seen));
        x = layers.Add(new Tanh(), "H3", layers.Dense("H3.sum", x, layers.Wide(Units), Initializer.LeCun));
        return layers.Classifier(x);
    }

    /// <summary>Two rows and columns of background before the map and one behind: 5x5 kernels with stride 2 then halve it.</summary>
    private static Value Framed(LayerBuilder layers, string name, Value x) => layers.Add(new Pad(), name, x,
        layers.Numbers($"{name}.pads", 0, 0, 2, 2, 0, 0, 1, 1), layers.Fixed($"{name}.background", Tensor.Scalar(-1f)));

    private static Value Kernels(LayerBuilder layers, string name, Value x, int to) =>
        layers.Convolution(name, x, to, 5, stride: 2, hasBias: false, rule: Initializer.LeCun);

    /// <summary>A bias for each unit of each map, and tanh.</summary>
    private static Value Own(LayerBuilder layers, string name, Value x) => layers.Add(new Tanh(), name,
        layers.Sum($"{name}.sum", x, layers.Filled($"{name}.bias", Shape.Create([.. layers.ShapeOf(x).Skip(1)]), 0)));
}
