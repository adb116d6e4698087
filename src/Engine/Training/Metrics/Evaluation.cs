namespace LiveCam.Engine.Training.Metrics;

/// <summary>What is known of one class.</summary>
/// <param name="Support">Samples that are of it.</param>
/// <param name="Predicted">Samples that were taken for it.</param>
/// <param name="Hits">Samples that are both.</param>
/// <param name="Auc">One against all others; not a number where the class, or all others, never occur.</param>
public sealed record ClassMetrics(string Name, int Support, int Predicted, int Hits, double Auc)
{
    /// <summary>Hits of those predicted; not a number where none was.</summary>
    public double Precision => (double)Hits / Predicted;

    /// <summary>Hits of the support; not a number where there is none.</summary>
    public double Recall => (double)Hits / Support;

    /// <summary>The harmonic mean of both, 2 hits / (support + predicted).</summary>
    public double F1 => 2.0 * Hits / (Support + Predicted);
}

/// <summary>Predictions of like confidence: how sure they were and how often they were right.</summary>
public sealed record ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy);

/// <summary>How good a network's answers are on labelled samples; all sums are double precision.</summary>
public sealed record Evaluation
{
    /// <summary>Bins of equal width for the calibration error.</summary>
    public const int CalibrationBins = 15;

    public required int Count { get; init; }
    public required bool IsMultiLabel { get; init; }

    /// <summary>The part of the samples whose most probable class is theirs; with several labels, whose set of classes of at least 0.5 is theirs.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The part of the samples with one of their classes among the five most probable.</summary>
    public required double TopFive { get; init; }

    /// <summary>
    /// Expected calibration error: the mean over all predictions of |confidence - accuracy| of their bin, 15 bins of equal width, upper bound
    /// included (Guo and others: On calibration of modern neural networks, ICML 2017). With several labels each class of each sample is a prediction.
    /// </summary>
    public required double CalibrationError { get; init; }

    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }
    public required IReadOnlyList<ClassMetrics> Classes { get; init; }

    /// <summary>Row: the true class, column: the one predicted. With several labels each class has a table of its own and this is empty.</summary>
    public required int[][] Confusion { get; init; }

    /// <summary>Mean negative log-likelihood of the true class, in nats (of all classes of a sample, with several labels).</summary>
    public required double LogLoss { get; init; }

    public double MacroF1 => Mean(x => x.F1);
    public double MacroRecall => Mean(x => x.Recall);
    public double MacroPrecision => Mean(x => x.Predicted == 0 ? 0 : x.Precision);
    public double MacroAuc => Mean(x => x.Auc);

    /// <summary>The mean over the classes that occur.</summary>
    private double Mean(Func<ClassMetrics, double> value) =>
        Classes.Where(x => x.Support > 0).Select(value).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}
