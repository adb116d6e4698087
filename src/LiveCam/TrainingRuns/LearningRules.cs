using LiveCam.Engine.Data;
using LiveCam.Engine.Models;
using LiveCam.Engine.Training;

namespace LiveCam.TrainingRuns;

/// <summary>From the words of a recipe to what the trainer takes.</summary>
internal static class LearningRules
{
    /// <summary>Part of all steps in which the rate rises, so that the first gradients of a fresh network do no harm.</summary>
    private const double WarmUp = 0.05;

    public static TrainingOptions Of(TrainingRecipe recipe, TrainingNetwork network, DataSet train, long steps) => new()
    {
        Loss = LossRules.Of(recipe, train),
        Optimizer = Optimizer(recipe),
        Schedule = Schedule(recipe.Schedule, steps),
        LargestNorm = recipe.Clip > 0 ? (float)recipe.Clip : float.PositiveInfinity,
        Average = (float)recipe.Average,
        DropPath = (float)recipe.DropPath,
        Frozen = network.Frozen.Contains,
        Seed = (uint)recipe.Seed,
        Output = network.Logits,
        Auxiliary = network.Auxiliary,
        AuxiliaryShare = NetworkFamily.AuxiliaryShare,
    };

    private static Optimizer Optimizer(TrainingRecipe recipe)
    {
        (float rate, float decay) = ((float)recipe.Rate, (float)recipe.Decay);
        return recipe.Optimizer switch
        {
            "sgd" => new Sgd(rate, Decay: decay),
            "nesterov" => new Sgd(rate, Nesterov: true, Decay: decay),
            "adam" => new Adam(rate, Decay: decay),
            _ => new AdamW(rate, Decay: decay),
        };
    }

    private static Schedule Schedule(string name, long steps) => name switch
    {
        "constant" => new ConstantSchedule(),
        "cosine" => new CosineSchedule(steps).WarmedUp((long)(WarmUp * steps)),
        "step" => new StepSchedule([steps / 2, steps * 3 / 4]).WarmedUp((long)(WarmUp * steps)),
        _ => new OneCycleSchedule(steps),
    };
}
