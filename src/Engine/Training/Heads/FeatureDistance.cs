namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// How far features are from everything taught: the least squared Mahalanobis distance of their direction to the mean of a class, or to a single sample
/// of the background, which is many different things and has no mean worth the name (after Lee et al., A simple unified framework for detecting
/// out-of-distribution samples, 2018).
/// </summary>
public sealed class FeatureDistance
{
    /// <summary>Most background samples kept, evenly spaced.</summary>
    public const int MostBackground = 500;

    private readonly Mahalanobis metric;
    private readonly List<Mahalanobis.Point> places = [];
    private readonly int classes;

    /// <param name="background">The background's class, or -1.</param>
    public FeatureDistance(FeatureRows rows, int background = -1)
    {
        Dimension = rows.Dimension;
        var sums = new ClassSums(rows);
        metric = new(sums.Centred(rows, background, Mahalanobis.MostSamples), rows.Dimension);
        for (int c = 0; c < sums.Means.Length; c++)
            if (c != background && sums.Means[c] is { } mean)
                places.Add(metric.Project(mean));
        classes = places.Count;
        var features = new float[rows.Dimension];
        var unit = new double[rows.Dimension];
        foreach (int row in ClassSums.Evenly([.. Enumerable.Range(0, rows.Count).Where(row => rows.Label(row) == background)], MostBackground))
        {
            rows.Read(row, features);
            Doubles.Direction(features, unit);
            places.Add(metric.Project(unit));
        }
    }

    public int Dimension { get; }

    /// <summary>The share of the identity in the covariance.</summary>
    public double Shrinkage => metric.Shrinkage;

    /// <summary>The same for those who cannot decompose: after the map distances to the places are Euclid's.</summary>
    public (Whitening Map, double[][] Places) Whitened()
    {
        Whitening map = metric.Whitening();
        return (map, [.. places.Select(place => map.Whole is null ? map.Of(place.Raw) : place.Raw)]);
    }

    /// <summary>The squared distance; +infinity where nothing was taught.</summary>
    public double Of(ReadOnlySpan<float> features) => Least(features, places.Count);

    /// <summary>The squared distance from the classes alone, without the background.</summary>
    public double FromClasses(ReadOnlySpan<float> features) => Least(features, classes);

    private double Least(ReadOnlySpan<float> features, int count)
    {
        Span<double> unit = Dimension <= 4096 ? stackalloc double[Dimension] : new double[Dimension];
        Doubles.Direction(features, unit);
        Mahalanobis.Point point = metric.Project(unit);
        double least = double.PositiveInfinity;
        for (int i = 0; i < count; i++) least = Math.Min(least, metric.Squared(point, places[i]));
        return least;
    }
}
