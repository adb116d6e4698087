using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Training;

/// <summary>How a network is trained.</summary>
public sealed record TrainingOptions
{
    public Loss Loss { get; init; } = new CrossEntropyLoss();
    public Optimizer Optimizer { get; init; } = new Sgd();
    public Schedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>Largest norm of all gradients together; longer ones are shortened to it.</summary>
    public float LargestNorm { get; init; } = float.PositiveInfinity;

    /// <summary>Decay of the moving average that is kept of every weight and of what normalizations have seen, 0.999 say; 0 keeps none. After t steps it is at most (1 + t) / (10 + t).</summary>
    public float Average { get; init; }

    /// <summary>Parameters that keep their value, with the running averages of their normalizations. None unless given.</summary>
    public Func<Parameter, bool> Frozen { get; init; } = _ => false;

    /// <summary>Stochastic depth: how often a picture goes without the last residual branch, 0 to less than 1; without those before it evenly less often.</summary>
    public float DropPath { get; init; }

    /// <summary>Of dropout.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>The output the loss is taken of; the first where null.</summary>
    public string? Output { get; init; }

    /// <summary>Further values of the output's shape, by name, whose loss is added, each counting <see cref="AuxiliaryShare"/>.</summary>
    public IReadOnlyList<string> Auxiliary { get; init; } = [];
    public float AuxiliaryShare { get; init; } = 0.3f;

    /// <summary>Steps between copies of everything, which a divergence goes back to.</summary>
    public int SafeEvery { get; init; } = 50;
}
