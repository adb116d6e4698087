namespace LiveCam.Engine.Training.Heads;

/// <summary>How well a number that is low for what is known and high for what is not tells them apart.</summary>
public static class Separation
{
    /// <summary>The area under the receiver operating characteristic: how often an unknown lies above a known, ties counting half. NaN where one side is empty.</summary>
    public static double Auroc(IReadOnlyList<double> known, IReadOnlyList<double> unknown)
    {
        double[] sorted = [.. known.Order()];
        double wins = 0;
        foreach (double value in unknown) wins += Below(sorted, value) + (Below(sorted, Math.BitIncrement(value)) - Below(sorted, value)) / 2.0;
        return wins / sorted.Length / unknown.Count;
    }

    /// <summary>
    /// The threshold from which on to say "unknown": the one of least balanced error (the share of known above it plus the share of unknown below it, after Youden,
    /// Index for rating diagnostic tests, 1950); of equal ones the geometric middle of the widest gap, as far from both sides as can be.
    /// </summary>
    /// <param name="known">At least one; none negative.</param>
    /// <param name="unknown">Where there are none, the threshold is <paramref name="alone"/> times the largest known.</param>
    public static double Threshold(IReadOnlyList<double> known, IReadOnlyList<double> unknown, double alone)
    {
        double[] low = [.. known.Order()], high = [.. unknown.Order()], all = [.. low.Concat(high).Order()];
        (double best, double least, double widest) = (0, double.PositiveInfinity, 0);
        for (int i = 0; i < all.Length; i++)
        {
            double below = all[i], above = i + 1 < all.Length ? all[i + 1] : below * alone;
            if (above == below) continue;
            int kept = Below(low, above), passing = Below(high, above);
            double error = (low.Length - kept) / (double)low.Length + (high.Length == 0 ? 0 : passing / (double)high.Length), gap = above / below;
            if (error > least || (error == least && gap <= widest)) continue;
            (best, least, widest) = (Math.Sqrt(below * above), error, gap);
        }
        return best;
    }

    /// <summary>How many of sorted numbers are below a value.</summary>
    private static int Below(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
