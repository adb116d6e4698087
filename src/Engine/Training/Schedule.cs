namespace LiveCam.Engine.Training;

/// <summary>What the learning rate is multiplied by, step by step.</summary>
public abstract record Schedule
{
    /// <summary>The factor of the step after <paramref name="step"/> steps.</summary>
    public abstract double Factor(long step);

    /// <summary>The same, reached in a straight line from 0 over the first steps.</summary>
    public Schedule WarmedUp(long steps) => steps <= 0 ? this : new WarmUp(this, steps);
}

/// <summary>Always 1.</summary>
public sealed record ConstantSchedule : Schedule
{
    public override double Factor(long step) => 1;
}

/// <summary>(step + 1) / steps of another schedule while it starts.</summary>
internal sealed record WarmUp(Schedule Then, long Steps) : Schedule
{
    public override double Factor(long step) => step < Steps ? (step + 1.0) / Steps * Then.Factor(step) : Then.Factor(step);
}

/// <summary>Half a cosine from 1 down to <paramref name="Last"/> (Loshchilov and Hutter 2017, equation 5, without restarts).</summary>
public sealed record CosineSchedule(long Steps, double Last = 0) : Schedule
{
    public override double Factor(long step) =>
        Last + (1 - Last) * 0.5 * (1 + Math.Cos(Math.PI * Math.Clamp((double)step / Math.Max(1, Steps), 0, 1)));
}

/// <summary>Multiplied by <paramref name="Gamma"/> at each of the steps named.</summary>
public sealed record StepSchedule(IReadOnlyList<long> At, double Gamma = 0.1) : Schedule
{
    public override double Factor(long step) => Math.Pow(Gamma, At.Count(at => step >= at));
}

/// <summary>
/// One rise from 1/<paramref name="Start"/> to 1 and one long fall to 1/(<paramref name="Start"/> <paramref name="End"/>), both half
/// cosines (Smith and Topin 2018).
/// </summary>
/// <param name="Rise">Part of the steps the rise takes.</param>
public sealed record OneCycleSchedule(long Steps, double Rise = 0.3, double Start = 25, double End = 1e4) : Schedule
{
    public override double Factor(long step)
    {
        double at = Math.Clamp((double)step / Math.Max(1, Steps - 1), 0, 1);
        (double from, double to, double part) = at < Rise ? (1 / Start, 1.0, at / Rise) : (1, 1 / (Start * End), (at - Rise) / Math.Max(1e-12, 1 - Rise));
        return to + (from - to) * 0.5 * (1 + Math.Cos(Math.PI * part));
    }
}
