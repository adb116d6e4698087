namespace LiveCam.Text;

/// <summary>Order statistics of measured times.</summary>
internal static class Statistics
{
    /// <summary>The smallest of the values below which at least <paramref name="fraction"/> of all lie (nearest rank); 0 for none.</summary>
    public static double Quantile(IEnumerable<double> values, double fraction)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(fraction * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);
}
