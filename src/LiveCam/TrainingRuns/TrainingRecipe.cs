using LiveCam.Engine.Models;

namespace LiveCam.TrainingRuns;

/// <summary>How a training run is done: with the program, all that its result depends on. A checkpoint keeps it.</summary>
internal sealed record TrainingRecipe
{
    /// <summary>The name of a network, or an ONNX file that is trained further.</summary>
    public required string Model { get; init; }
    public required string Data { get; init; }

    /// <summary>The ONNX file to write.</summary>
    public required string Out { get; init; }
    public string? Report { get; init; }
    public string? Labels { get; init; }

    /// <summary>Of a CSV: the columns of pictures and labels; null where they are found.</summary>
    public string? ImageColumn { get; init; }
    public string? LabelColumn { get; init; }

    /// <summary>Preprocessing options by name, without dashes.</summary>
    public Dictionary<string, string> Preprocessing { get; init; } = [];

    public int Epochs { get; init; } = 10;
    public int Batch { get; init; } = 64;
    public double Rate { get; init; } = 1e-3;

    /// <summary>One of <see cref="Optimizers"/>.</summary>
    public string Optimizer { get; init; } = "adamw";
    public double Decay { get; init; } = 0.01;

    /// <summary>One of <see cref="Schedules"/>.</summary>
    public string Schedule { get; init; } = "onecycle";

    /// <summary>One of <see cref="Losses"/>; null for the one that fits the data: cross-entropy, or binary where pictures have several labels.</summary>
    public string? Loss { get; init; }

    /// <summary>Part of the probability that cross-entropy spreads over all classes.</summary>
    public double Smoothing { get; init; }

    /// <summary>What a mistake in each class counts: <c>balanced</c>, or a list as in <c>cat=2,dog=0.5</c>; null for 1 each.</summary>
    public string? ClassWeights { get; init; }

    /// <summary>The longest gradient a step follows, 0 for any. The usual one stops the one batch in a thousand whose gradient is a multiple of the others'.</summary>
    public double Clip { get; init; } = 10;

    /// <summary>Decay of the moving average of the weights that is judged and written in their place; 0 for none.</summary>
    public double Average { get; init; }

    /// <summary>How often a picture goes without the last residual branch; without those before it evenly less often.</summary>
    public double DropPath { get; init; }

    /// <summary>The last layer that keeps its weights, or null.</summary>
    public string? Freeze { get; init; }

    /// <summary>What becomes of pictures, as <see cref="Engine.Training.Augmentation.VariationList.Parse"/> takes it.</summary>
    public string Augment { get; init; } = "";
    public long Seed { get; init; } = 1;

    /// <summary>Part of the training pictures that is kept to choose by, where the data brings no such part.</summary>
    public double Validation { get; init; } = 0.1;
    public int? Limit { get; init; }

    public static IReadOnlyList<string> Losses { get; } = ["cross-entropy", "binary", "focal", "soft-f1", "mean-squared"];
    public static IReadOnlyList<string> Optimizers { get; } = ["sgd", "nesterov", "adam", "adamw"];
    public static IReadOnlyList<string> Schedules { get; } = ["constant", "cosine", "step", "onecycle"];

    /// <summary>Where the state of the run is kept while it goes on.</summary>
    public string Checkpoint => Path.ChangeExtension(Out, ".checkpoint");

    public string ReportPath => Report ?? Path.ChangeExtension(Out, ".html");

    /// <summary>What is usual for a network: its family's recipe, or for a file that has learned already.</summary>
    public static TrainingRecipe For(string model, string data, string target)
    {
        FamilyRecipe recipe = NetworkTable.TryFind(model, out NetworkFamily? family) ? family.Recipe : LearnsOn;
        return new TrainingRecipe
        {
            Model = model,
            Data = data,
            Out = target,
            Epochs = recipe.Epochs,
            Batch = recipe.Batch,
            Rate = recipe.Rate,
            Optimizer = recipe.Optimizer,
            Decay = recipe.Decay,
            Schedule = recipe.Schedule,
            Average = recipe.Average,
            Augment = recipe.Augment,
            Validation = recipe.Validation,
        };
    }

    private static FamilyRecipe LearnsOn { get; } = new() { Epochs = 5, Batch = 32, Optimizer = "sgd", Rate = 0.01, Decay = 1e-4, Schedule = "cosine", Augment = "mirror" };
}
