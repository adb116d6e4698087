using System.Globalization;
using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Devices.Gl;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Training.Metrics;
using LiveCam.TrainingRuns;
using LiveCam.Networks;
using LiveCam.Platform;

namespace LiveCam.Teaching;

/// <summary>
/// Trains the last part of a backbone, or all of it, on a project's samples, through the graph, and judges it by bursts it never saw: a network that knows at least as many of them as
/// the lesson that answers now is written as a new backbone. The old one stays as it is.
/// </summary>
/// <param name="isWhole">Whether the first layers learn too.</param>
/// <param name="openGl">Trains and judges, on a display's context in slices of its ticks' spare time; null does it on the processor with one thread.</param>
internal sealed class FineTuning(SampleStore store, PictureModel model, bool isWhole, GlDevice? openGl, Lesson live, Action<string> told, Action<TrainingCurve> shown, CancellationToken stop) : ITrainingView
{
    private const int Epochs = 12, Batch = 8;

    /// <summary>The part of the bursts that judges, and of the layers with weights that keep them.</summary>
    private const double HeldOut = 0.3, Frozen = 0.75;

    // The new head begins with weights of chance, and a few dozen samples make few steps: Adam gets there, and the frozen part keeps it from forgetting.
    private const string Optimizer = "adamw", Schedule = "onecycle";
    private const double Rate = 2e-3;

    private readonly List<float> losses = [];
    private TrainingRun? run;

    /// <summary>What came of it.</summary>
    /// <param name="Path">The new backbone; null where the old one stays.</param>
    /// <param name="Sentence">For people.</param>
    public sealed record Outcome(string? Path, string Sentence);

    /// <exception cref="LiveCamException">The samples or the network cannot be trained with, or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public Outcome Run()
    {
        using CpuDevice? processor = openGl is null ? new CpuDevice(threads: 1) : null;
        Device device = (Device?)openGl ?? processor!;
        TrainingRecipe recipe = TrainingRecipe.For(model.Path!, store.Project.Samples, FreePath()) with
        {
            Epochs = Epochs, Batch = Batch, Optimizer = Optimizer, Schedule = Schedule, Rate = Rate, Validation = HeldOut, Freeze = isWhole ? null : LastFrozen(model.Graph),
        };
        DataParts samples = DataSet.Open(recipe.Data, PictureFiles.Instance);
        using var training = run = new TrainingRun(recipe, samples, device);
        try
        {
            if (run.Data.Validation is not { } judges)
                return new(null, "Fine-tuning needs samples to judge by that it has not seen: record a second burst of some class first.");
            if (!run.Train(this, stop)) throw new OperationCanceledException(stop);
            Evaluation found = run.Judge(this, stop);
            double before = KnownBefore(judges);
            string compared = string.Create(CultureInfo.InvariantCulture, $"of {judges.Count} samples it had not seen it knows {100 * found.Accuracy:0}%, and the lesson before {100 * before:0}%");
            if (found.Accuracy < before) return new(null, $"The fine-tuned backbone is not taken: {compared}.");
            PictureModelFile.Save(run.Model, recipe.Out);
            return new(recipe.Out, $"fine-tuned: {compared}");
        }
        finally
        {
            File.Delete(recipe.Checkpoint);
        }
    }

    /// <summary>The part of the samples that the live lesson's heads knew while they had not seen them.</summary>
    private double KnownBefore(DataSet judges)
    {
        // Files that somebody put there may have one name in two classes.
        Dictionary<int, string> names = store.State.Classes.ToDictionary(one => one.Id, one => one.Name);
        Dictionary<(string?, string), Sample> known = store.Samples().ToDictionary(sample => (names.GetValueOrDefault(sample.Class), sample.Name));
        int right = 0;
        for (int i = 0; i < judges.Count; i++)
            if (known.TryGetValue((judges.Classes[judges.Labels(i)[0]], Path.GetFileName(judges.NameOf(i))), out Sample? sample) && live.HeldOut.TryGetValue(sample.Id, out int taken) && taken == sample.Class) right++;
        return right / (double)judges.Count;
    }

    /// <summary>The last of the first three quarters of the layers that have weights.</summary>
    internal static string LastFrozen(Graph graph)
    {
        Node[] weighing = [.. graph.Nodes.Where(node => node.Inputs.Any(input => input.Exists && graph.Parameters.TryGetValue(input, out Parameter? own) && own.Shape.Rank >= 2))];
        return weighing[(int)(Frozen * weighing.Length)].Name;
    }

    private string FreePath()
    {
        int number = 1;
        while (File.Exists(Numbered(number))) number++;
        return Numbered(number);

        string Numbered(int one) => Path.Combine(store.Project.Root, string.Create(CultureInfo.InvariantCulture, $"backbone-{one}.onnx"));
    }

    public void Show(TrainingFacts facts, Action run) => run();

    public void Step(TrainingMoment moment)
    {
        told(string.Create(CultureInfo.InvariantCulture, $"fine-tuning, epoch {moment.Epoch} of {Epochs}: loss {moment.Loss:0.000}, {Math.Ceiling(moment.Left.TotalSeconds):0} s left"));
        losses.Add(run!.LastLoss);
        shown(new($"fine-tuning, loss of {losses.Count} steps", [.. losses], Layers()));
    }

    /// <summary>The last step's gradients, layer by layer as the network goes.</summary>
    private IReadOnlyList<LayerNorm> Layers()
    {
        Graph graph = run!.Model.Graph;
        Dictionary<string, double> norms = run.GradientNorms().ToDictionary(one => one.Parameter.Name, one => one.Norm);
        return [.. graph.Nodes.Select(node => new LayerNorm(node.Name, Math.Sqrt(node.Inputs.Where(input => input.Exists && graph.Parameters.ContainsKey(input))
            .Sum(input => Math.Pow(norms.GetValueOrDefault(graph.Parameters[input].Name), 2))))).Where(layer => layer.Norm > 0)];
    }

    public void Epoch(EpochResult epoch) { }

    public void Note(string sentence) => told(sentence);
}
