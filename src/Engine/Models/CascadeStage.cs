namespace LiveCam.Engine.Models;

/// <summary>One stage of a cascade that learns without classes: names of values and parameters of its graph.</summary>
/// <param name="Input">What its S-cells see: N, planes before, H, W.</param>
/// <param name="Simple">Its S-cells: N, planes, H, W.</param>
/// <param name="Inhibition">The inhibiting cell of each place: N, 1, H, W.</param>
/// <param name="Excitation">Weights from the planes before: planes, planes before, kernel.</param>
/// <param name="Strength">Of the inhibition, one for each plane.</param>
/// <param name="Fixed">How much each place of a window counts: 1, planes before, kernel.</param>
/// <param name="Rate">How fast it learns.</param>
public sealed record CascadeStage(string Input, string Simple, string Inhibition, string Excitation, string Strength, string Fixed, float Rate);
