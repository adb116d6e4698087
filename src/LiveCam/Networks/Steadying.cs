using LiveCam.Engine.Training.Heads;

namespace LiveCam.Networks;

/// <summary>
/// Makes answers readable: probabilities smoothed exponentially over time, a first class that stays until another is clearly better, and
/// "not sure" below a threshold that is left higher than it is entered. Allocates nothing after the first answer.
/// </summary>
public sealed class Steadying
{
    /// <summary>Seconds after which a change has come through to 63%.</summary>
    public const double Seconds = 0.35;

    /// <summary>A newcomer has to be this much more probable to become the first.</summary>
    public const float Lead = 0.05f;

    /// <summary>Sure from the higher share on, until it falls below the lower.</summary>
    public const float Sure = 0.40f, Unsure = 0.30f;

    private float[] smooth = [];
    private TimeSpan last;
    private readonly TaughtVerdicts verdicts = new();
    private double[] taught = [];
    private int first = -1;
    private bool isSure;

    /// <summary>When the newest scene began, in the time of the source; of any thread.</summary>
    public TimeSpan Cut
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref cut));
        set => Interlocked.Exchange(ref cut, value.Ticks);
    }

    private long cut = long.MinValue;

    private bool IsApart(TimeSpan time) => time < last || last < Cut && time >= Cut;

    /// <summary>Takes one answer's probabilities in and writes <see cref="Answer.Steady"/>.</summary>
    /// <param name="labels">One for each class.</param>
    public void Follow(ReadOnlySpan<float> probabilities, ReadOnlySpan<string> labels, Answer answer)
    {
        double passed = (answer.Time - last).TotalSeconds;
        bool isNew = smooth.Length != probabilities.Length || IsApart(answer.Time);
        if (smooth.Length != probabilities.Length) smooth = new float[probabilities.Length];
        if (isNew) (first, isSure) = (-1, false);
        float share = isNew ? 1 : (float)(1 - Math.Exp(-passed / Seconds));
        last = answer.Time;
        for (int i = 0; i < smooth.Length; i++) smooth[i] += (probabilities[i] - smooth[i]) * share;

        Span<SteadyGuess> list = answer.Steady.AsSpan(0, Math.Min(answer.Steady.Length, smooth.Length));
        int filled = 0;
        for (int i = 0; i < smooth.Length; i++)
        {
            if (filled == list.Length && !(smooth[i] > list[^1].Smooth)) continue;
            int at = filled < list.Length ? filled++ : list.Length - 1;
            for (; at > 0 && smooth[i] > list[at - 1].Smooth; at--) list[at] = list[at - 1];
            list[at] = new(i, labels[i], probabilities[i], smooth[i]);
        }
        if (list.IsEmpty) return;
        Settle(list);
        isSure = list[0].Smooth >= (isSure ? Unsure : Sure);
        answer.IsSure = isSure;
    }

    /// <summary>The same for a model that was taught, which knows where "unknown" and "sure" begin. A new scene does not restart it: neither does it in the project it was taught in.</summary>
    /// <param name="distance">From what was taught, squared.</param>
    public void Follow(Thresholds borders, double distance, ReadOnlySpan<float> probabilities, ReadOnlySpan<string> labels, Answer answer)
    {
        last = answer.Time;
        if (taught.Length != probabilities.Length) taught = new double[probabilities.Length];
        for (int i = 0; i < taught.Length; i++) taught[i] = probabilities[i];
        int best = Head.Best(taught);
        double probability = best < 0 ? 0 : taught[best];
        verdicts.Follow(borders, new(borders.Of(distance, probability), best, probability, distance), taught, labels, answer);
    }

    /// <summary>Keeps the old first in front while the lead of the new one is small.</summary>
    private void Settle(Span<SteadyGuess> list)
    {
        for (int i = 1; i < list.Length; i++)
        {
            if (list[i].Index != first || list[0].Smooth >= list[i].Smooth + Lead) continue;
            SteadyGuess old = list[i];
            list[..i].CopyTo(list[1..]);
            list[0] = old;
            break;
        }
        first = list[0].Index;
    }
}
