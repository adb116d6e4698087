using LiveCam.Engine.Training.Metrics;
using LiveCam.Engine.Vision;

namespace LiveCam.Text;

/// <summary>An evaluation as lines of text.</summary>
internal static class EvaluationText
{
    private const int MostClasses = 40, MostMistakes = 8;

    /// <summary>What becomes of a picture before a network sees it, in a line.</summary>
    public static string Of(Preprocessing contract) =>
        $"{contract.Width}×{contract.Height}, {(contract.Channels == 1 ? "gray" : contract.Order == ColourOrder.Rgb ? "RGB" : "BGR")}, "
        + FormattableString.Invariant($"(pixel × {contract.Scale:G4} − {contract.Mean}) / {contract.StandardDeviation}");

    public static void Write(Evaluation evaluation, double seconds, TextWriter output)
    {
        output.WriteLine($"Accuracy {evaluation.Accuracy:P2} of {evaluation.Count} pictures, top five {evaluation.TopFive:P2}, "
            + $"calibration error {evaluation.CalibrationError:P2} ({Evaluation.CalibrationBins} bins), mean F1 {Figure(evaluation.MacroF1)}, "
            + $"mean AUC {Figure(evaluation.MacroAuc)}; {seconds:F1} s, {evaluation.Count / seconds:F0} pictures a second.");
        output.WriteLine();
        var table = new TextTable("class", ">pictures", ">precision", ">recall", ">F1", ">AUC");
        foreach (ClassMetrics x in evaluation.Classes.Where(x => x.Support > 0 || x.Predicted > 0).Take(MostClasses))
            table.Add(x.Name, $"{x.Support}", Figure(x.Precision), Figure(x.Recall), Figure(x.F1), Figure(x.Auc));
        table.Write(output);
        if (evaluation.Classes.Count > MostClasses) output.WriteLine($"… {evaluation.Classes.Count} classes in all; --report shows more.");
        List<Mistake> mistakes = Mistake.Of(evaluation, MostMistakes);
        if (mistakes.Count == 0) return;
        output.WriteLine();
        var confused = new TextTable("taken most often", "for", ">pictures");
        foreach (Mistake mistake in mistakes) confused.Add(mistake.True, mistake.Predicted, $"{mistake.Count}");
        confused.Write(output);
    }

    private static string Figure(double value) => double.IsFinite(value) ? $"{value:F4}" : "–";
}

/// <summary>How often one class was taken for another.</summary>
internal sealed record Mistake(string True, string Predicted, int Count, double Part)
{
    /// <summary>The most frequent ones, of equals the first.</summary>
    public static List<Mistake> Of(Evaluation evaluation, int most) =>
        [.. evaluation.Confusion.SelectMany((row, i) => row.Select((count, j) => (i, j, count))).Where(x => x.i != x.j && x.count > 0)
            .OrderByDescending(x => x.count).ThenBy(x => (x.i, x.j)).Take(most)
            .Select(x => new Mistake(evaluation.Classes[x.i].Name, evaluation.Classes[x.j].Name, x.count, (double)x.count / evaluation.Classes[x.i].Support))];
}
