using LiveCam.Engine.Training.Heads;

namespace LiveCam.Networks;

/// <summary>A class with its probability now and smoothed over the last half second.</summary>
public readonly record struct SteadyGuess(int Index, string Label, float Raw, float Smooth);

/// <summary>What the network said about one picture.</summary>
/// <param name="capacity">Most classes it holds.</param>
public sealed class Answer(int capacity)
{
    private readonly Guess[] guesses = new Guess[capacity];

    /// <summary>The picture's number and source time.</summary>
    public long Number { get; set; }
    public TimeSpan Time { get; set; }

    /// <summary>Milliseconds from the picture's arrival to the answer.</summary>
    public double LatencyMilliseconds { get; set; }

    /// <summary>Milliseconds of preprocessing, network and reading the answer.</summary>
    public double InferMilliseconds { get; set; }

    /// <summary>Room for the classes, and how many of them were filled, best first; none for a network without classes.</summary>
    public Span<Guess> Room => guesses;
    public int Count { get; set; }
    public ReadOnlySpan<Guess> Top => guesses.AsSpan(0, Count);

    /// <summary>The same classes' list smoothed over time, with an order that does not flicker; see <see cref="Networks.Steadying"/>.</summary>
    public SteadyGuess[] Steady { get; } = new SteadyGuess[capacity];

    /// <summary>Whether the first of <see cref="Steady"/> is sure enough to be said.</summary>
    public bool IsSure { get; set; }

    /// <summary>Why there is no answer, in a sentence; null where there is one.</summary>
    public string? Trouble { get; set; }

    /// <summary>How sure an answer is that was taught; null for the network's own.</summary>
    public Certainty? Certainty { get; set; }

    /// <summary>What to teach with, where the network gives it: one number for each channel of its feature layer; else empty.</summary>
    public float[] Features { get; private set; } = [];

    /// <summary>Takes the features of a classifier's last run.</summary>
    internal void Keep(Classifier classifier)
    {
        if (Features.Length != classifier.FeatureCount) Features = new float[classifier.FeatureCount];
        if (Features.Length > 0) classifier.ReadFeatures(Features);
    }
}
