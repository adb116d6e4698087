using LiveCam.Engine.Text;

namespace LiveCam.Engine.Data;

/// <summary>
/// A CSV of paths and labels in UTF-8 or UTF-16, fields separated by commas, semicolons, tabs or bars and quoted or not (RFC 4180).
/// <see cref="CsvColumns"/> finds the columns. Paths are relative to the file (<see cref="CsvPaths"/>).
/// </summary>
/// <remarks>
/// Several labels in one field are separated by <c>|</c>; or by spaces where all of them are numbers, the column is called tags, or its heading
/// is a plural and there are fewer words than different fields. A column for each class ("one-hot") does as well. One row with several makes
/// the whole set multi-label, and an empty field then means none. A column split (set, subset) parts the rows. A folder may hold train.csv, val.csv and
/// test.csv, one CSV of any name, or a CSV in each of its folders train, valid and test.
/// </remarks>
internal static class CsvFile
{
    private const int MaxBytes = 256 << 20, MaxClasses = 100_000;

    private sealed record Row(int Line, string File, string Part, string[] Labels);

    /// <summary>The set of a CSV file or of a folder with such files; null where there is none.</summary>
    public static DataParts? TryOpen(string path, IPictureFiles pictures, DataOptions options)
    {
        bool isFolder = Directory.Exists(path);
        string[] files = isFolder ? [.. Directory.EnumerateFiles(path).Where(IsCsv)] : IsCsv(path) ? [path] : [];
        Dictionary<string, string> named = [];
        if (files.Length == 0 && isFolder)
            foreach (string folder in Directory.EnumerateDirectories(path))
                if (PartNames.Of(Path.GetFileName(folder)) is { } part && Directory.GetFiles(folder, "*.csv") is [var only]) named.TryAdd(part, only);
        if (files.Length == 0 && named.Count == 0) return null;
        foreach (string file in files.Where(_ => isFolder).Order(NaturalOrder.Instance))
            if (PartNames.Of(Path.GetFileNameWithoutExtension(file)) is { } part && !named.TryAdd(part, file))
                throw new LiveCamException($"Cannot open the data \"{path}\": \"{Path.GetFileName(named[part])}\" and \"{Path.GetFileName(file)}\" are both its {part} part; keep one.");
        if (named.Count == 0)
            named["train"] = files.Length == 1 ? files[0] : throw new LiveCamException($"Cannot open the data \"{path}\": it holds {files.Length} CSV files, "
                + "none of them named train.csv, val.csv or test.csv; name one of them instead of the folder.");
        var notes = new List<string>();
        List<Row> all = [.. named.SelectMany(pair => ReadRows(pair.Value, pair.Key, pictures, options, notes))];
        return Parts(path, all, named, pictures, notes);
    }

    private static DataParts Parts(string path, List<Row> all, Dictionary<string, string> named, IPictureFiles pictures, List<string> notes)
    {
        bool multi = all.Any(row => row.Labels.Length > 1);
        string[] classes = ClassNames.Sorted(all.SelectMany(row => row.Labels));
        if (classes.Length is 0 or > MaxClasses) throw new LiveCamException($"Cannot open the data \"{path}\": it has {classes.Length} different labels, but 1 to {MaxClasses} are taken.");
        ClassNames.Say(classes, notes);
        Dictionary<string, int> index = classes.Select((name, i) => (name, i)).ToDictionary(x => NameForm.Decompose(x.name), x => x.i);
        ClassNames.SayMissing(classes, all.SelectMany(row => row.Labels.Select(label => (row.Part, index[NameForm.Decompose(label)]))), notes);
        DataSet? Part(string part)
        {
            Row[] rows = [.. all.Where(row => row.Part == part)];
            if (rows.Length == 0) return null;
            int[][] labels = [.. rows.Select(row => row.Labels.Select(label => index[NameForm.Decompose(label)]).Distinct().Order().ToArray())];
            if (!multi && Array.FindIndex(labels, own => own.Length == 0) is >= 0 and var bare)
                throw new LiveCamException($"Cannot read {named.GetValueOrDefault(part, path)}: line {rows[bare].Line} has no label; every row of a set with one label each needs one.");
            string root = Path.GetDirectoryName(Path.GetFullPath(named.GetValueOrDefault(part) ?? named.Values.First()))!;
            return new FileSet($"{path} ({part})", root, classes, multi, [.. rows.Select(row => row.File)], labels, pictures);
        }
        return new(path, "CSV", Part("train"), Part("validation"), Part("test")) { Notes = notes };
    }

    private static bool IsCsv(string file) => Path.GetExtension(file).ToLowerInvariant() is ".csv" or ".tsv" && !Path.GetFileName(file).StartsWith('.');

    private static List<Row> ReadRows(string path, string part, IPictureFiles pictures, DataOptions options, List<string> notes)
    {
        CsvTable table = CsvTable.Parse(TextFile.Read(path, path, MaxBytes), path, DataSet.MaxCount + 1);
        if (table.Rows.Count == 0) throw new LiveCamException($"Cannot read {path}: it has no rows; a row is a path and a label, as in cats/1.png,cat.");
        var paths = new CsvPaths(path, pictures);
        CsvColumns columns = CsvColumns.Find(table, path, options, paths.IsPicture);
        string[] heading = columns.HasHeading ? table.Rows[0].Fields : [];
        var rows = new List<Row>();
        CsvTable.Row[] data = [.. table.Rows.Skip(columns.HasHeading ? 1 : 0)];
        char separator = columns.Label < 0 ? '\0' : SeparatorOf(data.Select(row => columns.Label < row.Fields.Length ? row.Fields[columns.Label] : ""),
            columns.Label < heading.Length ? heading[columns.Label] : "");
        if (separator == ' ') notes.Add($"several labels in a field of {path} are taken apart at spaces; separate them by | where names have spaces.");
        foreach ((int line, string[] fields) in data)
        {
            if (columns.OneHot.Length == 0 && fields.Length <= Math.Max(columns.Image, columns.Label))
                throw new LiveCamException($"Cannot read {path}: line {line} has {fields.Length} field(s), but a row is a path and a label, separated by '{table.Separator}'.");
            string file = columns.Image < fields.Length ? fields[columns.Image] : "";
            if (file.Length == 0 || file.Contains('\0'))
                throw new LiveCamException($"Cannot read {path}: line {line} names no file; a row is a path and a label.");
            string[] labels = columns.Label < 0 ? [.. columns.OneHot.Where(column => column < fields.Length && CsvColumns.IsYes(fields[column])).Select(column => heading[column])]
                : separator != '\0' ? fields[columns.Label].Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : fields[columns.Label].Length > 0 ? [fields[columns.Label]] : [];
            string found = paths.Find(file);
            if (!options.AllowsOutside && !paths.IsInside(found))
                throw new LiveCamException($"Cannot read {path}: line {line} names \"{found}\", outside of the CSV's folder; if it belongs there, say so by --allow-outside.");
            rows.Add(new(line, found, columns.Part < 0 ? part : PartNames.Of(fields[columns.Part])!, labels));
        }
        return rows;
    }

    /// <summary>What stands between the labels of one field: a bar, a space, or nothing as each field is one label.</summary>
    private static char SeparatorOf(IEnumerable<string> fields, string heading)
    {
        string[] different = [.. fields.Distinct()];
        if (different.Any(field => field.Contains('|'))) return '|';
        string[][] words = [.. different.Select(field => field.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        if (!words.Any(own => own.Length > 1)) return '\0';
        string[] vocabulary = [.. words.SelectMany(own => own).Distinct()];
        string name = heading.ToLowerInvariant();
        bool isPlural = name is "labels" or "classes" or "targets" or "categories" && vocabulary.Length < different.Length;
        return name is "tags" or "attributes" || isPlural || vocabulary.All(word => word.All(char.IsAsciiDigit)) ? ' ' : '\0';
    }
}
