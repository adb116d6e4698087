using System.Globalization;
using System.Text.RegularExpressions;
using LiveCam.Engine.Text;

namespace LiveCam.Engine.Vision;

/// <summary>
/// Label files that are a value of JSON, Python or YAML: a list of names; a table from number to name (Hugging Face's <c>id2label</c>,
/// ImageNet's class index with [id, name]) or from name to number (Keras' <c>class_indices</c>); or an object that holds one of them beside
/// other things (Hugging Face, Teachable Machine, timm, Ultralytics).
/// </summary>
internal static partial class LabelTable
{
    /// <summary>The entries that hold labels, in the order they are looked for.</summary>
    private static readonly string[] Holders = ["id2label", "names", "labels", "label_names", "class_names", "classes", "categories", "label2id", "class_to_idx", "class_indices", "index_to_name"];

    /// <summary>The names in class order and the WordNet ids beside them; null where the text is none of these.</summary>
    /// <exception cref="LiveCamException">It begins like one and is malformed.</exception>
    public static (string[] Names, string[]? Ids)? TryRead(string text, string where)
    {
        string start = text.TrimStart();
        if (Assignment().Match(start) is { Success: true } assignment) start = start[assignment.Length..];
        if (start.StartsWith('{') || start.StartsWith('['))
        {
            try
            {
                // "[0] cat" is a numbered line.
                if (!NumberInBrackets().IsMatch(start)) return Of(Literal.Parse(start), where);
            }
            catch (FormatException error)
            {
                throw new LiveCamException($"Cannot read the labels in {where}: it is not a JSON array or table of texts at {error.Message}.", error);
            }
        }
        return YamlNames().Match(text) is { Success: true } names ? Yaml(text[(names.Index + names.Length)..], where) : null;
    }

    /// <summary>The names a value holds; for metadata that are such a value.</summary>
    /// <exception cref="LiveCamException">It holds none.</exception>
    public static (string[] Names, string[]? Ids) Of(object? value, string where)
    {
        switch (value)
        {
            case List<object?> list:
                return Split([.. list.Select((item, i) => Entry(item) ?? throw new LiveCamException(
                    $"Cannot read the labels in {where}: entry {i + 1} is {Describe(item)}, but every entry of the array has to be a text."))]);
            case List<KeyValuePair<string, object?>> pairs:
                if (pairs.Count > 0 && pairs.TrueForAll(pair => pair.Value is double)) return ByNumber(pairs.Select(pair => (Number((double)pair.Value!), (pair.Key, (string?)null))), where);
                if (pairs.Count > 0 && pairs.TrueForAll(pair => int.TryParse(pair.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                    return ByNumber(pairs.Select(pair => (int.Parse(pair.Key, CultureInfo.InvariantCulture), Entry(pair.Value) ?? throw new LiveCamException(
                        $"Cannot read the labels in {where}: class {pair.Key} is {Describe(pair.Value)}, but has to be a text."))), where);
                foreach (string holder in Holders)
                    if (pairs.Find(pair => pair.Key == holder) is { Key: not null, Value: List<object?> or List<KeyValuePair<string, object?>> } held)
                        return Of(held.Value, where);
                throw new LiveCamException($"Cannot read the labels in {where}: none of its entries ({string.Join(", ", pairs.Take(6).Select(pair => pair.Key))}{(pairs.Count > 6 ? ", ..." : "")}) "
                    + $"is a list of labels; they are looked for under {string.Join(", ", Holders)}.");
            default:
                throw new LiveCamException($"Cannot read the labels in {where}: it is {Describe(value)}, but has to be a list or a table of texts.");
        }
    }

    /// <summary>A name, and the id before it: a text, [id, name], or an object with a name.</summary>
    private static (string Name, string? Id)? Entry(object? item) => item switch
    {
        string name => (name.Trim(), null),
        List<object?> and [string id, string name, ..] => (name.Trim(), id.Trim()),
        List<object?> and [string name] => (name.Trim(), null),
        List<KeyValuePair<string, object?>> pairs when pairs.Find(pair => pair.Key is "name" or "label" or "display_name" or "supercategory_name") is { Value: string name } => (name.Trim(), null),
        _ => null,
    };

    private static (string[] Names, string[]? Ids) ByNumber(IEnumerable<(int Number, (string Name, string? Id) Entry)> entries, string where)
    {
        (int Number, (string, string?) Entry)[] sorted = [.. entries.OrderBy(entry => entry.Number)];
        int first = sorted[0].Number;
        for (int i = 0; i < sorted.Length; i++)
            if (first is not (0 or 1) || sorted[i].Number != first + i)
                throw new LiveCamException($"Cannot read the labels in {where}: its {sorted.Length} numbers should be 0 to {sorted.Length - 1}, each once, but {(first > 1 ? 0 : first + i)} is not among them or is there twice.");
        return Split(Array.ConvertAll(sorted, entry => entry.Entry));
    }

    private static (string[] Names, string[]? Ids) Split((string Name, string? Id)[] entries)
    {
        string[] names = Array.ConvertAll(entries, entry => entry.Name);
        return (names, Array.TrueForAll(entries, entry => entry.Id is { Length: > 0 }) && names.Length > 0 ? Array.ConvertAll(entries, entry => entry.Id!) : null);
    }

    /// <summary>What follows <c>names:</c> in a YAML file: a flow value, or a line for each with a dash or a number.</summary>
    private static (string[] Names, string[]? Ids) Yaml(string rest, string where)
    {
        string line = rest.Split('\n')[0].Trim();
        if (line.StartsWith('[') || line.StartsWith('{'))
        {
            string start = rest.TrimStart();
            try
            {
                return Of(Literal.Parse(start.Substring(0, MatchingEnd(start) + 1)), where);
            }
            catch (FormatException error)
            {
                throw new LiveCamException($"Cannot read the labels in {where}: the list behind \"names:\" is malformed: {error.Message}.", error);
            }
        }
        var list = new List<object?>();
        var table = new List<KeyValuePair<string, object?>>();
        foreach (string one in rest.Split('\n').Skip(1))
        {
            if (string.IsNullOrWhiteSpace(one) || one.TrimStart().StartsWith('#')) continue;
            if (YamlItem().Match(one) is { Success: true } item) list.Add(Scalar(item.Groups[1].Value));
            else if (YamlEntry().Match(one) is { Success: true } entry) table.Add(new(entry.Groups[1].Value, Scalar(entry.Groups[2].Value)));
            else break;
        }
        return Of(table.Count > 0 ? table : list, where);

        static string Scalar(string text) => text.Trim() is { Length: > 1 } quoted && quoted[0] is '"' or '\'' && quoted[^1] == quoted[0] ? quoted[1..^1] : text.Split(" #")[0].Trim();
    }

    private static int MatchingEnd(string text)
    {
        int end = text.IndexOf(text[0] == '[' ? ']' : '}');
        return end < 0 ? text.Length - 1 : end;
    }

    private static int Number(double value) => value == Math.Floor(value) && value is >= 0 and < int.MaxValue ? (int)value : -1;

    private static string Describe(object? value) => value switch
    {
        null => "Null",
        double => "Number",
        bool => "True or False",
        string => "a text",
        List<object?> => "a list",
        _ => "a table",
    };

    [GeneratedRegex(@"^[A-Za-z_]\w*\s*=\s*(?=[\[{])")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^\[\d+\][ \t]*[^\s,\]]")]
    private static partial Regex NumberInBrackets();

    [GeneratedRegex(@"^names[ \t]*:", RegexOptions.Multiline)]
    private static partial Regex YamlNames();

    [GeneratedRegex(@"^\s*-\s+(.+)$")]
    private static partial Regex YamlItem();

    [GeneratedRegex(@"^\s+(\d+)\s*:\s*(.+)$")]
    private static partial Regex YamlEntry();
}
