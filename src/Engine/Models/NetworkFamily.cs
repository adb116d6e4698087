using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>Which network of a family.</summary>
/// <param name="Classes">Outputs.</param>
/// <param name="Channels">Of the picture: 1 or 3.</param>
/// <param name="Size">Height and width of the picture in pixels.</param>
/// <param name="Width">Channels of the first stage (units of the first layer of a fully connected network).</param>
/// <param name="Seed">Of the weights.</param>
public sealed record NetworkChoice(int Classes, int Channels, int Size, int Width, long Seed);

/// <summary>A kind of network: its usual form, and how one is built.</summary>
/// <remarks>
/// The graph has one input, <c>picture</c>, N,C,H,W with N open, and one output, <c>logits</c>, N by classes, before any softmax. A
/// BatchNormalization is in inference form.
/// </remarks>
public sealed class NetworkFamily
{
    /// <summary>The most classes a network may have.</summary>
    public const int MostClasses = 100_000;

    private const int MostWidth = 4096, MostSize = 4096;

    private readonly Func<NetworkChoice, Graph> make;
    private readonly int leastSize;

    internal NetworkFamily(string name, string description, NetworkChoice usual, Func<NetworkChoice, Graph> make, int leastSize, bool isFixedSize = false)
    {
        (Name, Description, Usual, this.make, this.leastSize, IsFixedSize) = (name, description, usual, make, leastSize, isFixedSize);
    }

    public string Name { get; }
    public string Description { get; }

    /// <summary>Whether it takes pictures of its usual size only.</summary>
    public bool IsFixedSize { get; }

    /// <summary>The network as it was published, with seed 1.</summary>
    public NetworkChoice Usual { get; }

    /// <summary>Builds the network with weights from the seed.</summary>
    /// <exception cref="LiveCamException">The family has no such member.</exception>
    public Graph Build(NetworkChoice? choice = null)
    {
        NetworkChoice one = choice ?? Usual;
        Require(one.Classes is >= 1 and <= MostClasses, $"{one.Classes} classes", $"1 to {MostClasses}");
        Require(one.Channels is 1 or 3, $"{one.Channels} channels", "1 or 3");
        Require(one.Width is >= 1 and <= MostWidth, $"a width of {one.Width}", $"1 to {MostWidth}");
        Require(!IsFixedSize || one.Size == Usual.Size, $"pictures of {one.Size} pixels", $"{Usual.Size} only");
        Require(one.Size >= leastSize && one.Size <= MostSize, $"pictures of {one.Size} pixels", $"{leastSize} to {MostSize}");
        return make(one);
    }

    private void Require(bool holds, string given, string allowed)
    {
        if (!holds)
            throw new LiveCamException($"Cannot build {Name} for {given}: it takes {allowed}.");
    }
}
