namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// What stands on a backbone's features and tells classes apart. Immutable once made, so that one thread may fit the next while others score with
/// this; scoring allocates nothing beyond the stack and what is given.
/// </summary>
public abstract class Head
{
    /// <summary>How many features it takes.</summary>
    public abstract int Dimension { get; }

    /// <summary>How many scores it gives.</summary>
    public abstract int Classes { get; }

    /// <summary>A score for each class, the higher the likelier; their softmax at the calibrated temperature is a probability. A class without samples gets -infinity.</summary>
    /// <param name="features"><see cref="Dimension"/> numbers as the backbone gives them.</param>
    /// <param name="scores"><see cref="Classes"/> numbers, overwritten.</param>
    public abstract void Score(ReadOnlySpan<float> features, Span<double> scores);

    /// <summary>The best class of scores, the first of equals; -1 where none is above -infinity.</summary>
    public static int Best(ReadOnlySpan<double> scores)
    {
        int best = -1;
        double highest = double.NegativeInfinity;
        for (int i = 0; i < scores.Length; i++)
            if (scores[i] > highest) (best, highest) = (i, scores[i]);
        return best;
    }
}
