using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Training;

namespace LiveCam.TrainingRuns;

/// <summary>One pass over the training pictures and what came of it.</summary>
/// <param name="Epoch">1 for the first.</param>
/// <param name="Loss">The mean over its steps.</param>
/// <param name="Norm">The mean norm of the gradients.</param>
/// <param name="Rate">The learning rate of its last step.</param>
/// <param name="ValidationLoss">Null where nothing is kept to choose by.</param>
/// <param name="Seconds">Of its steps, without the judging.</param>
internal sealed record EpochResult(int Epoch, double Loss, double Norm, double Rate, double? ValidationLoss, double? Accuracy, int Samples, double Seconds)
{
    /// <summary>The mean norm of each layer's gradient, over every <see cref="LayerNorms.Every"/>th step.</summary>
    public IReadOnlyList<LayerNorm> Layers { get; init; } = [];
}

/// <summary>What a checkpoint keeps besides the weights: the recipe, the epochs behind, and the sums and last rate of the one that was interrupted.</summary>
internal sealed record TrainingNote(TrainingRecipe Recipe, IReadOnlyList<EpochResult> Epochs, double LossSum, double NormSum, double Seconds, double Rate)
{
    /// <summary>Of that epoch; null in checkpoints of versions that did not know it.</summary>
    public LayerSums? Layers { get; init; }

    /// <summary>Names the classes and the pictures by place, so that a run is not resumed with others; null in checkpoints of versions that did not know it.</summary>
    public string? Data { get; init; }

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>The note in a checkpoint.</summary>
    /// <exception cref="LiveCamException">The file is no checkpoint, or none of this command's.</exception>
    public static TrainingNote Read(string path)
    {
        string note = Trainer.NoteOf(path);
        try
        {
            return JsonSerializer.Deserialize<TrainingNote>(note) is { Recipe: not null, Epochs: not null } read ? read : throw new JsonException();
        }
        catch (JsonException error)
        {
            throw new LiveCamException($"Reading the checkpoint {path}: it was not written by `livecam train`, so it does not say how training went on.", error);
        }
    }
}
