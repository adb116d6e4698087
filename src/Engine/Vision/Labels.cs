using System.Buffers;
using System.Text;
using System.Text.Json;
using LiveCam.Engine.Text;

namespace LiveCam.Engine.Vision;

/// <summary>The names of a model's classes, in class order.</summary>
/// <param name="Where">Where they were found, for sentences: a file, or a model's metadata.</param>
/// <param name="Names">One for each class.</param>
/// <param name="Ids">The WordNet ids that stood before the names ("n01440764"), which are what folders of ImageNet are called; else null.</param>
public sealed record Labels(string Where, IReadOnlyList<string> Names, IReadOnlyList<string>? Ids = null)
{
    /// <summary>The metadata key that holds the labels, one a line.</summary>
    public const string MetadataKey = "livecam.labels";

    /// <summary>Limits of a label file: bytes, labels, characters a label.</summary>
    public const int MaxBytes = 16 << 20, MaxCount = 100_000, MaxLabel = 1024;

    private const string Background = "background";

    /// <summary>Reads a label file in any of the forms that <see cref="Parse"/> takes, in UTF-8 or UTF-16.</summary>
    /// <exception cref="LiveCamException">The file cannot be read or is not such a file.</exception>
    public static Labels Load(string path) => Parse(TextFile.Read(path, $"the labels in {path}", MaxBytes), path);

    /// <summary>
    /// The labels in a text: one a line, or "number name" a line, in any of the ways these are written (<see cref="LabelLines"/>); or a JSON,
    /// Python or YAML list or table of them (<see cref="LabelTable"/>).
    /// </summary>
    /// <param name="where">Names the text in errors.</param>
    /// <exception cref="LiveCamException">The text is empty, malformed or past a limit.</exception>
    public static Labels Parse(string text, string where)
    {
        text = text.TrimStart('\uFEFF');
        (string[] names, string[]? ids) = LabelTable.TryRead(text, where) ?? LabelLines.Read(text, where);
        if (names.Length == 0)
            throw new LiveCamException($"Cannot read the labels in {where}: there are none; it has to be one label a line or a JSON array of texts.");
        if (names.Length > MaxCount)
            throw new LiveCamException($"Cannot read the labels in {where}: there are {names.Length}, the limit is {MaxCount}; is it a label file?");
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0)
                throw new LiveCamException($"Cannot read the labels in {where}: label {i + 1} of {names.Length} is empty; every class needs a name.");
            if (names[i].Length > MaxLabel || names[i].Any(char.IsControl))
                throw new LiveCamException($"Cannot read the labels in {where}: label {i + 1} has {names[i].Length} characters or a control character, "
                    + $"but a label is plain text of at most {MaxLabel}; is it a label file?");
        }
        return new(where, names, ids);
    }

    /// <summary>The labels as metadata hold them: one a line, or a JSON array where lines would be read as something else.</summary>
    /// <exception cref="LiveCamException">Some label would not be read back as it is.</exception>
    public static string Write(IReadOnlyList<string> labels)
    {
        string lines = string.Join('\n', labels);
        if (IsReadBack(lines)) return lines;
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (string label in labels) json.WriteStringValue(label);
            json.WriteEndArray();
        }
        string array = Encoding.UTF8.GetString(bytes.WrittenSpan);
        return IsReadBack(array) ? array : throw new LiveCamException(
            "Cannot write the labels: one is empty, begins or ends with a space, or holds a line end; rename it.");

        bool IsReadBack(string text)
        {
            try
            {
                return Parse(text, "the labels to be written").Names.SequenceEqual(labels);
            }
            catch (LiveCamException)
            {
                return false;
            }
        }
    }

    /// <summary>
    /// Labels for a model of <paramref name="classes"/> classes: ImageNet's extra class 0, "background", is put before the labels or taken
    /// away when just that makes the counts agree; one score is that of the second of two labels, and the first one's is the rest.
    /// </summary>
    /// <exception cref="LiveCamException">The counts differ in another way.</exception>
    public Labels Match(int classes)
    {
        if (Names.Count == classes) return this;
        if (Names.Count == 1000 && classes == 1001) return this with { Names = [Background, .. Names], Ids = Ids is null ? null : [Background, .. Ids] };
        if (Names.Count == classes + 1 && Names[0].Equals(Background, StringComparison.OrdinalIgnoreCase))
            return this with { Names = [.. Names.Skip(1)], Ids = Ids is null ? null : [.. Ids.Skip(1)] };
        throw new LiveCamException($"Cannot use the labels in {Where}: there are {Names.Count}, but the model has {classes} classes; give the label file the model was trained with.");
    }

    /// <summary>Whether <see cref="Match"/> would succeed.</summary>
    public bool Fits(int classes) => Names.Count == classes || Names.Count == 1000 && classes == 1001
        || Names.Count == classes + 1 && Names[0].Equals(Background, StringComparison.OrdinalIgnoreCase);
}
