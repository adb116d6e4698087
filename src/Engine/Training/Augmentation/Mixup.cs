namespace LiveCam.Engine.Training.Augmentation;

/// <summary>
/// Each sample of a batch blended with another of the batch, labels too, in shares from Beta(α, α), the larger one its own (Zhang and
/// others: mixup: beyond empirical risk minimization, ICLR 2018).
/// </summary>
/// <param name="Alpha">0.01 to 4; small values mostly leave a sample alone.</param>
public sealed record Mixup(double Alpha) : Variation
{
    /// <summary>Another sample's row among <paramref name="rows"/>, and the share 0.5 to 1 that the own sample keeps.</summary>
    public (int Other, float Share) Draw(int rows, ref SampleRandom random)
    {
        double share = Beta(ref random);
        return (random.Below(rows), (float)Math.Max(share, 1 - share));
    }

    /// <summary>Jöhnk (1964): two powers of uniform numbers whose sum stays below 1.</summary>
    private double Beta(ref SampleRandom random)
    {
        while (true)
        {
            double x = Math.Pow(random.Uniform(), 1 / Alpha), y = Math.Pow(random.Uniform(), 1 / Alpha);
            if (x + y is > 0 and <= 1) return x / (x + y);
        }
    }
}
