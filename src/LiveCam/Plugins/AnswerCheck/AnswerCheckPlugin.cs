using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Networks;
using LiveCam.Input;
using LiveCam.Recording;

namespace LiveCam.Plugins.AnswerCheck;

/// <summary>Compares the answers of a replay with those of the recording, digit for digit. A difference is told once, at the end of the run.</summary>
internal sealed class AnswerCheckPlugin : Plugin
{
    private readonly Dictionary<long, string> recorded = [];
    private readonly string folder;
    private long compared, different;
    private string? first;
    private bool isLoaded;

    /// <exception cref="LiveCamException">The recording's answers cannot be read.</exception>
    public AnswerCheckPlugin(string folder)
    {
        this.folder = folder;
        foreach (string line in Script.Lines(RecordingInfo.AnswersIn(folder), mayBeCut: true))
            if (line.Length > 0) recorded[NumberOf(line)] = line;
    }

    public override string Name => "check";
    public override IReadOnlyList<Type> Reads => [typeof(Answer)];

    public override void Load() => isLoaded = true;

    public override void Update(Frame frame)
    {
        if (!frame.HasNew<Answer>() || !recorded.TryGetValue(frame.Get<Answer>()!.Number, out string? expected)) return;
        compared++;
        string answer = AnswerLine.Of(frame.Get<Answer>()!).TrimEnd('\n');
        if (answer == expected) return;
        different++;
        first ??= $"the recording has {expected} and the replay {answer}";
    }

    /// <exception cref="LiveCamException">Answers differ, or there was none to compare.</exception>
    public override void Unload()
    {
        if (!isLoaded) return;
        if (different > 0) throw new LiveCamException($"Replaying \"{folder}\": {different} of {compared} answers differ; first, {first}.");
        if (compared == 0) throw new LiveCamException($"Replaying \"{folder}\": none of its {recorded.Count} answers belongs to a picture that was replayed, so nothing was compared.");
        Say($"{compared} answers are those of the recording.", Severity.Note);
    }

    private long NumberOf(string line)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(line);
            return json.RootElement.GetProperty("frame").GetInt64();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new LiveCamException($"Reading the recording \"{folder}\": a line of answers.jsonl is damaged: {line}.", e);
        }
    }
}
