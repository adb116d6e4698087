using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// SchNet (Schütt, Kindermans, Sauceda, Chmiela, Tkatchenko and Müller, "SchNet: a continuous-filter convolutional neural network for modeling quantum interactions", 2017): the energy of a molecule from what its atoms
/// are and where. A filter for each pair of atoms is made from their distance alone, so that the energy does not change when the molecule is turned or moved or its atoms are counted
/// in another order. Three interactions of 64 features; distances as 300 Gaussians up to 30 angstrom (section 4.2). No count of parameters is published.
/// </summary>
/// <remarks>Inputs: <c>atoms</c>, atoms by 10, 1 in the column of the element; <c>positions</c>, atoms by 3, in angstrom. Output <c>energy</c>: one number.</remarks>
internal static class SchNet
{
    public const string Atoms = "atoms", Positions = "positions", Energy = "energy";
    public const int Elements = 10;

    private const int Width = 64, Interactions = 3, Gaussians = 300;
    private const float Gamma = 10, Step = 0.1f;

    /// <summary>Keeps the root of an atom's distance from itself differentiable.</summary>
    private const float Least = 1e-10f;

    public static NetworkFamily Family { get; } = new("schnet", "SchNet: energies of molecules by continuous-filter convolutions", "Schütt and others 2017",
        new(Classes: 1, Channels: 1, Size: 9, Width), Build) { Task = NetworkTask.Energy };

    private static Graph Build(NetworkChoice choice)
    {
        var layers = new LayerBuilder(choice, Width);
        int width = layers.Wide(Width), atoms = choice.Size;
        Value elements = layers.Declare(Atoms, [atoms, Elements]), distances = Distances(layers, layers.Declare(Positions, [atoms, 3]));
        Value x = layers.Add(new MatMul(), "embedded", elements, layers.Weight("embedding", [Elements, width], Initializer.Glorot));
        for (int i = 1; i <= Interactions; i++)
        {
            string name = $"interaction{i}";
            Value filters = Smooth(layers, $"{name}.filter1", layers.EachDense($"{name}.filter1.sum", distances, width, Initializer.Glorot));
            filters = Smooth(layers, $"{name}.filter2", layers.EachDense($"{name}.filter2.sum", filters, width, Initializer.Glorot));
            Value v = layers.EachDense($"{name}.in", x, width, Initializer.Glorot);
            v = layers.Product($"{name}.filtered", filters, layers.Add(new Unsqueeze(), $"{name}.neighbours", v, layers.Numbers($"{name}.neighbours.axis", 0)));
            v = layers.Add(new ReduceSum(Keep: false), $"{name}.convolved", v, layers.Numbers($"{name}.convolved.axis", 1));
            v = Smooth(layers, $"{name}.mid", layers.EachDense($"{name}.mid.sum", v, width, Initializer.Glorot));
            x = layers.Sum(name, x, layers.EachDense($"{name}.out", v, width, Initializer.Glorot));
        }
        x = Smooth(layers, "atom", layers.EachDense("atom.sum", x, Math.Max(1, width / 2), Initializer.Glorot));
        x = layers.EachDense("atom.energy", x, 1, Initializer.Glorot);
        return layers.Finish(Energy, layers.Add(new ReduceSum(Keep: false), Energy, x, layers.Numbers("energy.axis", 0)));
    }

    /// <summary>exp(-gamma (d - mu)^2) of each pair: atoms, atoms, Gaussians.</summary>
    private static Value Distances(LayerBuilder layers, Value positions)
    {
        Value from = layers.Add(new Unsqueeze(), "positions.from", positions, layers.Numbers("positions.from.axis", 1));
        Value to = layers.Add(new Unsqueeze(), "positions.to", positions, layers.Numbers("positions.to.axis", 0));
        Value apart = layers.Add(new Sub(), "apart", from, to);
        Value square = layers.Add(new ReduceSum(Keep: true), "apart.squared", layers.Product("apart.squares", apart, apart), layers.Numbers("apart.axis", 2));
        Value distance = layers.Add(new Sqrt(), "distance", layers.Sum("distance.squared", square, layers.Fixed("distance.least", Tensor.Scalar(Least))));
        Value off = layers.Add(new Sub(), "off", distance, layers.Fixed("centers", Tensor.Of<float>([Gaussians], [.. Enumerable.Range(0, Gaussians).Select(i => i * Step)])));
        Value exponent = layers.Product("exponent", layers.Product("off.squared", off, off), layers.Fixed("gamma", Tensor.Scalar(-Gamma)));
        return layers.Add(new Exp(), "gaussians", exponent);
    }

    /// <summary>ln(exp(x) / 2 + 1 / 2): a softplus that is 0 at 0.</summary>
    private static Value Smooth(LayerBuilder layers, string name, Value x) =>
        layers.Add(new Sub(), name, layers.Add(new Softplus(), $"{name}.softplus", x), layers.Fixed($"{name}.two", Tensor.Scalar(MathF.Log(2))));
}
