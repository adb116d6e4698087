using System.Diagnostics;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Engine.Explaining;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Reports;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>What <c>livecam explain</c> was asked for.</summary>
internal sealed record ExplainWishes
{
    public required IReadOnlyList<ExplainMethod> Methods { get; init; }

    /// <summary>Whether methods that the network has not what they need for are left out.</summary>
    public bool SkipsUnfit { get; init; }

    /// <summary>As written; null for the class of the highest score.</summary>
    public string? Target { get; init; }
    public string? Against { get; init; }
    public required string Folder { get; init; }
    public bool Checks { get; init; }
    public bool Json { get; init; }
}

/// <summary>Explains pictures one after the other: every method a map, its files and a line.</summary>
internal sealed class ExplainRun : IDisposable
{
    private readonly ExplainNetwork network;
    private readonly Device device;
    private readonly ExplainWishes wishes;
    private readonly Terminal terminal;
    private readonly PreprocessingCpu preprocessing;
    private readonly ExplainTarget? chosen;
    private readonly int? against;
    private readonly ScorePass? scores;
    private readonly FaithfulnessTest test;
    private readonly List<Explainer> explainers = [];
    private readonly Dictionary<Explainer, Explainer> shuffled = [];
    private readonly JsonLine line;
    private readonly TextTable table = new("file", "method", "target", ">ms", ">deletion", ">insertion", "faithful", "map");

    /// <exception cref="LiveCamException">There is no such target, or the network has not what a method needs.</exception>
    public ExplainRun(ExplainNetwork network, Device device, ExplainWishes wishes, Terminal terminal)
    {
        (this.network, this.device, this.wishes, this.terminal) = (network, device, wishes, terminal);
        preprocessing = new PreprocessingCpu(network.Model.Contract);
        line = new JsonLine(terminal.Output);
        if (wishes.Target is { } text) chosen = TargetText.Parse(text, network);
        if (wishes.Against is { } other)
        {
            if (chosen is { Layer: not null }) throw new LiveCamException($"Explaining \"{wishes.Target}\": --against tells two classes apart, but this is a channel; leave it out.");
            against = TargetText.Parse(other, network) is { Layer: null } of ? of.Index : throw new LiveCamException($"Explaining against \"{other}\": it has to be a class.");
        }
        ExplainTarget any = chosen ?? ExplainTarget.Class(0);
        if (any.Layer is null) scores = new ScorePass(network, device, any);
        test = new FaithfulnessTest(network, device, any);
        Prepare(any);
    }

    private void Prepare(ExplainTarget target)
    {
        ExplainNetwork? chance = wishes.Checks ? Randomization.Of(network) : null;
        foreach (ExplainMethod method in wishes.Methods)
        {
            try
            {
                explainers.Add(method.Prepare(network, device, target));
                if (chance is not null) shuffled[explainers[^1]] = method.Prepare(chance, device, target);
            }
            catch (LiveCamException error) when (wishes.SkipsUnfit)
            {
                terminal.Note($"{method.Name} is left out. {error.Message}");
            }
        }
    }

    /// <summary>A file that cannot be read is told and the next one is taken; the exit code then says that something failed.</summary>
    /// <exception cref="LiveCamException">Two files would be written under one name, or the folder cannot be made.</exception>
    public int Run(string[] files)
    {
        foreach (IGrouping<string, string> same in files.GroupBy(Path.GetFileNameWithoutExtension)!)
            if (same.Distinct().Skip(1).Any())
                throw new LiveCamException($"Explaining {string.Join(" and ", same.Distinct().Select(file => $"\"{file}\""))}: all would be written as \"{same.Key}-METHOD.png\"; give each a call with a folder of its own.");
        try
        {
            Directory.CreateDirectory(wishes.Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Writing maps into \"{wishes.Folder}\": {error.Message.TrimEnd('.')}.", error);
        }
        int exit = CommandLine.Fine;
        foreach ((int done, string file) in files.Index())
        {
            try
            {
                terminal.Stop.ThrowIfCancellationRequested();
                Explain(file, PictureArguments.Load(file, "explained", terminal));
            }
            catch (LiveCamException error)
            {
                terminal.Note(error.Message);
                exit = CommandLine.Failed;
            }
            catch (OperationCanceledException) when (terminal.Stop.IsCancellationRequested)
            {
                terminal.Note($"stopped after {done} of {files.Length} pictures.");
                exit = CommandLine.Failed;
                break;
            }
        }
        if (!wishes.Json && table.Count > 0) table.Write(terminal.Output);
        return exit;
    }

    private void Explain(string file, Picture picture)
    {
        var input = new Tensor(ElementType.Float32, network.Model.InputShape);
        preprocessing.Run(picture, input.Span<float>(), network.Strides);
        foreach (Explainer explainer in explainers)
        {
            ExplainTarget target = TargetOf(input, explainer.Method);
            long start = Stopwatch.GetTimestamp();
            explainer.Begin(input, target);
            explainer.Run(terminal.Stop);
            ExplainMap map = explainer.Map();
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            float[] onPicture = map.OnPicture(network.Model.Contract, picture.Width, picture.Height);
            string name = Path.Combine(wishes.Folder, $"{Path.GetFileNameWithoutExtension(file)}-{explainer.Method.Name}");
            NpyFile.Write($"{name}.npy", onPicture, picture.Width, picture.Height);
            ImageFile.Save(MapOverlay.Draw(picture, onPicture, map, network.Model.Contract), $"{name}.png");
            Faithfulness? faithful = map.Trouble is null ? test.Run(input, map, target, terminal.Stop) : null;
            double? likeness = null;
            if (shuffled.TryGetValue(explainer, out Explainer? other))
            {
                other.Begin(input, target);
                other.Run(terminal.Stop);
                likeness = Randomization.Likeness(map, other.Map());
            }
            Report(file, explainer, target, milliseconds, $"{name}.npy", map, faithful, likeness);
        }
    }

    /// <summary>What is explained of a picture: what was chosen, or the class of the highest score; of a contrast, against the one that comes next.</summary>
    private ExplainTarget TargetOf(Tensor input, ExplainMethod method)
    {
        if (chosen is { Layer: not null }) return chosen;
        Guess[] best = network.Best(scores!.Run(input), 2);
        ExplainTarget target = chosen ?? ExplainTarget.Class(best[0].Index);
        if (against is null && method is not Contrast || best.Length < 2) return target;
        return target with { Against = against ?? best.First(guess => guess.Index != target.Index).Index };
    }

    private void Report(string file, Explainer explainer, ExplainTarget target, double milliseconds, string npy, ExplainMap map, Faithfulness? faithful, double? likeness)
    {
        if (map.Trouble is { } trouble) terminal.Note($"{file}, {explainer.Method.Name}: {trouble}");
        if (!wishes.Json)
        {
            table.Add(file, explainer.Method.Name, network.NameOf(target), $"{milliseconds:F1}", faithful is null ? "" : $"{faithful.DeletionArea:F3}", faithful is null ? "" : $"{faithful.InsertionArea:F3}",
                faithful?.Word ?? "", likeness is { } alike ? $"{npy}; {Randomization.Word(alike)} on the weights ({alike:F2} like that of shuffled ones)" : npy);
            return;
        }
        Utf8JsonWriter json = line.Begin();
        json.WriteString("file", file);
        json.WriteString("method", explainer.Method.Name);
        json.WriteString("target", network.NameOf(target));
        json.WriteRounded("milliseconds", milliseconds);
        json.WriteString("npy", npy);
        json.WriteRounded("deletion", faithful?.DeletionArea ?? double.NaN, 6);
        json.WriteRounded("insertion", faithful?.InsertionArea ?? double.NaN, 6);
        if (wishes.Checks && explainer is ICompleteness complete) json.WriteRounded("completeness_error", complete.CompletenessError, 6);
        if (likeness is { } like) json.WriteRounded("shuffled_likeness", like, 4);
        line.End();
    }

    public void Dispose()
    {
        scores?.Dispose();
        test.Dispose();
        foreach (Explainer explainer in explainers.Concat(shuffled.Values)) explainer.Dispose();
    }
}
