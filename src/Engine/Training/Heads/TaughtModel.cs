namespace LiveCam.Engine.Training.Heads;

/// <summary>How sure an answer is.</summary>
public enum Certainty
{
    /// <summary>Unlike everything taught: no class is named.</summary>
    Unknown,
    /// <summary>A class is named, but one like it is too probable to be sure.</summary>
    Unsure,
    Sure,
}

/// <summary>One answer.</summary>
/// <param name="Class">The best class, also where it is unknown; -1 where nothing was taught.</param>
/// <param name="Probability">Of the class among all taught, calibrated.</param>
/// <param name="Distance">The squared feature distance.</param>
public readonly record struct Verdict(Certainty Certainty, int Class, double Probability, double Distance);

/// <summary>
/// A head with what makes its answers honest: the temperature of its probabilities, the distance from what was taught, and the two thresholds, all from held-out
/// teaching samples. Immutable.
/// </summary>
public sealed record TaughtModel(Head Head, FeatureDistance Distance, double Temperature, Thresholds Thresholds)
{
    /// <summary>Most mistakes among the held-out answers that are sure.</summary>
    public const double MostErrors = 0.02;

    /// <summary>Below this probability nothing is sure: another class may be as likely.</summary>
    public const double LeastSure = 0.5;

    /// <summary>How many times as far (squared) as the farthest held-out sample unknown begins while nothing shows what unknown looks like.</summary>
    private const double Alone = 4;

    /// <summary>What the thresholds were chosen on; null for a model that was not fitted here.</summary>
    public HeldOut? Evidence { get; init; }

    /// <summary>Fits a head and everything around it.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="background">The background's class, or -1.</param>
    /// <param name="fit">Makes the head of some rows: nearest neighbours, class means, a discriminant, or one that is trained.</param>
    /// <exception cref="LiveCamException">There are no rows.</exception>
    public static TaughtModel Fit(FeatureRows rows, int background, Func<FeatureRows, Head> fit)
    {
        if (rows.Count == 0) throw new LiveCamException("Learning from samples: there are none; record some first.");
        var held = new HeldOut(rows, background, fit);
        double temperature = Heads.Temperature.Fit(held.Scores, held.Labels);
        double sure = new CoverageCurve(held.Scores.Select((scores, i) =>
        {
            double[] probabilities = [.. scores];
            Heads.Temperature.Softmax(probabilities, temperature);
            int best = Head.Best(scores);
            return (probabilities[best], best == held.Labels[i]);
        })).ThresholdFor(MostErrors);
        double unknown = held.Known.Count == 0 ? double.PositiveInfinity : Separation.Threshold(held.Known, held.Unknown, Alone);
        // Without held-out answers, or with too many wrong, nothing is sure but what stands alone.
        sure = double.IsPositiveInfinity(sure) ? 1 : Math.Max(sure, LeastSure);
        return new(fit(rows), new FeatureDistance(rows, background), temperature, new(unknown, sure)) { Evidence = held };
    }

    /// <summary>Answers for the features of one picture.</summary>
    /// <param name="probabilities">One for each class of the head, overwritten.</param>
    public Verdict Judge(ReadOnlySpan<float> features, Span<double> probabilities)
    {
        Head.Score(features, probabilities);
        int best = Head.Best(probabilities);
        Heads.Temperature.Softmax(probabilities, Temperature);
        double distance = Distance.Of(features), probability = best < 0 ? 0 : probabilities[best];
        return new(Thresholds.Of(distance, probability), best, probability, distance);
    }
}
