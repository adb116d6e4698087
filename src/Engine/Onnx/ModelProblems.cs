using System.Text;

namespace LiveCam.Engine.Onnx;

/// <summary>Everything that keeps a model from running, one printable sentence each.</summary>
internal sealed class ModelProblems
{
    private const int MostKept = 200;
    private const int MostInSummary = 5;
    private const int LongestSentence = 600;

    private readonly List<string> sentences = [];
    private int count;

    public int Count => count;

    public void Add(string sentence)
    {
        count++;
        if (sentences.Count < MostKept)
            sentences.Add(Printable(sentence, LongestSentence));
    }

    public IReadOnlyList<string> Sentences =>
        count <= sentences.Count ? sentences : [.. sentences, $"There are {count - sentences.Count} more problems of such kinds."];

    /// <summary>One sentence for all of them.</summary>
    public LiveCamException Summary(string file)
    {
        var text = new StringBuilder($"{file} cannot be run: {count} problem{(count == 1 ? "" : "s")}: ");
        text.AppendJoin("; ", sentences.Take(MostInSummary).Select(x => x.TrimEnd('.')));
        if (count > MostInSummary)
            text.Append($"; and {count - MostInSummary} more (livecam inspect lists them)");
        return new LiveCamException(text[^1] == '?' ? text.ToString() : text.Append('.').ToString());
    }

    /// <summary>Text from a file made fit for a terminal: control characters replaced, cut at a length.</summary>
    public static string Printable(string text, int most)
    {
        string cut = text.Length <= most ? text : $"{text.AsSpan(0, most - 3)}...";
        return cut.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 && cut.AsSpan().IndexOfAnyInRange('\x7f', '\x9f') < 0
            ? cut
            : string.Create(cut.Length, cut, (span, from) =>
            {
                for (int i = 0; i < span.Length; i++)
                    span[i] = char.IsControl(from[i]) ? '?' : from[i];
            });
    }
}
