using System.Runtime.Intrinsics;

namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// Sums in double precision, in one order whatever the processor: four vectors of four lanes, added pairwise at the end, then the rest. Nothing is
/// contracted to a fused multiplication, so equal inputs give equal bits everywhere.
/// </summary>
internal static class Doubles
{
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i + 16 <= a.Length; i += 16)
        {
            s0 += Vector256.Create(a[i..]) * Vector256.Create(b[i..]);
            s1 += Vector256.Create(a[(i + 4)..]) * Vector256.Create(b[(i + 4)..]);
            s2 += Vector256.Create(a[(i + 8)..]) * Vector256.Create(b[(i + 8)..]);
            s3 += Vector256.Create(a[(i + 12)..]) * Vector256.Create(b[(i + 12)..]);
        }
        double sum = Vector256.Sum(s0 + s1 + (s2 + s3));
        for (; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Adds <paramref name="factor"/> times <paramref name="x"/> to <paramref name="y"/>.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        Vector256<double> by = Vector256.Create(factor);
        int i = 0;
        for (; i + 4 <= x.Length; i += 4) (Vector256.Create<double>(y[i..]) + by * Vector256.Create(x[i..])).CopyTo(y[i..]);
        for (; i < x.Length; i++) y[i] += factor * x[i];
    }

    public static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector256<double> s0 = default, s1 = default;
        int i = 0;
        for (; i + 8 <= a.Length; i += 8)
        {
            Vector256<double> d0 = Vector256.Create(a[i..]) - Vector256.Create(b[i..]), d1 = Vector256.Create(a[(i + 4)..]) - Vector256.Create(b[(i + 4)..]);
            s0 += d0 * d0;
            s1 += d1 * d1;
        }
        double sum = Vector256.Sum(s0 + s1);
        for (; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    /// <summary>The direction of a feature vector: each divided by the length of all. Zero stays zero.</summary>
    public static void Direction(ReadOnlySpan<float> features, Span<double> unit)
    {
        for (int i = 0; i < features.Length; i++) unit[i] = features[i];
        double length = Math.Sqrt(Dot(unit[..features.Length], unit[..features.Length]));
        if (length == 0) return;
        for (int i = 0; i < features.Length; i++) unit[i] /= length;
    }

    /// <summary>ln of the sum of e to each; -infinity where all are.</summary>
    public static double LogSumExp(ReadOnlySpan<double> values)
    {
        double highest = double.NegativeInfinity;
        foreach (double value in values) highest = Math.Max(highest, value);
        if (double.IsNegativeInfinity(highest)) return highest;
        double sum = 0;
        foreach (double value in values) sum += Math.Exp(value - highest);
        return highest + Math.Log(sum);
    }
}
