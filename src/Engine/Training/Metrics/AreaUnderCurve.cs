namespace LiveCam.Engine.Training.Metrics;

/// <summary>
/// The area under the ROC curve: the chance that a positive has a higher score than a negative, equal scores counted half.
/// </summary>
internal static class AreaUnderCurve
{
    /// <summary>By ranks (Mann and Whitney 1947): equals share the mean of their ranks.</summary>
    /// <returns>0 to 1; not a number where there are no positives or no negatives.</returns>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        double[] sorted = scores.ToArray();
        bool[] isPositive = positive.ToArray();
        Array.Sort(sorted, isPositive);
        long positives = 0;
        double ranks = 0;
        for (int first = 0; first < sorted.Length;)
        {
            int end = first, inRun = 0;
            for (; end < sorted.Length && sorted[end] == sorted[first]; end++)
                if (isPositive[end]) inRun++;
            // Ranks first + 1 to end share their mean.
            ranks += inRun * ((first + 1 + end) / 2.0);
            positives += inRun;
            first = end;
        }
        long negatives = sorted.Length - positives;
        return positives == 0 || negatives == 0 ? double.NaN : (ranks - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
