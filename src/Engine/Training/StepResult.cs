namespace LiveCam.Engine.Training;

/// <summary>What one training step did.</summary>
/// <param name="Step">Steps taken, this one included.</param>
/// <param name="Loss">Of the batch, before the update.</param>
/// <param name="Norm">Of all gradients together, before they were shortened.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Trouble">Null where all is well; else a sentence that says what went wrong and what was done about it.</param>
public sealed record StepResult(long Step, float Loss, double Norm, double Rate, string? Trouble);
