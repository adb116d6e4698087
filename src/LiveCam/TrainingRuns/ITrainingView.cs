namespace LiveCam.TrainingRuns;

/// <summary>What is known before the first step.</summary>
/// <param name="Parameters">Numbers in all weights, and of these the ones that learn.</param>
/// <param name="Done">Epochs a resumed run has behind it.</param>
internal sealed record TrainingFacts(string Model, string Data, (long All, long Learning) Parameters, int Train, int Validation, int Test, TrainingRecipe Recipe, IReadOnlyList<EpochResult> Done);

/// <summary>Where a run is.</summary>
/// <param name="Epoch">1 for the first.</param>
/// <param name="Step">Steps of this epoch taken.</param>
/// <param name="Loss">The mean of this epoch so far.</param>
/// <param name="Layers">The mean norm of each layer's gradient in this epoch so far.</param>
/// <param name="Left">What the rest takes at the speed so far, the judging included.</param>
internal readonly record struct TrainingMoment(int Epoch, int Step, int Steps, double Loss, double Rate, double SamplesPerSecond, IReadOnlyList<LayerNorm> Layers, TimeSpan Left);

/// <summary>Shows a person, or another program, how training goes on.</summary>
internal interface ITrainingView
{
    /// <summary>Shows it while <paramref name="run"/> runs.</summary>
    void Show(TrainingFacts facts, Action run);

    /// <summary>After every step.</summary>
    void Step(TrainingMoment moment);
    void Epoch(EpochResult epoch);

    /// <summary>Something worth knowing.</summary>
    void Note(string sentence);
}
