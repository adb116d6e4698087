using System.Text.Json;

namespace LiveCam.Engine.Data;

/// <summary>
/// Which files were taken in one burst: the folder's journal says so, else their names do.
/// </summary>
/// <remarks>
/// By name: what stands before a trailing number of at most five digits and a separator (<c>2026-01-05 10-22-31_007</c>,
/// <c>kitchen-12</c>) is the burst, within one folder. It is a camera's counter and no burst where it is the folder's own name
/// (<c>n01440764/n01440764_10026</c>), or where a folder knows only one such beginning and that has no digit (<c>IMG_0001</c>).
/// </remarks>
internal static class Bursts
{
    /// <summary>
    /// The journal's name, in the folder or the one above it: one JSON object a line, of which those with "burst" and "file" (relative to the journal, with /) or
    /// "name" (a file's name that no other has, whatever folder it is in) are read.
    /// </summary>
    public const string Journal = "journal.jsonl";

    private const long MaxJournalBytes = 1L << 30;

    /// <summary>One burst for each file, null where it stands alone.</summary>
    /// <param name="root">The folder that holds the journal.</param>
    public static string?[] Of(string root, IReadOnlyList<string> files)
    {
        var bursts = new string?[files.Count];
        foreach (IGrouping<string, int> folder in Enumerable.Range(0, files.Count).GroupBy(i => Path.GetDirectoryName(files[i]) ?? ""))
        {
            var beginnings = folder.Select(i => (File: i, Beginning: Beginning(Path.GetFileNameWithoutExtension(files[i])))).ToList();
            string own = Path.GetFileName(folder.Key);
            var distinct = beginnings.Select(x => x.Beginning).OfType<string>().Where(x => !x.Equals(own, StringComparison.OrdinalIgnoreCase)).ToHashSet();
            if (distinct.Count == 1 && !distinct.Single().Any(char.IsAsciiDigit)) continue;
            foreach ((int file, string? beginning) in beginnings)
                if (beginning is not null && distinct.Contains(beginning)) bursts[file] = $"{folder.Key}/{beginning}";
        }
        string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        // Samples to teach with lie in a folder of their own beside their journal.
        if (!File.Exists(Path.Combine(place, Journal)) && Path.GetDirectoryName(place) is { } above) place = above;
        if (ReadJournal(place) is not { Count: > 0 } journal) return bursts;
        for (int i = 0; i < bursts.Length; i++)
            if (journal.TryGetValue(Path.GetRelativePath(place, files[i]).Replace('\\', '/'), out string? burst) || journal.TryGetValue(Path.GetFileName(files[i]), out burst))
                bursts[i] = burst;
        return bursts;
    }

    private static string? Beginning(string name)
    {
        string beginning = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        int digits = name.Length - beginning.Length;
        string trimmed = beginning.TrimEnd('-', '_', '.', ' ', '#');
        return digits is 0 or > 5 || trimmed.Length == 0 ? null : trimmed;
    }

    private static Dictionary<string, string>? ReadJournal(string root)
    {
        var file = new FileInfo(Path.Combine(root, Journal));
        if (!file.Exists) return null;
        if (file.Length > MaxJournalBytes)
            throw new LiveCamException($"Cannot read the journal {file.FullName}: it has {file.Length >> 20} MiB, but at most {MaxJournalBytes >> 20} MiB are read.");
        var bursts = new Dictionary<string, string>();
        // Others may be writing it.
        using var reader = new StreamReader(PlainFile.OpenRead(file.FullName, FileShare.ReadWrite | FileShare.Delete));
        while (reader.ReadLine() is { } line)
        {
            // The last line of a journal whose writer was killed may be torn; what cannot be read says nothing about bursts.
            try
            {
                using JsonDocument entry = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 16 });
                if (entry.RootElement.ValueKind == JsonValueKind.Object && (Text(entry.RootElement, "file") ?? Text(entry.RootElement, "name")) is { } name && Text(entry.RootElement, "burst") is { } burst)
                    bursts[name] = burst;
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
            }
        }
        return bursts;
    }

    private static string? Text(JsonElement entry, string key) => entry.TryGetProperty(key, out JsonElement value) ? value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    } : null;
}
