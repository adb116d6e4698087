using System.IO.Enumeration;

namespace LiveCam.Engine.Data;

/// <summary>
/// A folder for each class, its pictures inside (and in folders below it); or such folders below train, val (valid, validation) and test; or
/// just pictures, which then have no class. Hidden files and folders are left out; classes and pictures are in natural order.
/// </summary>
internal static class ClassFolders
{
    private const int MaxClasses = 100_000;

    /// <summary>What a folder holds; null where it holds no pictures.</summary>
    public static DataParts? TryOpen(string path, IPictureFiles pictures)
    {
        if (!Directory.Exists(path)) return null;
        string[] folders = Visible(Directory.EnumerateDirectories(path));
        Dictionary<string, string> parts = [];
        foreach (string folder in folders)
            if (PartOf(Path.GetFileName(folder)) is { } part && Visible(Directory.EnumerateDirectories(folder)).Length > 0 && !parts.TryAdd(part, folder))
                throw new LiveCamException($"Cannot open the data \"{path}\": \"{Path.GetFileName(parts[part])}\" and \"{Path.GetFileName(folder)}\" are both its {part} part; keep one.");
        // Beside train, a second name of a part settles it: a test folder may hold pictures without classes, and other folders are no classes then.
        bool isSplit = parts.ContainsKey("train") && folders.Count(folder => PartOf(Path.GetFileName(folder)) is not null) > 1;
        if (isSplit || parts.Count > 0 && parts.Count == folders.Length)
        {
            string left = string.Join(", ", folders.Except(parts.Values).Select(folder => $"\"{Path.GetFileName(folder)}\""));
            string form = left.Length == 0 ? "class folders" : $"class folders; {left} left out, without classes";
            string[] classes = Distinct(parts.Values.SelectMany(folder => Holders(folder, pictures)).Select(holder => Path.GetFileName(holder)!));
            DataSet? Part(string part) => parts.TryGetValue(part, out string? folder) ? Read($"{path} ({part})", folder, classes, pictures) : null;
            return classes.Length == 0 ? null : new(path, form, Part("train"), Part("validation"), Part("test"));
        }
        string[] holders = Holders(path, pictures);
        if (holders.Length > 0)
            return new(path, "class folders", Read(path, path, Distinct(holders.Select(holder => Path.GetFileName(holder)!)), pictures));
        string[] files = Pictures(path, pictures);
        return files.Length == 0 ? null : new(path, "pictures", new FileSet(path, path, [], false, files, [.. files.Select(_ => Array.Empty<int>())], pictures));
    }

    private static FileSet Read(string name, string root, string[] classes, IPictureFiles pictures)
    {
        var files = new List<string>();
        var labels = new List<int[]>();
        foreach (string folder in Holders(root, pictures))
        {
            int[] label = [Array.IndexOf(classes, Path.GetFileName(folder))];
            foreach (string file in Pictures(folder, pictures))
            {
                files.Add(file);
                labels.Add(label);
            }
        }
        if (files.Count > DataSet.MaxCount)
            throw new LiveCamException($"Cannot open the data \"{root}\": it holds {files.Count} pictures, but at most {DataSet.MaxCount} are taken.");
        return new(name, root, classes, false, [.. files], [.. labels], pictures);
    }

    /// <summary>The folders directly below that hold pictures at any depth.</summary>
    private static string[] Holders(string folder, IPictureFiles pictures) =>
        [.. Visible(Directory.EnumerateDirectories(folder)).Where(inner => Walk(inner).Any(pictures.IsPicture))];

    private static string[] Distinct(IEnumerable<string> names)
    {
        string[] classes = [.. names.Distinct().Order(NaturalOrder.Instance)];
        return classes.Length <= MaxClasses ? classes : throw new LiveCamException($"There are {classes.Length} class folders, but at most {MaxClasses} classes are taken.");
    }

    private static string[] Pictures(string folder, IPictureFiles pictures) => [.. Walk(folder).Where(pictures.IsPicture).Order(NaturalOrder.Instance)];

    /// <summary>Visible files at any depth. Links to folders are not followed: they may lead in a circle.</summary>
    private static IEnumerable<string> Walk(string folder) =>
        new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
            IgnoreInaccessible = false,
            MaxRecursionDepth = 16,
        })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && !entry.FileName.StartsWith("."),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !entry.FileName.StartsWith("."),
        };

    private static string[] Visible(IEnumerable<string> folders) =>
        [.. folders.Where(folder => !Path.GetFileName(folder).StartsWith('.')).Order(NaturalOrder.Instance)];

    private static string? PartOf(string name) => name.ToLowerInvariant() switch
    {
        "train" or "training" => "train",
        "val" or "valid" or "validation" => "validation",
        "test" or "testing" => "test",
        _ => null,
    };
}
