namespace LiveCam.Engine.Explaining;

/// <summary>What is asked about: the score of a class, a difference of two scores, a channel of a layer, or one unit of it.</summary>
/// <param name="Layer">A value of the network by its name; null for the scores of the classes.</param>
/// <param name="Index">The class, or the channel of the layer.</param>
internal sealed record ExplainTarget(string? Layer, int Index)
{
    /// <summary>The class whose score is taken away: "why <see cref="Index"/> and not this one".</summary>
    public int? Against { get; init; }

    /// <summary>One place of the channel; null for the mean over all places.</summary>
    public (int Row, int Column)? Place { get; init; }

    public static ExplainTarget Class(int index) => new(null, index);
    public static ExplainTarget Channel(string layer, int channel) => new(layer, channel);
}
