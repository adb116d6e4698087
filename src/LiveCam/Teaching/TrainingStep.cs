namespace LiveCam.Teaching;

/// <summary>A step of gradient descent as people see it.</summary>
/// <param name="Norms">The length of the loss's gradient to each layer's weights and biases, in the layers' order; the same layers in every step.</param>
public sealed record TrainingStep(float Loss, IReadOnlyList<LayerNorm> Norms);

/// <summary>The length of a gradient.</summary>
/// <param name="Layer">What the layer is called.</param>
public readonly record struct LayerNorm(string Layer, double Norm);

/// <summary>How a training goes on, or went.</summary>
/// <param name="What">What was trained, and what the losses are of.</param>
/// <param name="Losses">Oldest first.</param>
/// <param name="Norms">Of the newest step.</param>
public sealed record TrainingCurve(string What, IReadOnlyList<float> Losses, IReadOnlyList<LayerNorm> Norms)
{
    /// <summary>Of a head's steps; null where it was not trained in steps.</summary>
    public static TrainingCurve? Of(IReadOnlyList<TrainingStep> steps) =>
        steps.Count == 0 ? null : new($"loss of {steps.Count} steps", [.. steps.Select(step => step.Loss)], steps[^1].Norms);
}
