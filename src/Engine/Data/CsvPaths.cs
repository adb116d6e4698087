using LiveCam.Engine.Text;

namespace LiveCam.Engine.Data;

/// <summary>
/// From a field of a CSV to a file: relative to the CSV, or to a folder beside it that is called after it, <c>images</c> or <c>train</c>; with backslashes for slashes; with the
/// ending left out; with accents in another form than the file system's.
/// </summary>
internal sealed class CsvPaths
{
    private static readonly string[] Endings = ["", ".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".JPG", ".JPEG", ".PNG"];

    private readonly IPictureFiles pictures;
    private readonly string root;
    private readonly string[] folders;
    private readonly Dictionary<string, Dictionary<string, string>> listings = [];

    // What found the last file, tried first for the next.
    private string folder, ending = "";

    /// <param name="csv">The CSV file.</param>
    public CsvPaths(string csv, IPictureFiles pictures)
    {
        this.pictures = pictures;
        root = folder = Path.GetDirectoryName(Path.GetFullPath(csv))!;
        string name = Path.GetFileNameWithoutExtension(csv);
        folders = [.. new[] { "", name, $"{name}_images", "images", "train", "train_images" }.Select(one => Path.Combine(root, one)).Where(Directory.Exists)];
    }

    /// <summary>Whether a field names a picture, by its ending or because the file is there.</summary>
    public bool IsPicture(string field) => field.Length > 0 && !field.Contains('\0') && (pictures.IsPicture(field) || field.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0 && TryFind(field) is not null);

    /// <summary>The file of a field; where there is none, the one that it names.</summary>
    public string Find(string field) => TryFind(field) ?? Path.GetFullPath(Path.Combine(root, Slashes(field)));

    /// <summary>Whether a full path lies below the CSV's folder.</summary>
    public bool IsInside(string path) => path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private string? TryFind(string field)
    {
        string own = Path.Combine(folder, Slashes(field)) + ending;
        if (File.Exists(own)) return Path.GetFullPath(own);
        foreach (string one in folders)
            foreach (string further in pictures.IsPicture(field) ? Endings.AsSpan(0, 1) : Endings)
                if (Path.Combine(one, Slashes(field)) + further is var file && File.Exists(file))
                {
                    (folder, ending) = (one, further);
                    return Path.GetFullPath(file);
                }
        return field.Any(c => c >= 0x80) ? ByForm(Path.Combine(root, Slashes(field))) : null;
    }

    private static string Slashes(string field) => Path.DirectorySeparatorChar == '/' ? field.Replace('\\', '/') : field;

    /// <summary>A file whose path is the same to people; null where there is none.</summary>
    private string? ByForm(string path)
    {
        string? at = Path.GetPathRoot(path);
        foreach (string part in Path.GetFullPath(path)[at!.Length..].Split(Path.DirectorySeparatorChar))
        {
            string next = Path.Combine(at!, part);
            if (!Path.Exists(next) && !Listing(at!).TryGetValue(NameForm.Decompose(part), out next!)) return null;
            at = next;
        }
        return File.Exists(at) ? at : null;
    }

    private Dictionary<string, string> Listing(string directory)
    {
        if (listings.TryGetValue(directory, out Dictionary<string, string>? known)) return known;
        known = [];
        if (Directory.Exists(directory))
            foreach (string entry in Directory.EnumerateFileSystemEntries(directory)) known.TryAdd(NameForm.Decompose(Path.GetFileName(entry)), entry);
        return listings[directory] = known;
    }
}
