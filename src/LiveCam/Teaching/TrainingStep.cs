namespace LiveCam.Teaching;

/// <summary>A step of gradient descent as people see it.</summary>
/// <param name="Norms">The length of the loss's gradient to each layer's weights and biases, in the layers' order; the same layers in every step.</param>
public sealed record TrainingStep(float Loss, IReadOnlyList<LayerNorm> Norms);

/// <summary>The length of a gradient.</summary>
/// <param name="Layer">What the layer is called.</param>
public readonly record struct LayerNorm(string Layer, double Norm);
