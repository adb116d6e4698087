namespace LiveCam.Engine.Training.Metrics;

/// <summary>Collects a network's scores beside the true classes and works out how good they are, in double precision. For one thread.</summary>
/// <param name="isMultiLabel">Whether samples may have several classes, or none, and scores are independent of each other.</param>
/// <remarks>
/// Scores are probabilities where those of every sample lie in 0..1 and, unless there are several labels, sum to 1 (within 0.02: a quantised
/// softmax is coarse). Else a softmax, or with several labels a logistic function, makes them probabilities; ranks are then those of
/// the logarithms, which tell apart what rounds to 0 or 1.
/// </remarks>
public sealed class Judge(IReadOnlyList<string> classes, bool isMultiLabel = false)
{
    private const int Top = 5;

    private readonly List<float[]> scores = [];
    private readonly List<int[]> labels = [];
    private bool areProbabilities = true;

    public int Count => labels.Count;

    /// <param name="score">One for each class.</param>
    /// <param name="own">The sample's classes, ascending: exactly one unless there are several labels.</param>
    /// <exception cref="LiveCamException">A score is not finite.</exception>
    public void Add(ReadOnlySpan<float> score, ReadOnlySpan<int> own)
    {
        if (score.Length != classes.Count) throw new ArgumentException($"{score.Length} scores for {classes.Count} classes.", nameof(score));
        if (!isMultiLabel && own.Length != 1) throw new ArgumentException($"A sample has {own.Length} classes, but here each has one.", nameof(own));
        double sum = 0;
        foreach (float value in score)
        {
            if (!float.IsFinite(value))
                throw new LiveCamException($"The network's answer holds {value}, so it says nothing; are the preprocessing and the weights the ones it was trained with?");
            areProbabilities &= value is >= 0 and <= 1;
            sum += value;
        }
        if (!isMultiLabel) areProbabilities &= Math.Abs(sum - 1) < 0.02;
        scores.Add(score.ToArray());
        labels.Add(own.ToArray());
    }

    /// <summary>Everything there is to know of the samples added so far.</summary>
    public Evaluation Evaluate()
    {
        int n = classes.Count, right = 0, topFive = 0;
        var confusion = new int[isMultiLabel ? 0 : n][];
        for (int i = 0; i < confusion.Length; i++) confusion[i] = new int[n];
        int[] support = new int[n], predicted = new int[n], hits = new int[n];
        var calibration = new Calibration();
        double loss = 0;
        double[] normalizers = [.. scores.Select(Normalizer)];
        for (int s = 0; s < labels.Count; s++)
        {
            float[] score = scores[s];
            int[] own = labels[s], guesses = isMultiLabel ? [.. Enumerable.Range(0, n).Where(i => Probability(s, i) >= 0.5)] : [Best(score)];
            foreach (int i in own) support[i]++;
            foreach (int i in guesses) predicted[i]++;
            foreach (int i in own.Intersect(guesses)) hits[i]++;
            if (own.SequenceEqual(guesses)) right++;
            if (own.Any(i => Rank(score, i) < Top)) topFive++;
            if (isMultiLabel)
            {
                for (int i = 0; i < n; i++)
                {
                    bool isOwn = own.Contains(i);
                    calibration.Add(Probability(s, i), isOwn);
                    loss -= Log(isOwn ? Probability(s, i) : 1 - Probability(s, i));
                }
            }
            else
            {
                confusion[own[0]][guesses[0]]++;
                calibration.Add(Probability(s, guesses[0]), own[0] == guesses[0]);
                loss -= areProbabilities ? Log(score[own[0]]) : score[own[0]] - normalizers[s];
            }
        }
        return new()
        {
            Count = labels.Count,
            IsMultiLabel = isMultiLabel,
            Accuracy = (double)right / labels.Count,
            TopFive = (double)topFive / labels.Count,
            CalibrationError = calibration.Error,
            Reliability = calibration.Bins,
            Classes = [.. Enumerable.Range(0, n).Select(i => new ClassMetrics(classes[i], support[i], predicted[i], hits[i], Auc(i)))],
            Confusion = confusion,
            LogLoss = loss / labels.Count,
        };

        double Probability(int sample, int i) => areProbabilities ? scores[sample][i]
            : isMultiLabel ? 1 / (1 + Math.Exp(-scores[sample][i])) : Math.Exp(scores[sample][i] - normalizers[sample]);

        double Auc(int own)
        {
            // A set of very many classes has few samples of most; those without any cost nothing.
            if (support[own] == 0) return double.NaN;
            var ranked = new double[labels.Count];
            var positive = new bool[labels.Count];
            for (int s = 0; s < ranked.Length; s++)
                (ranked[s], positive[s]) = (areProbabilities || isMultiLabel ? scores[s][own] : scores[s][own] - normalizers[s], Array.BinarySearch(labels[s], own) >= 0);
            return AreaUnderCurve.Of(ranked, positive);
        }
    }

    /// <summary>The logarithm of the sum of the exponentials: what a softmax subtracts.</summary>
    private static double Normalizer(float[] score)
    {
        double largest = score.Max();
        return largest + Math.Log(score.Sum(value => Math.Exp(value - largest)));
    }

    /// <summary>The class with the highest score, the first of equals.</summary>
    private static int Best(float[] score)
    {
        int best = 0;
        for (int i = 1; i < score.Length; i++)
            if (score[i] > score[best]) best = i;
        return best;
    }

    /// <summary>How many classes come before this one: higher, or equal and earlier.</summary>
    private static int Rank(float[] score, int own)
    {
        int rank = 0;
        for (int i = 0; i < score.Length; i++)
            if (score[i] > score[own] || (score[i] == score[own] && i < own)) rank++;
        return rank;
    }

    // The smallest float stands in for a probability of 0, so that one sure mistake does not make the mean infinite.
    private static double Log(double probability) => Math.Log(Math.Max(probability, float.Epsilon));
}
