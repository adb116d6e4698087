using LiveCam.Engine.Training.Metrics;
using LiveCam.Reports;
using LiveCam.Text;

namespace LiveCam.TrainingRuns;

/// <summary>A training run as one HTML file: how it went and how good the network became.</summary>
internal static class TrainingReport
{
    public static void Save(TrainingRun run, TrainingRecipe recipe, Evaluation evaluation, string device)
    {
        IReadOnlyList<EpochResult> epochs = run.Epochs;
        double seconds = epochs.Sum(epoch => epoch.Seconds);
        Curve Of(string name, Func<EpochResult, double?> value) => new(name, [.. epochs.Select(epoch => value(epoch) ?? double.NaN)]);
        HtmlReport.Save(recipe.ReportPath, new()
        {
            Title = $"{run.Model.Name}, trained on {Path.GetFileName(Path.GetFullPath(recipe.Data).TrimEnd(Path.DirectorySeparatorChar))}",
            Facts =
            [
                ("Network", recipe.Out), ("Started from", recipe.Model), ("Data", $"{run.Data.Train!.Name}, {run.Data.Form}: {run.Data.Train.Count} pictures"),
                ("Judged by", $"{run.Data.Evaluation.Name}: {run.Data.Evaluation.Count} pictures"), ("Input", EvaluationText.Of(run.Model.Contract)),
                ("Recipe", TrainingText.Describe(recipe)), ("Device", device),
                ("Time", FormattableString.Invariant($"{seconds:F0} s in steps, {epochs.Sum(epoch => (long)epoch.Samples) / Math.Max(seconds, 1e-9):F0} pictures a second")),
            ],
            Evaluation = evaluation,
            Gradients = [.. epochs.Select(epoch => epoch.Layers).LastOrDefault([]).Select(one => new Curve(one.Layer,
                [.. epochs.Select(epoch => epoch.Layers.FirstOrDefault(other => other.Layer == one.Layer)?.Norm ?? double.NaN)]))],
            Charts =
            [
                new("Loss", false, Of("training", epoch => epoch.Loss), Of("validation", epoch => epoch.ValidationLoss)),
                new("Accuracy", true, Of("validation", epoch => epoch.Accuracy)),
                new("Learning rate", false, Of("rate", epoch => epoch.Rate)),
                new("Norm of the gradient", false, Of("mean of the epoch", epoch => epoch.Norm)),
            ],
        });
    }
}
