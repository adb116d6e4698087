using System.Text;

namespace LiveCam.Engine.Data;

/// <summary>
/// A CSV of paths and labels: the first two columns of each row, or those that a heading names (path, file, filename, image, id; label, labels,
/// class, classes, target); a first row without a file's ending before rows that have one is a heading too. Fields are separated by commas, semicolons or tabs and may be quoted (RFC 4180). Paths are relative to the file.
/// </summary>
/// <remarks>
/// Several labels in one field are separated by <c>|</c>, or by spaces where the file has no <c>|</c> at all; one row with several makes the whole
/// set multi-label, and an empty field then means none. A folder may hold train.csv, val.csv and test.csv, or one CSV of any name.
/// </remarks>
internal static class CsvFile
{
    private const int MaxBytes = 256 << 20, MaxField = 4096, MaxClasses = 100_000;

    private static readonly string[] PathNames = ["path", "file", "filename", "file_name", "image", "picture", "id"];
    private static readonly string[] LabelNames = ["label", "labels", "class", "classes", "target", "targets"];

    private sealed record Row(int Line, string Path, string Labels);

    /// <summary>The set of a CSV file or of a folder with such files; null where there is none.</summary>
    public static DataParts? TryOpen(string path, IPictureFiles pictures)
    {
        bool isFolder = Directory.Exists(path);
        string[] files = isFolder ? [.. Directory.EnumerateFiles(path).Where(IsCsv)] : IsCsv(path) ? [path] : [];
        if (files.Length == 0) return null;
        Dictionary<string, string> named = [];
        foreach (string file in files.Where(_ => isFolder).Order(NaturalOrder.Instance))
            if (PartOf(file) is { } part && !named.TryAdd(part, file))
                throw new LiveCamException($"Cannot open the data \"{path}\": \"{Path.GetFileName(named[part])}\" and \"{Path.GetFileName(file)}\" are both its {part} part; keep one.");
        if (named.Count == 0)
            named["train"] = files.Length == 1 ? files[0] : throw new LiveCamException($"Cannot open the data \"{path}\": it holds {files.Length} CSV files, "
                + "none of them named train.csv, val.csv or test.csv; name one of them instead of the folder.");
        Dictionary<string, List<Row>> rows = named.ToDictionary(pair => pair.Key, pair => ReadRows(pair.Value));
        List<Row> all = [.. rows.Values.SelectMany(part => part)];
        char separator = all.Any(row => row.Labels.Contains('|')) ? '|' : ' ';
        string[] Split(Row row) => row.Labels.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool multi = all.Any(row => Split(row).Length > 1);
        string[] classes = [.. all.SelectMany(Split).Distinct().Order(NaturalOrder.Instance)];
        if (classes.Length is 0 or > MaxClasses) throw new LiveCamException($"Cannot open the data \"{path}\": it has {classes.Length} different labels, but 1 to {MaxClasses} are taken.");
        Dictionary<string, int> index = classes.Select((name, i) => (name, i)).ToDictionary(x => x.name, x => x.i);
        DataSet? Part(string part)
        {
            if (!named.TryGetValue(part, out string? file)) return null;
            string root = Path.GetDirectoryName(Path.GetFullPath(file))!;
            int[][] labels = [.. rows[part].Select(row => Split(row).Select(label => index[label]).Distinct().Order().ToArray())];
            if (!multi && Array.FindIndex(labels, own => own.Length == 0) is >= 0 and var bare)
                throw new LiveCamException($"Cannot read {file}: line {rows[part][bare].Line} has no label; every row of a set with one label each needs one.");
            return new FileSet($"{path} ({part})", root, classes, multi, [.. rows[part].Select(row => Path.GetFullPath(Path.Combine(root, row.Path)))], labels, pictures);
        }
        return new(path, "CSV", Part("train"), Part("validation"), Part("test"));
    }

    private static bool IsCsv(string file) => Path.GetExtension(file).Equals(".csv", StringComparison.OrdinalIgnoreCase) && !Path.GetFileName(file).StartsWith('.');

    private static string? PartOf(string file) => Path.GetFileNameWithoutExtension(file).ToLowerInvariant() switch
    {
        "train" => "train",
        "val" or "valid" or "validation" => "validation",
        "test" => "test",
        _ => null,
    };

    private static List<Row> ReadRows(string path)
    {
        long bytes = new FileInfo(path).Length;
        if (bytes > MaxBytes) throw new LiveCamException($"Cannot read {path}: it has {bytes >> 20} MiB, but a list of paths and labels is read up to {MaxBytes >> 20} MiB.");
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (ArgumentException error)
        {
            throw new LiveCamException($"Cannot read {path}: it is not UTF-8 text; is it a CSV file?", error);
        }
        ReadOnlySpan<char> head = text.AsSpan(0, Math.Max(0, text.IndexOf('\n')));
        char comma = head.Contains(',') ? ',' : head.Contains(';') ? ';' : head.Contains('\t') ? '\t' : ',';
        var rows = new List<Row>();
        int pathColumn = 0, labelColumn = 1, line = 1;
        bool first = true;
        for (int at = 0; at < text.Length;)
        {
            int started = line;
            List<string> fields = ReadFields(text, ref at, ref line, comma, path);
            if (fields is [{ Length: 0 }]) continue;
            if (first && Column(fields, PathNames) is >= 0 and var paths && Column(fields, LabelNames) is >= 0 and var labels)
            {
                (pathColumn, labelColumn, first) = (paths, labels, false);
                continue;
            }
            first = false;
            if (fields.Count <= Math.Max(pathColumn, labelColumn))
                throw new LiveCamException($"Cannot read {path}: line {started} has {fields.Count} field(s), but a row is a path and a label, separated by '{comma}'.");
            if (fields[pathColumn].Length == 0 || fields[pathColumn].Contains('\0'))
                throw new LiveCamException($"Cannot read {path}: line {started} names no file; a row is a path and a label.");
            if (rows.Count == DataSet.MaxCount) throw new LiveCamException($"Cannot read {path}: it has more than {DataSet.MaxCount} rows, which is the limit.");
            rows.Add(new(started, fields[pathColumn], fields[labelColumn]));
        }
        // A heading in other words names no file as the rows do.
        if (pathColumn == 0 && labelColumn == 1 && rows.Count > 1 && Path.GetExtension(rows[0].Path).Length == 0 && Path.GetExtension(rows[1].Path).Length > 0) rows.RemoveAt(0);
        return rows.Count > 0 ? rows : throw new LiveCamException($"Cannot read {path}: it has no rows; a row is a path and a label, as in cats/1.png,cat.");
    }

    /// <summary>The column of the first of the names that a heading has, or -1.</summary>
    private static int Column(List<string> fields, string[] names) =>
        names.Select(name => fields.FindIndex(field => field.Equals(name, StringComparison.OrdinalIgnoreCase))).FirstOrDefault(column => column >= 0, -1);

    /// <summary>One row from <paramref name="at"/> on; quoted fields may hold separators, line ends and doubled quotes.</summary>
    private static List<string> ReadFields(string text, ref int at, ref int line, char comma, string path)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        int started = line;
        for (; ; at++)
        {
            char c = at < text.Length ? text[at] : '\n';
            if (field.Length > MaxField || fields.Count > 1000)
                throw new LiveCamException($"Cannot read {path}: line {started} has a field of more than {MaxField} characters or more than 1000 fields; is a quote missing, or is it no CSV file?");
            if (quoted && at >= text.Length) throw new LiveCamException($"Cannot read {path}: a quote that opens in line {started} is never closed.");
            if (c == '\n') line++;
            if (quoted && c == '"' && at + 1 < text.Length && text[at + 1] == '"') field.Append(text[at++]);
            else if (c == '"' && (quoted || string.IsNullOrWhiteSpace(field.ToString()))) quoted = !quoted;
            else if (quoted || (c != comma && c != '\n')) field.Append(c);
            else
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
                if (c != '\n') continue;
                at++;
                return fields;
            }
        }
    }
}
