namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// Verdicts that can be read: distance and probabilities smoothed exponentially over time, and every border crossed later than it is reached, so that an answer
/// near one does not flicker.
/// </summary>
/// <param name="seconds">After which a change has come through to 63%.</param>
public sealed class SteadyVerdict(double seconds = 0.35)
{
    /// <summary>How far beyond a border the other side begins: as a share of the distance's threshold, and in probability.</summary>
    public const double DistanceBand = 0.1, ProbabilityBand = 0.05;

    private double[] smooth = [];
    private double logDistance;
    private TimeSpan last;
    private Verdict present = new(Certainty.Unknown, -1, 0, double.PositiveInfinity);
    private bool isNew = true;

    /// <summary>All classes' probabilities, smoothed.</summary>
    public ReadOnlySpan<double> Probabilities => smooth;

    /// <summary>Forgets what was seen: another model, other classes.</summary>
    public void Reset() => isNew = true;

    /// <summary>Takes one answer in.</summary>
    /// <param name="probabilities">As <see cref="TaughtModel.Judge"/> left them.</param>
    /// <param name="time">Of the picture; one before the last begins anew.</param>
    public Verdict Follow(Thresholds borders, Verdict verdict, ReadOnlySpan<double> probabilities, TimeSpan time)
    {
        if (smooth.Length != probabilities.Length || time < last) isNew = true;
        if (isNew) smooth = new double[probabilities.Length];
        double share = isNew ? 1 : 1 - Math.Exp(-(time - last).TotalSeconds / seconds);
        last = time;
        for (int i = 0; i < smooth.Length; i++) smooth[i] += (probabilities[i] - smooth[i]) * share;
        double log = Math.Log(Math.Clamp(verdict.Distance, double.Epsilon, double.MaxValue));
        logDistance = isNew ? log : logDistance + (log - logDistance) * share;

        int best = Head.Best(smooth);
        if (!isNew && present.Class >= 0 && best != present.Class && smooth[best] < smooth[present.Class] + ProbabilityBand) best = present.Class;
        double distance = Math.Exp(logDistance), probability = best < 0 ? 0 : smooth[best];
        // The present state sees the borders moved away from it.
        double nearer = distance, likelier = probability;
        if (!isNew)
        {
            nearer *= present.Certainty == Certainty.Unknown ? 1 + DistanceBand : 1 - DistanceBand;
            if (best == present.Class) likelier += present.Certainty switch { Certainty.Sure => ProbabilityBand, Certainty.Unsure => -ProbabilityBand, _ => 0 };
            // Full certainty is reached also where the border is close to 1.
            if (probability > (1 + borders.SureFrom) / 2) likelier = probability;
        }
        isNew = false;
        return present = new(borders.Of(nearer, likelier), best, probability, distance);
    }
}
