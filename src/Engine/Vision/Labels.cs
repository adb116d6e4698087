using System.Text;
using System.Text.Json;

namespace LiveCam.Engine.Vision;

/// <summary>The names of a model's classes, in class order.</summary>
public static class Labels
{
    /// <summary>The metadata key that holds the labels, one a line.</summary>
    public const string MetadataKey = "livecam.labels";

    /// <summary>Limits of a label file: bytes, labels, characters a label.</summary>
    public const int MaxBytes = 16 << 20, MaxCount = 100_000, MaxLabel = 1024;

    private const string Background = "background";

    /// <summary>Reads a file of one label a line, or of a JSON array of texts (told apart by a first character '[').</summary>
    /// <exception cref="LiveCamException">The file cannot be read or is not such a file.</exception>
    public static IReadOnlyList<string> Load(string path)
    {
        try
        {
            long bytes = new FileInfo(path).Length;
            if (bytes > MaxBytes)
                throw new LiveCamException($"Cannot read the labels in {path}: the file has {bytes} bytes, the limit is {MaxBytes}; is it a label file?");
            return Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LiveCamException($"Cannot read the labels in {path}: {error.Message}", error);
        }
    }

    /// <summary>
    /// The labels in a text of either form. Empty lines at the end are dropped; when every line starts with a WordNet id
    /// ("n01440764 tench"), the ids are.
    /// </summary>
    /// <param name="where">Names the text in errors.</param>
    /// <exception cref="LiveCamException">The text is empty, malformed or past a limit.</exception>
    public static IReadOnlyList<string> Parse(string text, string where)
    {
        text = text.TrimStart('\uFEFF');
        string[] labels = text.AsSpan().TrimStart() is ['[', ..] ? FromJson(text, where) : FromLines(text);
        if (labels.Length == 0)
            throw new LiveCamException($"Cannot read the labels in {where}: there are none; it has to be one label a line or a JSON array of texts.");
        if (labels.Length > MaxCount)
            throw new LiveCamException($"Cannot read the labels in {where}: there are {labels.Length}, the limit is {MaxCount}; is it a label file?");
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i].Length == 0)
                throw new LiveCamException($"Cannot read the labels in {where}: label {i + 1} of {labels.Length} is empty; every class needs a name.");
            if (labels[i].Length > MaxLabel || labels[i].Any(char.IsControl))
                throw new LiveCamException($"Cannot read the labels in {where}: label {i + 1} has {labels[i].Length} characters or a control character, "
                    + $"but a label is plain text of at most {MaxLabel}; is it a label file?");
        }
        return Array.TrueForAll(labels, HasWordNetId) ? Array.ConvertAll(labels, label => label[10..].TrimStart()) : labels;
    }

    /// <summary>The labels as metadata hold them, one a line.</summary>
    /// <exception cref="LiveCamException">Some label would not be read back as it is.</exception>
    public static string Write(IReadOnlyList<string> labels)
    {
        string text = string.Join('\n', labels);
        return Parse(text, "the labels to be written").SequenceEqual(labels) ? text : throw new LiveCamException(
            "Cannot write the labels: one begins or ends with a space, begins with '[', or all begin with a WordNet id; rename it.");
    }

    /// <summary>
    /// Labels for a model of <paramref name="classes"/> classes: ImageNet's extra class 0, "background", is put before the labels or taken
    /// away when just that makes the counts agree.
    /// </summary>
    /// <param name="where">Names the labels in the error.</param>
    /// <exception cref="LiveCamException">The counts differ in another way.</exception>
    public static IReadOnlyList<string> Match(IReadOnlyList<string> labels, int classes, string where)
    {
        if (labels.Count == classes) return labels;
        if (labels.Count == 1000 && classes == 1001) return [Background, .. labels];
        if (labels.Count == classes + 1 && labels[0].Equals(Background, StringComparison.OrdinalIgnoreCase)) return [.. labels.Skip(1)];
        throw new LiveCamException($"Cannot use the labels in {where}: there are {labels.Count}, but the model has {classes} classes; give the label file the model was trained with.");
    }

    private static string[] FromLines(string text)
    {
        string[] lines = text.TrimEnd().Split('\n');
        return lines is [""] ? [] : Array.ConvertAll(lines, line => line.Trim());
    }

    private static string[] FromJson(string text, string where)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, MaxDepth = 2 });
            return [.. document.RootElement.EnumerateArray().Select((label, i) => label.ValueKind == JsonValueKind.String
                ? label.GetString()!.Trim()
                : throw new LiveCamException($"Cannot read the labels in {where}: entry {i + 1} is {label.ValueKind}, but every entry of the array has to be a text."))];
        }
        catch (JsonException error)
        {
            throw new LiveCamException($"Cannot read the labels in {where}: it is not a JSON array of texts at line {error.LineNumber + 1}: {error.Message}", error);
        }
        catch (InvalidOperationException error)
        {
            throw new LiveCamException($"Cannot read the labels in {where}: a text in it is half of a character; is it damaged?", error);
        }
    }

    private static bool HasWordNetId(string label)
        => label.Length > 10 && label[0] == 'n' && label[9] == ' ' && label.AsSpan(1, 8).IndexOfAnyExceptInRange('0', '9') < 0;
}
