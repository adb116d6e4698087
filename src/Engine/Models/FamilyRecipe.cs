namespace LiveCam.Engine.Models;

/// <summary>How a network is usually trained: what <c>livecam train</c> takes unless it is told otherwise.</summary>
public sealed record FamilyRecipe
{
    /// <summary>How often all pictures are seen.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Pictures of a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>The highest learning rate.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary><c>sgd</c>, <c>nesterov</c>, <c>adam</c> or <c>adamw</c>.</summary>
    public string Optimizer { get; init; } = "adamw";

    /// <summary>Weight decay.</summary>
    public double Decay { get; init; } = 0.01;

    /// <summary><c>constant</c>, <c>cosine</c>, <c>step</c> or <c>onecycle</c>.</summary>
    public string Schedule { get; init; } = "onecycle";

    /// <summary>Decay of the moving average of the weights; 0 for none.</summary>
    public double Average { get; init; }

    /// <summary>What becomes of pictures, as <c>livecam augment</c> takes it.</summary>
    public string Augment { get; init; } = "";

    /// <summary>Part of the training pictures that is kept to choose by.</summary>
    public double Validation { get; init; } = 0.1;

    /// <summary>Handwritten digits: moved, turned and scaled a little, never mirrored.</summary>
    public static FamilyRecipe Digits { get; } = new() { Epochs = 12, Augment = "translate:0.06,rotate:10,scale:0.1", Validation = 0.05 };

    /// <summary>Residual and other normalized networks on small pictures (He, Zhang, Ren and Sun 2016, section 4.2, with one cycle).</summary>
    public static FamilyRecipe Normalized { get; } = new() { Epochs = 40, Batch = 32, Optimizer = "nesterov", Rate = 0.05, Decay = 5e-4, Augment = "mirror,crop:4", Validation = 0.05 };

    /// <summary>Networks without normalization, which bear smaller rates.</summary>
    public static FamilyRecipe Plain { get; } = new() { Epochs = 40, Batch = 32, Optimizer = "nesterov", Rate = 0.01, Decay = 5e-4, Augment = "mirror,crop:4", Validation = 0.05 };

    /// <summary>Networks whose papers train with Adam or RMSprop: depthwise convolutions, attention.</summary>
    public static FamilyRecipe Adaptive { get; } = new() { Epochs = 40, Batch = 32, Rate = 2e-3, Decay = 0.05, Augment = "mirror,crop:4", Validation = 0.05 };
}
