using LiveCam.Engine.Models;

namespace LiveCam.Engine.Pictures;

/// <summary>From scores to the most probable classes. Ranking allocates nothing.</summary>
public sealed class Ranking
{
    private readonly float[] probabilities;
    private readonly string[] labels;
    private readonly ScoreKind kind;

    /// <param name="classes">As many as scores, or 2 where one score is for both.</param>
    /// <param name="labels">Null, or one for each class.</param>
    public Ranking(int classes, IReadOnlyList<string>? labels, ScoreKind kind = ScoreKind.Exclusive)
    {
        this.kind = kind;
        probabilities = new float[classes];
        this.labels = labels is null ? [.. Enumerable.Range(0, classes).Select(i => i.ToString())] : [.. labels];
    }

    /// <summary>All classes' probabilities of the last ranking, and their names.</summary>
    public ReadOnlySpan<float> Probabilities => probabilities;
    public ReadOnlySpan<string> Labels => labels;

    public int Classes => probabilities.Length;

    /// <summary>Fills <paramref name="top"/> with the most probable classes, best first; equals in class order.</summary>
    /// <param name="scores">One for each class (probabilities, or anything a softmax turns into them), or one for two classes.</param>
    /// <returns>How many were filled: fewer than asked when there are fewer classes.</returns>
    /// <exception cref="LiveCamException">A score is not finite.</exception>
    public int Rank(ReadOnlySpan<float> scores, Span<Guess> top)
    {
        ToProbabilities(scores);
        return Best(probabilities, top);
    }

    /// <summary>As <see cref="Rank"/>, of what are probabilities already.</summary>
    public int Best(ReadOnlySpan<float> given, Span<Guess> top)
    {
        int count = Math.Min(top.Length, given.Length), filled = 0;
        for (int i = 0; i < given.Length; i++)
        {
            if (filled == count && !(given[i] > top[count - 1].Probability)) continue;
            int at = filled < count ? filled++ : count - 1;
            for (; at > 0 && given[i] > top[at - 1].Probability; at--) top[at] = top[at - 1];
            top[at] = new(i, labels[i], given[i]);
        }
        return filled;
    }

    private void ToProbabilities(ReadOnlySpan<float> scores)
    {
        double sum = 0;
        float largest = float.NegativeInfinity;
        bool inRange = true;
        foreach (float score in scores)
        {
            if (!float.IsFinite(score))
                throw new LiveCamException($"The network's answer holds {score}, so it ranks nothing; are the preprocessing and the weights the ones it was trained with?");
            sum += score;
            largest = Math.Max(largest, score);
            inRange &= score is >= 0 and <= 1;
        }
        if (kind is ScoreKind.Binary or ScoreKind.BinaryLogit)
        {
            probabilities[1] = ScoreKinds.Second(scores[0], kind);
            probabilities[0] = 1 - probabilities[1];
            return;
        }
        // One score alone says yes or no, and not which.
        if (kind == ScoreKind.Probabilities || scores.Length == 1 && inRange)
        {
            scores.CopyTo(probabilities);
            return;
        }
        if (kind == ScoreKind.Logits || scores.Length == 1)
        {
            for (int i = 0; i < scores.Length; i++) probabilities[i] = 1 / (1 + MathF.Exp(-scores[i]));
            return;
        }
        // A softmax sums to 1 up to rounding; that of a quantised network is coarser.
        if (inRange && Math.Abs(sum - 1) < 0.02)
        {
            scores.CopyTo(probabilities);
            return;
        }
        sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            probabilities[i] = MathF.Exp(scores[i] - largest);
            sum += probabilities[i];
        }
        for (int i = 0; i < scores.Length; i++) probabilities[i] = (float)(probabilities[i] / sum);
    }
}
