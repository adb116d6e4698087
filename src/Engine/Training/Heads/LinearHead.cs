namespace LiveCam.Engine.Training.Heads;

/// <summary>Scores W x + b, with x the features or their direction.</summary>
/// <param name="weights">Classes x Dimension, in rows.</param>
/// <param name="biases">By class; -infinity for a class without samples.</param>
/// <param name="ofDirection">Whether the features are divided by their length first.</param>
public sealed class LinearHead(double[] weights, double[] biases, bool ofDirection) : Head
{
    public override int Dimension { get; } = weights.Length / biases.Length;
    public override int Classes => biases.Length;
    public bool OfDirection => ofDirection;
    public ReadOnlySpan<double> Weights => weights;
    public ReadOnlySpan<double> Biases => biases;

    /// <summary>
    /// Linear discriminant analysis (Hastie, Tibshirani and Friedman, The elements of statistical learning, section 4.3) with equal priors and a shrunk
    /// covariance, on directions: w = A⁻¹ μ, b = -½ μᵀ A⁻¹ μ. In closed form, in milliseconds.
    /// </summary>
    /// <param name="background">A class whose samples do not enter the covariance, being many different things; -1 for none.</param>
    public static LinearHead Discriminant(FeatureRows rows, int background = -1)
    {
        var sums = new ClassSums(rows);
        var metric = new Mahalanobis(sums.Centred(rows, background, Mahalanobis.MostSamples), rows.Dimension);
        var weights = new double[rows.Classes * rows.Dimension];
        var biases = new double[rows.Classes];
        for (int c = 0; c < biases.Length; c++)
        {
            biases[c] = double.NegativeInfinity;
            if (sums.Means[c] is not { } mean) continue;
            double[] w = metric.Solve(mean);
            w.CopyTo(weights, c * rows.Dimension);
            biases[c] = -0.5 * Doubles.Dot(mean, w);
        }
        return new(weights, biases, ofDirection: true);
    }

    public override void Score(ReadOnlySpan<float> features, Span<double> scores)
    {
        Span<double> x = Dimension <= 4096 ? stackalloc double[Dimension] : new double[Dimension];
        if (ofDirection) Doubles.Direction(features, x);
        else for (int i = 0; i < x.Length; i++) x[i] = features[i];
        for (int c = 0; c < biases.Length; c++) scores[c] = Doubles.Dot(weights.AsSpan(c * Dimension, Dimension), x) + biases[c];
    }
}
