using LiveCam.Engine.Training.Heads;

namespace LiveCam.Networks;

/// <summary>Writes verdicts of what was taught as answers, steady over time. Allocates nothing after the first answer.</summary>
internal sealed class TaughtVerdicts
{
    private readonly SteadyVerdict steady = new();
    private int[] order = [];

    /// <summary>Forgets what was seen: other classes.</summary>
    public void Reset() => steady.Reset();

    /// <param name="verdict">Of the picture whose <see cref="Answer.Time"/> is set.</param>
    /// <param name="probabilities">One for each class.</param>
    /// <param name="labels">One for each class.</param>
    /// <param name="answer">Gets its lists of classes and how sure it is.</param>
    public void Follow(Thresholds borders, Verdict verdict, ReadOnlySpan<double> probabilities, ReadOnlySpan<string> labels, Answer answer)
    {
        Verdict settled = steady.Follow(borders, verdict, probabilities, answer.Time);
        ReadOnlySpan<double> smooth = steady.Probabilities;
        if (order.Length != answer.Room.Length) order = new int[answer.Room.Length];
        answer.Count = Best(probabilities, -1);
        for (int i = 0; i < answer.Count; i++) answer.Room[i] = new(order[i], labels[order[i]], (float)probabilities[order[i]]);
        Best(smooth, settled.Class);
        for (int i = 0; i < answer.Count; i++) answer.Steady[i] = new(order[i], labels[order[i]], (float)probabilities[order[i]], (float)smooth[order[i]]);
        answer.Certainty = settled.Certainty;
        answer.IsSure = settled.Certainty == Certainty.Sure;
    }

    /// <summary>Fills the order with the most probable classes, best first.</summary>
    /// <param name="first">One that stands first whatever its probability, or -1.</param>
    private int Best(ReadOnlySpan<double> values, int first)
    {
        int filled = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (filled == order.Length && !Before(values, i, order[^1], first)) continue;
            int at = filled < order.Length ? filled++ : order.Length - 1;
            for (; at > 0 && Before(values, i, order[at - 1], first); at--) order[at] = order[at - 1];
            order[at] = i;
        }
        return filled;
    }

    private static bool Before(ReadOnlySpan<double> values, int a, int b, int first) => a == first || b != first && values[a] > values[b];
}
