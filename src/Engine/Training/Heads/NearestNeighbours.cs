namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// A class's score is the mean cosine to its k samples nearest to the features (fewer where it has fewer): a class may look like several things, and
/// every class has a score to calibrate.
/// </summary>
public sealed class NearestNeighbours : Head
{
    /// <summary>Most samples kept, evenly spaced within each class: with 1280 features they take 42 MB.</summary>
    public const int MostSamples = 4096;

    private readonly double[][][] samples;

    /// <param name="neighbours">k.</param>
    public NearestNeighbours(FeatureRows rows, int neighbours = 3)
    {
        (Dimension, Neighbours) = (rows.Dimension, neighbours);
        var features = new float[rows.Dimension];
        ILookup<int, int> byClass = Enumerable.Range(0, rows.Count).ToLookup(rows.Label);
        samples = new double[rows.Classes][][];
        for (int c = 0; c < samples.Length; c++)
            samples[c] = [.. ClassSums.Evenly([.. byClass[c]], MostSamples / Math.Max(1, byClass.Count)).Select(row =>
            {
                rows.Read(row, features);
                var unit = new double[features.Length];
                Doubles.Direction(features, unit);
                return unit;
            })];
    }

    public int Neighbours { get; }

    /// <summary>The directions of the samples that were kept, by class.</summary>
    public IReadOnlyList<IReadOnlyList<double[]>> Samples => samples;
    public override int Dimension { get; }
    public override int Classes => samples.Length;

    public override void Score(ReadOnlySpan<float> features, Span<double> scores)
    {
        Span<double> unit = Dimension <= 4096 ? stackalloc double[Dimension] : new double[Dimension];
        Span<double> nearest = Neighbours <= 64 ? stackalloc double[Neighbours] : new double[Neighbours];
        Doubles.Direction(features, unit);
        for (int c = 0; c < samples.Length; c++)
        {
            int found = 0;
            foreach (double[] sample in samples[c])
            {
                double cosine = Doubles.Dot(unit, sample);
                if (found == Neighbours && cosine <= nearest[^1]) continue;
                int at = found < Neighbours ? found++ : found - 1;
                for (; at > 0 && nearest[at - 1] < cosine; at--) nearest[at] = nearest[at - 1];
                nearest[at] = cosine;
            }
            double sum = 0;
            foreach (double cosine in nearest[..found]) sum += cosine;
            scores[c] = found == 0 ? double.NegativeInfinity : sum / found;
        }
    }
}
