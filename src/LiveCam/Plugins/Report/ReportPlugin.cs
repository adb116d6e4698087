using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LiveCam.Engine.Training.Heads;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Text;

namespace LiveCam.Plugins.Report;

/// <summary>Tells every answer: a JSON object each, or a line of text when the best class changes and once a second.</summary>
public sealed class ReportPlugin(TextWriter output, bool json) : Plugin
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly JsonLine line = new(output);
    private readonly RunSummary summary = new();
    private long lastTold;
    private int lastBest = -1;
    private bool isLoaded;

    public override string Name => "report";
    public override IReadOnlyList<Type> Reads => [typeof(Answer), typeof(NetworkInfo)];
    public override IReadOnlyList<Type> MayRead => [typeof(CameraReport), typeof(TeachingState), typeof(BurstState)];

    public override void Load() => isLoaded = true;

    public override void Update(Frame frame)
    {
        summary.Count(frame);
        if (!frame.HasNew<Answer>()) return;
        if (json) WriteJson(frame, frame.Get<Answer>()!, frame.Get<NetworkInfo>()!.Kind);
        else WriteText(frame.Get<Answer>()!);
    }

    public override void Unload()
    {
        if (!isLoaded) return;
        if (json) summary.WriteJson(line);
        else output.WriteLine(summary.Text);
    }

    private void WriteJson(Frame frame, Answer answer, string device)
    {
        Utf8JsonWriter writer = line.Begin();
        writer.WriteNumber("frame", answer.Number);
        writer.WriteRounded("time", answer.Time.TotalSeconds, 6);
        writer.WriteString("device", device);
        if (frame.Number == answer.Number && frame.Get<CameraReport>()?.File is { } file) writer.WriteString("file", Path.GetFileName(file));
        writer.WriteRounded("latency_ms", answer.LatencyMilliseconds);
        writer.WriteRounded("infer_ms", answer.InferMilliseconds);
        writer.WriteGuesses(answer.Top);
        if (answer.Certainty is { } certainty)
        {
            // What the screen says, which follows the probabilities a little later.
            writer.WriteString("said", certainty == Certainty.Unknown ? null : answer.Steady[0].Label);
            writer.WriteString("certainty", certainty.ToString().ToLowerInvariant());
        }
        if (frame.Get<BurstState>() is { IsOn: true } burst && frame.Get<TeachingState>()?.Classes.FirstOrDefault(one => one.Id == burst.Class) is { } into)
        {
            writer.WriteString("recording", into.Name);
            writer.WriteNumber("samples", into.Count);
            if (burst.Reason.Length > 0) writer.WriteString("refused", burst.Reason);
        }
        line.End();
    }

    private void WriteText(Answer answer)
    {
        int best = answer.Top.IsEmpty ? -1 : answer.Top[0].Index;
        if (lastTold != 0 && best == lastBest && Stopwatch.GetElapsedTime(lastTold) < Pause) return;
        (lastTold, lastBest) = (Stopwatch.GetTimestamp(), best);
        string said = answer.Top.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"  {answer.Top[0].Probability * 100,5:F1}%  {answer.Top[0].Label}");
        if (answer.Certainty is { } certainty and not Certainty.Sure) said += $"  ({certainty.ToString().ToLowerInvariant()})";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"frame {answer.Number,6}  {answer.Time.TotalSeconds,8:F2} s  {answer.InferMilliseconds,7:F1} ms{said}"));
    }
}
