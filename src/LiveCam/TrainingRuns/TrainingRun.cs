using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Training;
using LiveCam.Engine.Training.Augmentation;
using LiveCam.Engine.Training.Metrics;
using LiveCam.Engine.Vision;
using LiveCam.Networks;

namespace LiveCam.TrainingRuns;

/// <summary>A network, pictures and a recipe: trains epoch by epoch, judges, keeps checkpoints. It ends where it was stopped and goes on from there.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const int MostNotes = 5;

    /// <summary>Decoded pictures that stay in memory: a gigabyte of those learned from, a quarter of it of those that judge, and of a small machine's memory no more than a quarter and a sixteenth.</summary>
    private static readonly long MostKeptBytes = Math.Min(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    private readonly TrainingRecipe recipe;
    private readonly DataParts parts;
    private readonly TrainingNetwork network;
    private readonly Batches batches;
    private readonly Batches? judges;
    private readonly Trainer trainer;
    private readonly BatchNetwork judged;
    private readonly LayerNorms layers;
    private readonly List<EpochResult> epochs = [];
    private readonly string digest;
    private double lossSum, normSum, seconds, rate;
    private int notes;

    /// <param name="whole">The data as they were found; what is missing is split off.</param>
    public TrainingRun(TrainingRecipe recipe, DataParts whole, Device device)
    {
        this.recipe = recipe;
        parts = Parts(recipe, whole);
        digest = Digest(parts);
        network = TrainingNetwork.Create(recipe, parts.Train!);
        batches = new Batches(parts.Train!, network.Model.Contract, new()
        {
            Size = recipe.Batch,
            Shuffle = true,
            Full = true,
            Augment = VariationList.Parse(recipe.Augment),
            Seed = (ulong)recipe.Seed,
            MostKeptBytes = MostKeptBytes,
        });
        judges = parts.Validation is { } validation ? Judging(validation, MostKeptBytes / 4) : null;
        Graph graph = network.Model.Graph;
        trainer = new Trainer(graph, device, LearningRules.Of(recipe, network, parts.Train!, (long)recipe.Epochs * batches.PerEpoch));
        layers = new(graph, trainer.Trained);
        try
        {
            judged = BatchNetwork.Create(network.Model, device, recipe.Batch);
        }
        catch
        {
            trainer.Dispose();
            throw;
        }
    }

    public PictureModel Model => network.Model;
    public DataParts Data => parts;
    public IReadOnlyList<EpochResult> Epochs => epochs;

    public TrainingFacts Facts => new(Model.Name, $"{parts.Path} ({parts.Form})",
        (Numbers(Engine.Passes.TrainingForm.Trainable(Model.Graph)), Numbers(trainer.Trained)),
        parts.Train!.Count, parts.Validation?.Count ?? 0, parts.Test?.Count ?? 0, recipe, epochs);

    /// <summary>The last step's loss, and the norm of its gradient to each parameter.</summary>
    public float LastLoss => trainer.Last?.Loss ?? float.NaN;
    public IReadOnlyList<(Parameter Parameter, double Norm)> GradientNorms() => trainer.GradientNorms();

    /// <summary>Goes on where a checkpoint of the same recipe was written.</summary>
    public void Resume(string path)
    {
        TrainingNote note = TrainingNote.Read(path);
        if (note.Data is { } begun && begun != digest)
            throw new LiveCamException($"Cannot resume {path}: {parts.Path} does not hold the pictures it was begun with; put those back, or begin anew without --resume.");
        trainer.Load(path);
        epochs.AddRange(note.Epochs);
        (lossSum, normSum, seconds, rate) = (note.LossSum, note.NormSum, note.Seconds, note.Rate);
        if (note.Layers is { } sums) layers.State = sums;
    }

    /// <summary>Trains until all epochs are done or it is stopped; either way the checkpoint says where it is. At the end the network has its averages, where they are kept.</summary>
    /// <returns>Whether it is done.</returns>
    public bool Train(ITrainingView view, CancellationToken stop)
    {
        // A place that cannot be written is found out now and not after the first epoch.
        Save();
        long begun = Stopwatch.GetTimestamp(), first = trainer.Steps, total = (long)recipe.Epochs * batches.PerEpoch;
        while (true)
        {
            int epoch = (int)(trainer.Steps / batches.PerEpoch), from = (int)(trainer.Steps % batches.PerEpoch);
            // Also where a run was stopped between an epoch's last step and its judging.
            if (epochs.Count < epoch)
            {
                if (!TryEndEpoch(epoch, view, stop)) return false;
                Save();
            }
            if (trainer.Steps >= total)
            {
                trainer.SwapAverages();
                return true;
            }
            foreach (Batch batch in batches.Epoch(epoch, from))
            {
                if (stop.IsCancellationRequested)
                {
                    Save();
                    return false;
                }
                Take(batch, view);
                double each = Stopwatch.GetElapsedTime(begun).TotalSeconds / (trainer.Steps - first);
                int step = batch.Number + 1;
                view.Step(new(epoch + 1, step, batches.PerEpoch, lossSum / step, rate, (double)step * recipe.Batch / seconds, layers.Means, TimeSpan.FromSeconds(each * (total - trainer.Steps))));
            }
            Save();
        }
    }

    /// <summary>How good the network is now on the pictures that are there to judge it.</summary>
    public Evaluation Judge(ITrainingView view, CancellationToken stop) =>
        Judge(parts.Evaluation == judges?.Set ? judges : Judging(parts.Evaluation, kept: 0), view, stop);

    public void Dispose()
    {
        judged.Dispose();
        trainer.Dispose();
    }

    private void Take(Batch batch, ITrainingView view)
    {
        foreach (string sentence in batch.Unreadable) Tell(sentence, view);
        long start = Stopwatch.GetTimestamp();
        StepResult result = trainer.Step(batch.Images, batch.Targets);
        seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        rate = result.Rate;
        if (result.Trouble is { } trouble) view.Note(trouble);
        // A step that was taken back says nothing about the network that is left.
        lossSum += result.Trouble is null ? result.Loss : epochs.Count > 0 ? epochs[^1].Loss : 0;
        normSum += result.Trouble is null ? result.Norm : 0;
        if (result.Trouble is null && batch.Number % LayerNorms.Every == 0) layers.Add(trainer.GradientNorms());
    }

    /// <returns>Whether it was not stopped meanwhile; else nothing has changed.</returns>
    private bool TryEndEpoch(int epoch, ITrainingView view, CancellationToken stop)
    {
        Evaluation? found = null;
        trainer.SwapAverages();
        try
        {
            if (judges is not null) found = Judge(judges, view, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            trainer.SwapAverages();
        }
        int steps = batches.PerEpoch;
        epochs.Add(new(epoch, lossSum / steps, normSum / steps, rate, found?.LogLoss, found?.Accuracy, steps * recipe.Batch, seconds) { Layers = layers.Means });
        layers.Clear();
        (lossSum, normSum, seconds) = (0, 0, 0);
        view.Epoch(epochs[^1]);
        return true;
    }

    private Batches Judging(DataSet set, long kept) => new(set, Model.Contract, new() { Size = recipe.Batch, MostKeptBytes = kept });

    private Evaluation Judge(Batches set, ITrainingView view, CancellationToken stop) => SetJudge.Evaluate(judged, set, new(parts.Classes, [.. Enumerable.Range(0, parts.Classes.Count)]), sentence => Tell(sentence, view), stop);

    private void Tell(string sentence, ITrainingView view)
    {
        if (++notes <= MostNotes) view.Note(sentence);
        else if (notes == MostNotes + 1) view.Note("more pictures cannot be read; they are left out.");
    }

    private void Save() => trainer.Save(recipe.Checkpoint, new TrainingNote(recipe, epochs, lossSum, normSum, seconds, rate) { Layers = layers.State, Data = digest }.Write());

    private static long Numbers(IEnumerable<Parameter> parameters) => parameters.Where(one => one.Type == ElementType.Float32).Sum(one => (long)one.Shape.ElementCount);

    /// <summary>The first 16 digits of the SHA-256 of the classes and of every picture's part, name and labels.</summary>
    private static string Digest(DataParts parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes($"{text}\n"));
        foreach (string name in parts.Classes) Add(name);
        foreach (DataSet part in ((DataSet?[])[parts.Train, parts.Validation, parts.Test]).OfType<DataSet>())
        {
            Add($"{part.Count} pictures");
            for (int i = 0; i < part.Count; i++) Add($"{part.NameOf(i)} {string.Join(' ', part.Labels(i).ToArray())}");
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static DataParts Parts(TrainingRecipe recipe, DataParts whole)
    {
        if (whole.Classes.Count == 0)
            throw new LiveCamException($"Cannot train on {whole.Path}: its pictures carry no labels; put each class into a folder of its own.");
        if (whole.Classes.Count < 2)
            throw new LiveCamException($"Cannot train on {whole.Path}: all its pictures are of the class \"{whole.Classes[0]}\", but there is nothing to learn from fewer than two.");
        // What would keep the network from being written is said now and not after hours.
        Labels.Write(whole.Classes);
        foreach (DataSet? part in (DataSet?[])[whole.Validation, whole.Test])
            if (part is { Count: 0 }) throw new LiveCamException($"Cannot train on {whole.Path}: {part.Name} holds no pictures to judge by; put some there, or take its folder away.");
        DataParts split = whole.Split(recipe.Validation, test: 0, (ulong)recipe.Seed);
        return recipe.Limit is { } most ? split with { Train = split.Train!.Limit(most), Validation = split.Validation?.Limit(most), Test = split.Test?.Limit(most) } : split;
    }
}
