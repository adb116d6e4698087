using System.Security.Cryptography;
using System.Text;
using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Training.Metrics;
using LiveCam.Networks;

namespace LiveCam.Teaching;

/// <summary>What was learned from some samples in one way, and how it answers. Immutable.</summary>
/// <param name="Number">Counts the lessons of a project that went live.</param>
/// <param name="Backbone">The network whose features it takes, and their layer.</param>
/// <param name="Classes">A class's id by its label.</param>
/// <param name="Samples">The ids of what it was learned from, with their classes then: another class, another sample.</param>
/// <param name="HeldOut">What samples were taken for by heads that had not seen them: a class's id by the sample's id.</param>
/// <param name="Steps">Where it was trained in steps.</param>
public sealed record Lesson(int Number, HeadKind Way, PictureModel Backbone, string Layer, IReadOnlyList<int> Classes, IReadOnlyDictionary<int, int> Samples,
    TaughtModel Model, IReadOnlyDictionary<int, int> HeldOut, IReadOnlyList<TrainingStep> Steps)
{
    /// <summary>The part of the samples that heads which had not seen them took for what they are; not a number where there were none.</summary>
    public double Accuracy => HeldOut.Count == 0 ? double.NaN : HeldOut.Count(one => Samples[one.Key] == one.Value) / (double)HeldOut.Count;

    /// <summary>Everything there is to know of the samples while they were held out.</summary>
    public required Evaluation Evaluation { get; init; }

    /// <summary>Which samples in which way, as a text.</summary>
    public string Key { get; } = KeyOf(Way, Samples);

    public static string KeyOf(HeadKind way, IReadOnlyDictionary<int, int> samples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(way.Name));
        foreach ((int id, int own) in samples.OrderBy(one => one.Key)) hash.AppendData(Encoding.UTF8.GetBytes($" {id}:{own}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>Learns.</summary>
    /// <param name="rows">At least one.</param>
    /// <param name="classes">Ids of classes by label.</param>
    /// <param name="told">Takes all steps so far of the head that is trained, after each.</param>
    public static Lesson Learn(int number, HeadKind way, Backbone backbone, SampleRows rows, IReadOnlyList<int> classes, Action<IReadOnlyList<TrainingStep>>? told = null)
    {
        int background = classes.ToList().IndexOf(SampleStore.Background);
        // The last head that is fitted is the one that stays.
        List<TrainingStep> steps = [];
        TaughtModel model = TaughtModel.Fit(rows, background, some =>
        {
            steps.Clear();
            return way.Fit(some, background, step =>
            {
                steps.Add(step);
                told?.Invoke(steps);
            });
        });
        HeldOut evidence = model.Evidence!;
        Dictionary<int, int> heldOut = [];
        var judge = new Judge([.. classes.Select(id => $"{id}")]);
        for (int i = 0; i < evidence.Rows.Count; i++)
        {
            double[] probabilities = [.. evidence.Scores[i]];
            Temperature.Softmax(probabilities, model.Temperature);
            judge.Add([.. probabilities.Select(x => (float)x)], [evidence.Labels[i]]);
            heldOut[rows.Sample(evidence.Rows[i]).Id] = classes[Head.Best(evidence.Scores[i])];
        }
        Dictionary<int, int> samples = [];
        for (int row = 0; row < rows.Count; row++) samples[rows.Sample(row).Id] = rows.Sample(row).Class;
        return new(number, way, backbone.Model, backbone.Layer, classes, samples, model, heldOut, steps) { Evaluation = judge.Evaluate() };
    }
}
