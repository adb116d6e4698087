using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Training;

/// <summary>Watches the loss. What is not finite, or far above the usual, sends everything back to a good copy with half the rate.</summary>
internal sealed class Divergence
{
    /// <summary>How far above the usual a loss may be, once the usual is known.</summary>
    private const double MostAbove = 20;
    private const int UsualAfter = 10, MostTimes = 12;

    private readonly IReadOnlyList<Parameter> state;
    private readonly int safeEvery;
    private Tensor[] good, before;
    private long goodAt;
    private int seen, times;

    /// <param name="state">Everything a step changes.</param>
    /// <param name="safeEvery">Steps between copies.</param>
    public Divergence(IReadOnlyList<Parameter> state, int safeEvery)
    {
        (this.state, this.safeEvery) = (state, Math.Max(1, safeEvery));
        good = before = Copy();
    }

    /// <summary>What the rate is multiplied by after all that went wrong.</summary>
    public double RateFactor { get; private set; } = 1;

    /// <summary>A running mean of the loss; NaN before the first step.</summary>
    public double Usual { get; private set; } = double.NaN;

    public void Resume(double rateFactor, double usual)
    {
        (RateFactor, Usual, seen, times) = (rateFactor, usual, double.IsNaN(usual) ? 0 : UsualAfter, 0);
        good = before = Copy();
    }

    /// <param name="taken">Whether the step changed the weights.</param>
    /// <returns>Null, or what went wrong and what was done.</returns>
    /// <exception cref="LiveCamException">It goes on going wrong.</exception>
    public string? After(long step, float loss, double norm, bool taken)
    {
        bool finite = taken && float.IsFinite(loss);
        if (finite && (seen < UsualAfter || loss <= MostAbove * Math.Max(Usual, 0.05)))
        {
            seen++;
            Usual = double.IsNaN(Usual) ? loss : Usual + (loss - Usual) * 0.05;
            if (step - goodAt >= safeEvery)
            {
                (before, good, goodAt) = (good, Copy(), step);
                times = 0;
            }
            return null;
        }
        string what = finite ? $"the loss is {loss:G4} where about {Usual:G4} was usual" : $"the loss is {loss:G4} and the gradient's norm {norm:G4}";
        if (++times > MostTimes)
            throw new LiveCamException($"Training step {step}: {what}, for the {times}th time although the rate was halved each time. Start with a smaller learning rate, or look at the data.");
        RateFactor /= 2;
        // What was not taken has done no harm; one such batch is no reason to lose good steps.
        if (!taken && times == 1)
            return $"Step {step}: {what}; nothing was changed, the rate is halved (now {RateFactor:G3} of the schedule's).";
        // Where the newest copy leads astray again, the one before it is tried.
        Tensor[] back = times > 2 ? before : good;
        ParameterUpdates.Together(() =>
        {
            foreach ((Parameter parameter, Tensor tensor) in state.Zip(back))
                parameter.Assign(tensor);
        });
        goodAt = step;
        return $"Step {step}: {what}; went back to the last good weights, the rate is halved (now {RateFactor:G3} of the schedule's).";
    }

    private Tensor[] Copy() => [.. state.Select(parameter => parameter.Value)];
}
