using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Models;

/// <summary>Which network of a family.</summary>
/// <param name="Classes">Outputs.</param>
/// <param name="Channels">Of the input: 1 or 3 of a picture, or as published.</param>
/// <param name="Size">Height and width of the picture in pixels; of another input its longest extent.</param>
/// <param name="Width">Channels of the first stage (units of the first layer of a fully connected network); all others keep their proportion to it.</param>
/// <param name="Seed">Of the weights.</param>
/// <param name="Initializer">One rule for all weights in place of what follows each layer.</param>
public sealed record NetworkChoice(int Classes, int Channels, int Size, int Width, long Seed = 1, Initializer? Initializer = null);

/// <summary>What a network answers.</summary>
public enum NetworkTask
{
    /// <summary>A score for each class of a picture: N by classes.</summary>
    Classification,
    /// <summary>A score for each class of each pixel: N, classes, H, W.</summary>
    Segmentation,
    /// <summary>A score for each class of something other than a picture: a sequence, a clip.</summary>
    OtherInput,
    /// <summary>Features that are learned without classes.</summary>
    Features,
    /// <summary>The energy of a molecule.</summary>
    Energy,
    /// <summary>A picture from noise.</summary>
    Generation,
}

/// <summary>A kind of network: its usual form, how one is built, and how it is usually trained.</summary>
/// <remarks>
/// The graph of a classifier has one input, <c>picture</c>, N,C,H,W with N open, and one output, <c>logits</c>, N by classes, before any softmax. A
/// BatchNormalization is in inference form.
/// </remarks>
public sealed class NetworkFamily
{
    /// <summary>The most classes a network may have.</summary>
    public const int MostClasses = 100_000;

    private const int MostWidth = 4096, MostSize = 4096;

    private readonly Func<NetworkChoice, Graph> make;

    internal NetworkFamily(string name, string description, string source, NetworkChoice usual, Func<NetworkChoice, Graph> make)
    {
        (Name, Description, Source, Usual, this.make) = (name, description, source, usual, make);
    }

    public string Name { get; }
    public string Description { get; }

    /// <summary>Who published it: authors and year.</summary>
    public string Source { get; }

    /// <summary>The network as it was published, with seed 1.</summary>
    public NetworkChoice Usual { get; }

    public NetworkTask Task { get; init; } = NetworkTask.Classification;

    /// <summary>Whether <c>livecam train</c> can teach it classes of pictures.</summary>
    public bool Classifies => Task == NetworkTask.Classification;

    /// <summary>How it is usually trained.</summary>
    public FamilyRecipe Recipe { get; init; } = new();

    /// <summary>The smallest picture in pixels.</summary>
    public int LeastSize { get; init; } = 1;

    /// <summary>Whether it takes pictures of its usual size only.</summary>
    public bool IsFixedSize { get; init; }

    /// <summary>
    /// Values beside the output, each N by classes, of which the loss is taken too while it is trained, each counting <see cref="AuxiliaryShare"/>. They are no outputs:
    /// a network that is run or exported does without them.
    /// </summary>
    public IReadOnlyList<string> Auxiliary { get; init; } = [];

    /// <summary>What the loss of an auxiliary head counts (Szegedy et al. 2015, section 5).</summary>
    public const float AuxiliaryShare = 0.3f;

    /// <summary>Builds the network with weights from the seed, which are made when they are first read.</summary>
    /// <exception cref="LiveCamException">The family has no such member.</exception>
    public Graph Build(NetworkChoice? choice = null)
    {
        NetworkChoice one = choice ?? Usual;
        Require(one.Classes is >= 1 and <= MostClasses, $"{one.Classes} classes", $"1 to {MostClasses}");
        Require(one.Channels is 1 or 3 || one.Channels == Usual.Channels, $"{one.Channels} channels", Usual.Channels is 1 or 3 ? "1 or 3" : $"1, 3 or {Usual.Channels}");
        Require(one.Width is >= 1 and <= MostWidth, $"a width of {one.Width}", $"1 to {MostWidth}");
        Require(!IsFixedSize || one.Size == Usual.Size, $"pictures of {one.Size} pixels", $"{Usual.Size} only");
        Require(one.Size >= LeastSize && one.Size <= MostSize, $"pictures of {one.Size} pixels", $"{LeastSize} to {MostSize}");
        return make(one);
    }

    private void Require(bool holds, string given, string allowed)
    {
        if (!holds)
            throw new LiveCamException($"Cannot build {Name} for {given}: it takes {allowed}.");
    }
}
