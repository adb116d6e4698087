namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// The linear map after which Euclid's distance is a Mahalanobis distance: x to Whole x, or, from a covariance of few samples, to the two parts
/// Scale (x - Innerᵀ Inner x) and Outer Inner x, one after the other. No difference of large numbers is squared, so it can be computed in float32.
/// </summary>
/// <param name="Whole">Dimension x Dimension, in rows; null where the map has the two parts.</param>
/// <param name="Inner">Rank x Dimension, in rows.</param>
/// <param name="Outer">Rank x Rank, in rows.</param>
public sealed record Whitening(int Dimension, double[]? Whole, double[] Inner, double[] Outer, double Scale)
{
    /// <summary>How many rows the two inner matrices have.</summary>
    public int Rank => Inner.Length / Dimension;

    /// <summary>How many numbers come out.</summary>
    public int Size => Dimension + Rank;

    /// <param name="x"><see cref="Dimension"/> numbers.</param>
    /// <returns><see cref="Size"/> numbers.</returns>
    public double[] Of(ReadOnlySpan<double> x)
    {
        var result = new double[Size];
        if (Whole is not null)
        {
            for (int i = 0; i < Dimension; i++) result[i] = Doubles.Dot(Whole.AsSpan(i * Dimension, Dimension), x);
            return result;
        }
        Span<double> rest = result.AsSpan(0, Dimension);
        x.CopyTo(rest);
        var inside = new double[Rank];
        for (int i = 0; i < Rank; i++) inside[i] = Doubles.Dot(Inner.AsSpan(i * Dimension, Dimension), x);
        for (int i = 0; i < Rank; i++)
        {
            Doubles.AddScaled(-inside[i], Inner.AsSpan(i * Dimension, Dimension), rest);
            result[Dimension + i] = Doubles.Dot(Outer.AsSpan(i * Rank, Rank), inside);
        }
        foreach (ref double value in rest) value *= Scale;
        return result;
    }
}
