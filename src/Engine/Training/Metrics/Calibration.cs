namespace LiveCam.Engine.Training.Metrics;

/// <summary>Sums of confidence and of right answers in bins of equal width, each with its upper bound.</summary>
internal sealed class Calibration
{
    private const int Count = Evaluation.CalibrationBins;

    private readonly int[] counts = new int[Count], right = new int[Count];
    private readonly double[] confidence = new double[Count];

    public void Add(double probability, bool isRight)
    {
        int bin = Math.Clamp((int)Math.Ceiling(probability * Count) - 1, 0, Count - 1);
        counts[bin]++;
        confidence[bin] += probability;
        if (isRight) right[bin]++;
    }

    public double Error => counts.Sum() == 0 ? double.NaN : Enumerable.Range(0, Count).Sum(i => Math.Abs(right[i] - confidence[i])) / counts.Sum();

    public IReadOnlyList<ReliabilityBin> Bins =>
        [.. Enumerable.Range(0, Count).Select(i => new ReliabilityBin((double)i / Count, (i + 1.0) / Count, counts[i], confidence[i] / counts[i], (double)right[i] / counts[i]))];
}
