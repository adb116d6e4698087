using LiveCam.Engine;
using LiveCam.Engine.Training.Heads;

namespace LiveCam.Teaching;

/// <summary>A way to learn from samples' features.</summary>
/// <param name="Name">As settings keep it and people read it.</param>
/// <param name="Help">What it is, in a few words.</param>
/// <param name="Fit">Makes a head. The second is the background's label, or -1; the third takes every step, where there are steps.</param>
public sealed record HeadKind(string Name, string Help, Func<FeatureRows, int, Action<TrainingStep>?, Head> Fit)
{
    /// <summary>In the order in which a key walks them.</summary>
    public static IReadOnlyList<HeadKind> All { get; } =
    [
        // First what is best with few samples; see bench/README.md.
        new("linear discriminant", "class means under a shared covariance", (rows, background, _) => LinearHead.Discriminant(rows, background)),
        new("class means", "each class is the mean of its samples", (rows, _, _) => new ClassMeans(rows)),
        new("nearest neighbours", "the three most similar samples of each class decide", (rows, _, _) => new NearestNeighbours(rows)),
        new("trained layer", "a layer trained by gradient descent", (rows, _, told) => TrainedHead.Fit(rows, hasHidden: false, told)),
        new("hidden layer", "two layers trained by gradient descent", (rows, _, told) => TrainedHead.Fit(rows, hasHidden: true, told)),
    ];

    public static HeadKind Usual => All[0];

    /// <summary>The way of a name; the usual one where the name is none.</summary>
    public static HeadKind Named(string name) => All.FirstOrDefault(way => way.Name == name) ?? Usual;

    public HeadKind Next => All[(All.ToList().IndexOf(this) + 1) % All.Count];
}
