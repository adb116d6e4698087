namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// Each class is the mean of its samples' directions; the score is the cosine to it. Good from the first sample on (nearest class mean: Mensink et al.,
/// Distance-based image classification, 2013).
/// </summary>
public sealed class ClassMeans : Head
{
    private readonly double[]?[] means;

    public ClassMeans(FeatureRows rows)
    {
        Dimension = rows.Dimension;
        means = new ClassSums(rows).Means;
        foreach (double[]? mean in means)
        {
            double length = Math.Sqrt(Doubles.Dot(mean, mean));
            if (length > 0) foreach (ref double value in mean.AsSpan()) value /= length;
        }
    }

    /// <summary>The same scores as a linear head on directions.</summary>
    public LinearHead AsLinear() =>
        new([.. means.SelectMany(mean => mean ?? new double[Dimension])], [.. means.Select(mean => mean is null ? double.NegativeInfinity : 0)], ofDirection: true);

    public override int Dimension { get; }
    public override int Classes => means.Length;

    public override void Score(ReadOnlySpan<float> features, Span<double> scores)
    {
        Span<double> unit = Dimension <= 4096 ? stackalloc double[Dimension] : new double[Dimension];
        Doubles.Direction(features, unit);
        for (int c = 0; c < means.Length; c++) scores[c] = means[c] is { } mean ? Doubles.Dot(unit, mean) : double.NegativeInfinity;
    }
}
