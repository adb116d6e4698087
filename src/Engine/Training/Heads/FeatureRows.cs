namespace LiveCam.Engine.Training.Heads;

/// <summary>
/// Samples as a head sees them: one feature vector each, its class and its burst. Rows are read one at a time, so that they can lie in memory or in
/// a file; reading is safe from several threads.
/// </summary>
public abstract class FeatureRows
{
    /// <summary>How many numbers a row has.</summary>
    public abstract int Dimension { get; }
    public abstract int Count { get; }

    /// <summary>How many classes the labels count; some may have no rows.</summary>
    public abstract int Classes { get; }

    /// <summary>0 to <see cref="Classes"/> - 1.</summary>
    public abstract int Label(int row);

    /// <summary>Which rows were recorded in one go: near copies of each other, which no split may part where it has a choice.</summary>
    public abstract int Burst(int row);

    /// <summary>Copies a row's features.</summary>
    /// <param name="features"><see cref="Dimension"/> numbers.</param>
    public abstract void Read(int row, Span<float> features);

    /// <summary>Some of the rows, in the order given; reads through to this.</summary>
    /// <param name="classOf">New labels by old ones where classes are left out; null keeps them.</param>
    public FeatureRows Select(IReadOnlyList<int> rows, int[]? classOf = null) => new Selection(this, rows, classOf);

    private sealed class Selection(FeatureRows all, IReadOnlyList<int> rows, int[]? classOf) : FeatureRows
    {
        public override int Dimension => all.Dimension;
        public override int Count => rows.Count;
        public override int Classes => classOf is null ? all.Classes : classOf.Max() + 1;
        public override int Label(int row) => classOf is null ? all.Label(rows[row]) : classOf[all.Label(rows[row])];
        public override int Burst(int row) => all.Burst(rows[row]);
        public override void Read(int row, Span<float> features) => all.Read(rows[row], features);
    }
}

/// <summary>Rows in memory, added one after the other.</summary>
public sealed class MemoryRows(int dimension) : FeatureRows
{
    private readonly List<(float[] Features, int Label, int Burst)> rows = [];
    private int classes;

    public override int Dimension => dimension;
    public override int Count => rows.Count;
    public override int Classes => classes;

    public void Add(ReadOnlySpan<float> features, int label, int burst)
    {
        if (features.Length != dimension) throw new ArgumentException($"A row has {features.Length} features, the others have {dimension}.", nameof(features));
        rows.Add((features.ToArray(), label, burst));
        classes = Math.Max(classes, label + 1);
    }

    public override int Label(int row) => rows[row].Label;
    public override int Burst(int row) => rows[row].Burst;
    public override void Read(int row, Span<float> features) => rows[row].Features.CopyTo(features);
}
