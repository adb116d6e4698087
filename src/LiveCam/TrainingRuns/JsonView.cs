using System.Text.Json;
using LiveCam.Text;

namespace LiveCam.TrainingRuns;

/// <summary>One JSON object an epoch.</summary>
internal sealed class JsonView(Terminal terminal) : ITrainingView
{
    private readonly JsonLine line = new(terminal.Output);

    public void Show(TrainingFacts facts, Action run) => run();

    public void Step(TrainingMoment moment) { }

    public void Epoch(EpochResult epoch)
    {
        Utf8JsonWriter writer = line.Begin();
        writer.WriteNumber("epoch", epoch.Epoch);
        writer.WriteRounded("loss", epoch.Loss, 6);
        writer.WriteRounded("norm", epoch.Norm, 6);
        writer.WriteStartObject("layer_norms");
        foreach (LayerNorm one in epoch.Layers) writer.WriteRounded(one.Layer, one.Norm, 9);
        writer.WriteEndObject();
        writer.WriteRounded("rate", epoch.Rate, 9);
        writer.WriteRounded("validation_loss", epoch.ValidationLoss ?? double.NaN, 6);
        writer.WriteRounded("validation_accuracy", epoch.Accuracy ?? double.NaN, 9);
        writer.WriteRounded("seconds", epoch.Seconds);
        writer.WriteRounded("samples_per_second", epoch.Samples / epoch.Seconds, 1);
        line.End();
        terminal.Output.Flush();
    }

    public void Note(string sentence) => terminal.Note(sentence);
}
