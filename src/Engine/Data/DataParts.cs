namespace LiveCam.Engine.Data;

/// <summary>What a path holds: one set, or the parts that its makers separated. All parts have the same classes.</summary>
/// <param name="Path">Where it was found.</param>
/// <param name="Form">What it is, for people: <c>class folders</c>, <c>IDX</c>, <c>CIFAR-10</c>, <c>CIFAR-100</c>, <c>CSV</c>, <c>pictures</c>.</param>
/// <param name="Train">What to learn from; everything where nothing was separated.</param>
/// <param name="Validation">What to choose by, or null.</param>
/// <param name="Test">What to judge by, or null.</param>
public sealed record DataParts(string Path, string Form, DataSet? Train, DataSet? Validation = null, DataSet? Test = null)
{
    /// <summary>What is worth knowing about how it was read, a sentence each: what was left out, what was doubtful.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<string> Classes => Evaluation.Classes;

    /// <summary>What a finished network is judged by: the test part, else the validation part, else everything.</summary>
    public DataSet Evaluation => (Test ?? Validation ?? Train)!;

    /// <summary>
    /// These parts with those that are missing cut from <see cref="Train"/>: so many of each class as the fractions say, chosen by the seed,
    /// whole bursts only. Parts that exist stay as they are; a fraction of 0 cuts nothing.
    /// </summary>
    /// <param name="validation">0 to 0.9, of the training part.</param>
    /// <param name="test">As <paramref name="validation"/>.</param>
    /// <exception cref="LiveCamException">There is no training part.</exception>
    public DataParts Split(double validation, double test, ulong seed)
    {
        if (Train is null)
            throw new LiveCamException($"Cannot split {Path}: it holds test samples only, but training needs a training part; give the folder with both.");
        DataParts parts = this;
        if (Test is null && test > 0) parts = parts.Cut(test, seed, "test", (rest, cut) => parts with { Train = rest, Test = cut });
        if (Validation is null && validation > 0) parts = parts.Cut(validation, seed, "validation", (rest, cut) => parts with { Train = rest, Validation = cut });
        return parts;
    }

    private DataParts Cut(double fraction, ulong seed, string name, Func<DataSet, DataSet, DataParts> join)
    {
        (int[] kept, int[] cut) = BurstSplit.Cut(Train!, fraction, seed, name == "test" ? 0 : 1);
        return cut.Length == 0 ? this : join(Train!.Select(kept, $"{Path} (train)"), Train.Select(cut, $"{Path} ({name})"));
    }
}
