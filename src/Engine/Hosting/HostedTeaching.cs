using LiveCam.Engine.Pictures;
using LiveCam.Engine.Training.Heads;

namespace LiveCam.Engine.Hosting;

/// <summary>Samples as features with labels, and what was learned from them beside the frame: a linear discriminant with its distance and thresholds.</summary>
internal sealed class HostedTeaching(int dimension)
{
    private readonly List<Sample> samples = [];
    private readonly List<string> labels = [];
    private Task<(TaughtModel Model, int Samples)>? learning;
    private TaughtModel? model;

    private readonly record struct Sample(float[] Features, int Label, int Burst);

    public IReadOnlyList<string> Labels => labels;
    public int Samples => samples.Count;
    public int LearnedSamples { get; private set; }

    public void Add(ReadOnlySpan<float> features, string label)
    {
        int index = labels.IndexOf(label);
        if (index < 0)
        {
            index = labels.Count;
            labels.Add(label);
        }
        // Samples of one label in a row are near copies of each other.
        int burst = samples.Count == 0 ? 0 : samples[^1].Burst + (samples[^1].Label == index ? 0 : 1);
        samples.Add(new(features.ToArray(), index, burst));
    }

    public void Clear()
    {
        (model, learning, LearnedSamples) = (null, null, 0);
        samples.Clear();
        labels.Clear();
    }

    /// <summary>Takes what was learned, and learns from what was added since.</summary>
    /// <returns>Whether answers are others than before.</returns>
    public bool GoOn()
    {
        bool isNew = learning is { IsCompleted: true };
        if (isNew)
        {
            Task<(TaughtModel, int)> done = learning!;
            learning = null;
            (model, LearnedSamples) = done.GetAwaiter().GetResult();
        }
        if (learning is null && samples.Count > LearnedSamples)
        {
            var rows = new Rows([.. samples], dimension, labels.Count);
            learning = Task.Run(() => (TaughtModel.Fit(rows, background: -1, some => LinearHead.Discriminant(some)), rows.Count));
        }
        return isNew;
    }

    /// <summary>What a picture shows by what was learned; null before anything was.</summary>
    public PictureAnswer? Judge(ReadOnlySpan<float> features, int top)
    {
        if (model is null) return null;
        var probabilities = new double[model.Head.Classes];
        Verdict verdict = model.Judge(features, probabilities);
        Guess[] guesses = [.. probabilities.Select((probability, i) => new Guess(i, labels[i], (float)probability)).OrderByDescending(guess => guess.Probability).Take(top)];
        return new(guesses, verdict.Certainty);
    }

    private sealed class Rows(Sample[] samples, int dimension, int classes) : FeatureRows
    {
        public override int Dimension => dimension;
        public override int Count => samples.Length;
        public override int Classes => classes;
        public override int Label(int row) => samples[row].Label;
        public override int Burst(int row) => samples[row].Burst;
        public override void Read(int row, Span<float> features) => samples[row].Features.CopyTo(features);
    }
}
