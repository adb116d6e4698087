namespace LiveCam.Engine.Training.Heads;

/// <summary>Temperature scaling (Guo et al., On calibration of modern neural networks, 2017): probabilities are softmax(scores / T), with the T that makes held-out labels likeliest.</summary>
public static class Temperature
{
    /// <summary>Bounds of T.</summary>
    public const double Least = 1e-6, Most = 1e6;

    /// <summary>
    /// The T of least cross-entropy. Each label counts as right but for 1 in n + 2 (Laplace's rule of succession): n held-out answers without a mistake do not say
    /// that there are none.
    /// </summary>
    /// <param name="scores">Held-out scores, a row for each sample; -infinity for classes without samples.</param>
    /// <param name="labels">A class that is not -infinity in its row.</param>
    public static double Fit(IReadOnlyList<double[]> scores, IReadOnlyList<int> labels)
    {
        if (scores.Count == 0) return 1;
        // The cross-entropy is convex in 1/T, so its slope changes sign once; bisection on ln T is exact to the last bits and needs no step size.
        double low = Math.Log(Least), high = Math.Log(Most);
        for (int i = 0; i < 100; i++)
        {
            double middle = (low + high) / 2;
            if (Slope(scores, labels, Math.Exp(-middle)) > 0) low = middle;
            else high = middle;
        }
        return Math.Exp((low + high) / 2);
    }

    /// <summary>Replaces scores by probabilities.</summary>
    public static void Softmax(Span<double> scores, double temperature)
    {
        foreach (ref double score in scores) score /= temperature;
        double whole = Doubles.LogSumExp(scores);
        foreach (ref double score in scores) score = double.IsNegativeInfinity(whole) ? 0 : Math.Exp(score - whole);
    }

    /// <summary>The derivative of the cross-entropy by 1/T: expected score less the labels' score.</summary>
    private static double Slope(IReadOnlyList<double[]> scores, IReadOnlyList<int> labels, double inverse)
    {
        double slope = 0, mistake = 1.0 / (scores.Count + 2);
        for (int i = 0; i < scores.Count; i++)
        {
            double[] row = scores[i];
            double highest = row.Max(), weight = 0, expected = 0, sum = 0;
            int count = 0;
            foreach (double score in row)
            {
                if (double.IsNegativeInfinity(score)) continue;
                double part = Math.Exp((score - highest) * inverse);
                weight += part;
                expected += part * score;
                sum += score;
                count++;
            }
            slope += expected / weight - (1 - mistake) * row[labels[i]] - mistake * sum / count;
        }
        return slope;
    }
}
