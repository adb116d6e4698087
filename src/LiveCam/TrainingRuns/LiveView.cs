using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;
using LiveCam.Engine.Text;
using LiveCam.Text;

namespace LiveCam.TrainingRuns;

/// <summary>A picture of the run in the terminal that is drawn anew a few times a second.</summary>
internal sealed class LiveView(Terminal terminal) : ITrainingView
{
    private const int MostRows = 8, MostLayers = 10, Columns = 48, MostLosses = 1 << 14;
    private const string Levels = "▁▂▃▄▅▆▇█";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    private readonly List<EpochResult> epochs = [];
    private readonly List<double> losses = [];
    private readonly List<string> notes = [];
    private LiveDisplayContext? display;
    private TrainingFacts? facts;
    private TrainingMoment moment;
    private long drawn;

    public void Show(TrainingFacts facts, Action run)
    {
        this.facts = facts;
        epochs.AddRange(facts.Done);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Drawing) });
        console.WriteLine(PlainText.Of(TrainingText.Begin(facts), keepsLines: true));
        console.Live(Draw()).Start(context =>
        {
            display = context;
            run();
            context.UpdateTarget(Draw());
        });
        foreach (string note in notes) terminal.Note(note);
    }

    public void Step(TrainingMoment now)
    {
        moment = now;
        if (losses.Count == MostLosses) losses.RemoveRange(0, MostLosses / 2);
        losses.Add(now.Loss);
        Update();
    }

    public void Epoch(EpochResult epoch)
    {
        epochs.Add(epoch);
        drawn = 0;
        Update();
    }

    public void Note(string sentence) => notes.Add(sentence);

    private void Update()
    {
        if (Stopwatch.GetElapsedTime(drawn) < Between) return;
        drawn = Stopwatch.GetTimestamp();
        display?.UpdateTarget(Draw());
    }

    private Rows Draw()
    {
        var lines = new List<IRenderable>
        {
            new Markup(FormattableString.Invariant($"epoch [bold]{Math.Max(1, moment.Epoch)}[/] of {facts!.Recipe.Epochs}  [blue]{Bar(moment)}[/]  {moment.Step}/{moment.Steps}  ")
                + $"{TrainingText.Speed(moment.SamplesPerSecond)}  [bold]{TrainingText.Time(moment.Left)}[/] left"),
            new Markup(FormattableString.Invariant($"loss  [bold]{moment.Loss:F4}[/]  [blue]{Line(losses)}[/]  rate {moment.Rate:G3}")),
        };
        if (epochs.Count > 0)
        {
            Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
            foreach (string title in (string[])["epoch", "loss", "validation", "accuracy", "rate", "seconds"]) table.AddColumn(new TableColumn($"[grey]{title}[/]").RightAligned());
            foreach (EpochResult one in epochs.TakeLast(MostRows))
                table.AddRow($"{one.Epoch}", Number(one.Loss, "F4"), Number(one.ValidationLoss, "F4"), one.Accuracy is { } part ? $"[bold]{Number(part * 100, "F2")} %[/]" : "–",
                    Number(one.Rate, "G3"), Number(one.Seconds, "F1"));
            lines.Add(table);
            if (epochs.Any(one => one.Accuracy is not null)) lines.Add(new Markup($"accuracy  [green]{Line([.. epochs.Select(one => one.Accuracy ?? 0)])}[/]"));
        }
        if (moment.Layers is { Count: > 0 } layers) lines.Add(Gradients(layers));
        if (notes.Count > 0) lines.Add(new Markup($"[yellow]{Markup.Escape(PlainText.Of(notes[^1]))}[/]"));
        return new(lines);
    }

    /// <summary>Layers from the first to the last: the norm of each one's gradient now, beside the others', and how it came about over the epochs.</summary>
    private Table Gradients(IReadOnlyList<LayerNorm> layers)
    {
        Table table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).AddColumn("[grey]layer[/]").AddColumn(new TableColumn("[grey]gradient[/]").RightAligned()).AddColumn("[grey]over the epochs[/]");
        foreach (LayerNorm one in TrainingText.Spread(layers, MostLayers))
        {
            double[] past = [.. epochs.Where(epoch => epoch.Epoch < moment.Epoch).SelectMany(epoch => epoch.Layers).Where(other => other.Layer == one.Layer).Select(other => other.Norm), one.Norm];
            // Norms differ by powers of ten.
            table.AddRow(Markup.Escape(PlainText.Of(one.Layer)), Number(one.Norm, "G3"), $"[blue]{Line([.. past.Select(norm => Math.Log(Math.Max(norm, 1e-12)))])}[/]");
        }
        return table;
    }

    private static string Number(double? value, string format) => value is { } number ? number.ToString(format, System.Globalization.CultureInfo.InvariantCulture) : "–";

    private static string Bar(TrainingMoment moment)
    {
        int full = moment.Steps == 0 ? 0 : moment.Step * 24 / moment.Steps;
        return new string('━', full) + new string('─', 24 - full);
    }

    /// <summary>Values as a row of blocks between their least and their most, several to a block where there are many.</summary>
    private static string Line(List<double> values)
    {
        if (values.Count == 0) return "";
        int columns = Math.Min(Columns, values.Count);
        double[] means = [.. Enumerable.Range(0, columns).Select(i => values.GetRange(i * values.Count / columns, Math.Max(1, (i + 1) * values.Count / columns - i * values.Count / columns)).Average())];
        double least = means.Min(), range = Math.Max(means.Max() - least, 1e-12);
        return string.Concat(means.Select(value => Levels[(int)Math.Min(Levels.Length - 1, (value - least) / range * Levels.Length)]));
    }
}
