using LiveCam.Engine.Text;

namespace LiveCam.Engine.Data;

/// <summary>Which columns of a CSV are what. A column of -1 is not there.</summary>
/// <param name="HasHeading">Whether the first row names the columns.</param>
/// <param name="Image">Names the pictures.</param>
/// <param name="Label">Holds the labels; -1 where <paramref name="OneHot"/> does.</param>
/// <param name="OneHot">A column for each class, 1 where a picture is of it; else none.</param>
/// <param name="Part">Says to which part (train, valid, test) a row belongs.</param>
internal sealed record CsvColumns(bool HasHeading, int Image, int Label, int[] OneHot, int Part)
{
    /// <summary>How many rows are looked at to tell what a column holds.</summary>
    private const int Looked = 50;

    private static readonly HashSet<string> ImageWords = ["path", "paths", "file", "files", "filename", "filenames", "filepath", "filepaths", "image", "images", "imagename", "imageid", "imagepath", "imagefile",
        "imgid", "img", "imgname", "imgpath", "picture", "pictures", "photo", "photoid", "id"];
    private static readonly string[] LabelWords = ["label", "labels", "class", "classes", "classname", "labelname", "target", "targets", "category", "categories", "categoryname", "tags", "tag"];
    private static readonly HashSet<string> PartWords = ["split", "dataset", "set", "subset", "part", "partition"];

    /// <param name="path">For sentences.</param>
    /// <param name="isPicture">Whether a field names a picture: by its ending, or because there is such a file.</param>
    /// <exception cref="LiveCamException">It is not clear which columns are meant.</exception>
    public static CsvColumns Find(CsvTable table, string path, DataOptions options, Func<string, bool> isPicture)
    {
        IReadOnlyList<CsvTable.Row> rows = table.Rows;
        string[] first = rows[0].Fields;
        CsvTable.Row[] some = [.. rows.Skip(1).Take(Looked)];
        if (some.Length == 0) some = [rows[0]];
        int width = some.Max(row => row.Fields.Length);
        bool Named(int column, IEnumerable<string> words) => column < first.Length && words.Contains(Plain(first[column]));
        int[] pictures = [.. Enumerable.Range(0, width).Where(column => some.All(row => column < row.Fields.Length && isPicture(row.Fields[column])))];
        bool asks = options.ImageColumn is not null || options.LabelColumn is not null;
        bool hasHeading = rows.Count > 1 && !first.Any(isPicture)
            && (pictures.Length > 0 || asks || Enumerable.Range(0, first.Length).Any(column => Named(column, ImageWords)) && Enumerable.Range(0, first.Length).Any(column => Named(column, LabelWords)));
        // Pandas writes the number of the row before the others, without a heading.
        bool isIndex = hasHeading && first.Length > 0 && first[0].Length == 0;
        int[] candidates = pictures.Length > 0 ? pictures : [.. Enumerable.Range(0, width).Where(column => hasHeading && Named(column, ImageWords))];
        int image = Given(options.ImageColumn, "--image-column") ?? (candidates.Length == 1 ? candidates[0]
            : Best(candidates, ImageWords) is >= 0 and var best ? best : width == 2 && pictures.Length == 0 ? 0 : -1);
        int part = hasHeading ? Array.FindIndex(first, name => PartWords.Contains(Plain(name))) : -1;
        if (part >= 0 && (part == image || rows.Skip(1).Any(row => part >= row.Fields.Length || PartNames.Of(row.Fields[part]) is null))) part = -1;
        int[] others = [.. Enumerable.Range(isIndex ? 1 : 0, width - (isIndex ? 1 : 0)).Where(column => column != image && column != part)];
        int label = Given(options.LabelColumn, "--label-column") ?? (hasHeading && Best(others, LabelWords) is >= 0 and var words ? words : others.Length == 1 ? others[0] : -1);
        int[] oneHot = label < 0 && hasHeading && others.Length > 1 && others.All(column => column < first.Length && rows.Skip(1).All(row => IsFlag(row.Fields, column))) ? others : [];
        if (image < 0 || label < 0 && oneHot.Length == 0)
            throw new LiveCamException($"Cannot read {path}: {(width < 2 ? $"line {rows[0].Line} has {first.Length} field(s), but a row is a path and a label, separated by '{table.Separator}'"
                : $"which of its {width} columns{(hasHeading ? $" ({string.Join(", ", first)})" : "")} holds the pictures and which the labels is not clear; say it with --image-column and --label-column, by heading or by number from 1")}.");
        return new(hasHeading, image, label, oneHot, part);

        int Best(int[] among, IEnumerable<string> names) => names.Select(name => Array.Find([.. among.Select(column => column + 1)], column => Named(column - 1, [name])) - 1).FirstOrDefault(column => column >= 0, -1);

        int? Given(string? wish, string option)
        {
            if (wish is null) return null;
            int column = Array.FindIndex(first, name => name.Equals(wish, StringComparison.OrdinalIgnoreCase));
            if (column >= 0) return column;
            return int.TryParse(wish, out int number) && number >= 1 && number <= width ? number - 1
                : throw new LiveCamException($"Cannot read {path}: it has no column \"{wish}\" for {option}; its first row is {string.Join(", ", first)}.");
        }
    }

    private static bool IsFlag(string[] fields, int column) => column < fields.Length && fields[column] is "0" or "1" or "" or "0.0" or "1.0" or "True" or "False" or "true" or "false";

    /// <summary>Whether a field of a column for one class says yes.</summary>
    public static bool IsYes(string field) => field is "1" or "1.0" or "True" or "true";

    private static string Plain(string heading) => heading.Replace("_", "").Replace(" ", "").Replace("-", "").ToLowerInvariant();
}
