namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// What is gained and lost by answering only where confidence is high: for each threshold the share answered and the share of wrong among the answered (the
/// risk-coverage curve of El-Yaniv and Wiener, 2010).
/// </summary>
internal sealed class CoverageCurve
{
    /// <param name="Threshold">Answers have at least this confidence.</param>
    /// <param name="Coverage">The share answered.</param>
    /// <param name="Error">The share of wrong among them.</param>
    public readonly record struct Place(double Threshold, double Coverage, double Error);

    /// <summary>By falling threshold; equal confidences are one place.</summary>
    public IReadOnlyList<Place> Places { get; }

    public CoverageCurve(IEnumerable<(double Confidence, bool IsRight)> answers)
    {
        (double Confidence, bool IsRight)[] sorted = [.. answers.OrderByDescending(answer => answer.Confidence)];
        List<Place> places = [];
        int wrong = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (!sorted[i].IsRight) wrong++;
            if (i + 1 < sorted.Length && sorted[i + 1].Confidence == sorted[i].Confidence) continue;
            places.Add(new(sorted[i].Confidence, (i + 1.0) / sorted.Length, wrong / (i + 1.0)));
        }
        Places = places;
    }

    /// <summary>The lowest threshold at which no more than this share is wrong; +infinity where every one has more.</summary>
    public double ThresholdFor(double mostError)
    {
        double threshold = double.PositiveInfinity;
        foreach (Place place in Places)
            if (place.Error <= mostError) threshold = place.Threshold;
        return threshold;
    }
}
