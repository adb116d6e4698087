using System.Diagnostics;
using LiveCam.Text;

namespace LiveCam.TrainingRuns;

/// <summary>Lines: one an epoch, and one every ten seconds within a long one.</summary>
internal sealed class PlainView(Terminal terminal) : ITrainingView
{
    private const int MostLayers = 8;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(10);

    private long last = Stopwatch.GetTimestamp();
    private int epochs;

    public void Show(TrainingFacts facts, Action run)
    {
        epochs = facts.Recipe.Epochs;
        terminal.Output.WriteLine(TrainingText.Begin(facts));
        run();
    }

    public void Step(TrainingMoment moment)
    {
        if (Stopwatch.GetElapsedTime(last) < Between) return;
        last = Stopwatch.GetTimestamp();
        terminal.Output.WriteLine(FormattableString.Invariant($"  epoch {moment.Epoch}, step {moment.Step} of {moment.Steps}: loss {moment.Loss:F4}, rate {moment.Rate:G3}, ")
            + $"{TrainingText.Speed(moment.SamplesPerSecond)}, {TrainingText.Time(moment.Left)} left");
        terminal.Output.Flush();
    }

    public void Epoch(EpochResult epoch)
    {
        last = Stopwatch.GetTimestamp();
        string validation = epoch.Accuracy is { } accuracy ? FormattableString.Invariant($", validation {accuracy * 100:F2} % (loss {epoch.ValidationLoss:F4})") : "";
        terminal.Output.WriteLine(FormattableString.Invariant($"epoch {epoch.Epoch} of {epochs}: loss {epoch.Loss:F4}{validation}, rate {epoch.Rate:G3}, ")
            + FormattableString.Invariant($"gradient {epoch.Norm:G3}, {epoch.Seconds:F1} s, {TrainingText.Speed(epoch.Samples / epoch.Seconds)}"));
        if (epoch.Layers.Count > 0)
            terminal.Output.WriteLine($"  gradient by layer: {string.Join(", ", TrainingText.Spread(epoch.Layers, MostLayers).Select(one => FormattableString.Invariant($"{one.Layer} {one.Norm:G3}")))}");
        terminal.Output.Flush();
    }

    public void Note(string sentence) => terminal.Note(sentence);
}
