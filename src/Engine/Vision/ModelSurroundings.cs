using LiveCam.Engine.Text;

namespace LiveCam.Engine.Vision;

/// <summary>A model's metadata and the files beside it, as hints: what cannot be read is a note and never an obstacle.</summary>
/// <param name="path">The model's file.</param>
/// <param name="metadata">Its metadata_props.</param>
/// <param name="notes">Takes a sentence for each hint that is not used.</param>
internal sealed class ModelSurroundings(string path, IReadOnlyDictionary<string, string> metadata, List<string> notes)
{
    private const long MostBytes = 64 << 20;

    private readonly Dictionary<string, List<KeyValuePair<string, object?>>?> known = [];

    public string Path => path;
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    public void Note(string sentence) => notes.Add(sentence);

    /// <summary>
    /// The path of a file of this name beside the model (or, where models lie in a folder "onnx" of a repository, beside that); null where there is none.
    /// </summary>
    public string? Find(string name)
    {
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        string beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", name);
        if (File.Exists(beside)) return beside;
        if (System.IO.Path.GetFileName(folder) != "onnx" || System.IO.Path.GetDirectoryName(folder) is not { } above) return null;
        string aboveIt = System.IO.Path.Combine(above, name);
        return File.Exists(aboveIt) ? aboveIt : null;
    }

    /// <summary>A JSON object beside the model; null where there is none, or none that can be read.</summary>
    public List<KeyValuePair<string, object?>>? Table(string name)
    {
        if (known.TryGetValue(name, out var table)) return table;
        if (Find(name) is { } file)
        {
            try
            {
                table = Literal.Parse(TextFile.Read(file, file, MostBytes)) as List<KeyValuePair<string, object?>>;
            }
            catch (Exception error) when (error is LiveCamException or FormatException)
            {
                Note($"{file} is not used: {error.Message.TrimEnd('.')}.");
            }
        }
        return known[name] = table;
    }
}

/// <summary>Entries of a table that another program wrote.</summary>
internal static class TableEntries
{
    public static object? Entry(this List<KeyValuePair<string, object?>> table, string key) => table.Find(pair => pair.Key == key).Value;

    public static double? Number(this List<KeyValuePair<string, object?>> table, string key) => table.Entry(key) is double number && double.IsFinite(number) ? number : null;

    public static bool? Truth(this List<KeyValuePair<string, object?>> table, string key) => table.Entry(key) as bool?;

    public static string? Text(this List<KeyValuePair<string, object?>> table, string key) => table.Entry(key) as string;

    public static List<KeyValuePair<string, object?>>? Table(this List<KeyValuePair<string, object?>> table, string key) => table.Entry(key) as List<KeyValuePair<string, object?>>;

    /// <summary>A list of so many numbers, or of one that stands for all; null for anything else.</summary>
    public static ChannelValues? Values(this List<KeyValuePair<string, object?>> table, string key, int channels)
    {
        if (table.Number(key) is { } one) return ChannelValues.All(one, channels);
        if (table.Entry(key) is not List<object?> list || !list.TrueForAll(item => item is double)) return null;
        double[] numbers = [.. list.Select(item => (double)item!)];
        return numbers.Length == 1 ? ChannelValues.All(numbers[0], channels)
            : numbers.Length != 3 ? null : channels == 3 ? new(numbers[0], numbers[1], numbers[2]) : new(numbers.Average());
    }
}
