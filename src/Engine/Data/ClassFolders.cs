using System.IO.Enumeration;
using LiveCam.Engine.Text;

namespace LiveCam.Engine.Data;

/// <summary>
/// A folder for each class, its pictures inside (and in folders below it); or such folders below train, val and test in any of the ways people
/// call them (<see cref="PartNames"/>); or just pictures, which then have no class. A folder that holds nothing but one further folder, as
/// archives are unpacked, is looked through. Hidden and system files are left out and counted.
/// </summary>
internal static class ClassFolders
{
    private const int MaxClasses = 100_000, MostNamed = 5, DeepestWrapping = 4;

    /// <summary>What systems leave in folders.</summary>
    private static readonly HashSet<string> SystemNames = new(StringComparer.OrdinalIgnoreCase) { "__MACOSX", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found", "Thumbs.db", "desktop.ini", "ehthumbs.db" };

    /// <summary>What a folder holds; null where it holds no pictures.</summary>
    public static DataParts? TryOpen(string path, IPictureFiles pictures)
    {
        if (!Directory.Exists(path)) return null;
        var notes = new List<string>();
        string root = Unwrapped(path, pictures);
        if (root != path) notes.Add($"\"{path}\" holds nothing but \"{Path.GetRelativePath(path, root)}\", so that is taken.");
        DataParts? parts = Split(path, root, pictures, notes) ?? Whole(path, root, pictures, notes);
        if (parts is not null && CountHidden(root) is > 0 and var hidden) notes.Add($"{hidden} hidden or system file{(hidden == 1 ? " or folder is" : "s or folders are")} left out of \"{path}\".");
        return parts;
    }

    /// <summary>The parts below a folder; null where its folders are no parts.</summary>
    private static DataParts? Split(string path, string root, IPictureFiles pictures, List<string> notes)
    {
        string[] folders = Visible(Directory.EnumerateDirectories(root));
        Dictionary<string, string> parts = [];
        foreach (string folder in folders)
            if (PartNames.Of(Path.GetFileName(folder)) is { } part && Visible(Directory.EnumerateDirectories(folder)).Length > 0 && !parts.TryAdd(part, folder))
                throw new LiveCamException($"Cannot open the data \"{path}\": \"{Path.GetFileName(parts[part])}\" and \"{Path.GetFileName(folder)}\" are both its {part} part; keep one.");
        // Beside train, a second name of a part settles it: a test folder may hold pictures without classes, and other folders are no classes then.
        bool isSplit = parts.ContainsKey("train") && folders.Count(folder => PartNames.Of(Path.GetFileName(folder)) is not null) > 1;
        if (!isSplit && (parts.Count == 0 || parts.Count != folders.Length)) return null;
        string left = string.Join(", ", folders.Except(parts.Values).Select(folder => $"\"{Path.GetFileName(folder)}\""));
        string form = left.Length == 0 ? "class folders" : $"class folders; {left} left out, without classes";
        // train/train: the part once more, as some archives are packed.
        foreach ((string part, string folder) in parts.ToArray()) parts[part] = Unwrapped(folder, pictures);
        string[] classes = Distinct(parts.Values.SelectMany(folder => Holders(folder, pictures)).Select(holder => Path.GetFileName(holder)!));
        if (classes.Length == 0) return null;
        FileSet? Part(string part) => parts.TryGetValue(part, out string? folder) ? Read($"{path} ({part})", folder, classes, pictures, notes) : null;
        FileSet?[] sets = [Part("train"), Part("validation"), Part("test")];
        ClassNames.SayMissing(classes, sets.SelectMany(set => set is null ? [] : Enumerable.Range(0, set.Count).Select(i => (PartName(set), set.Labels(i)[0]))), notes);
        return Doubted(new(path, form, sets[0], sets[1], sets[2]) { Notes = notes }, [.. parts.Values], pictures, notes);

        string PartName(FileSet set) => set == sets[0] ? "train" : set == sets[1] ? "validation" : "test";
    }

    private static DataParts? Whole(string path, string root, IPictureFiles pictures, List<string> notes)
    {
        string[] holders = Holders(root, pictures);
        if (holders.Length > 0)
            return Doubted(new(path, "class folders", Read(path, root, Distinct(holders.Select(holder => Path.GetFileName(holder)!)), pictures, notes)) { Notes = notes }, [root], pictures, notes);
        string[] files = Pictures(root, pictures);
        return files.Length == 0 ? null : new(path, "pictures", new FileSet(path, root, [], false, files, [.. files.Select(_ => Array.Empty<int>())], pictures)) { Notes = notes };
    }

    /// <summary>Says it where the level that was taken for the classes may be the wrong one.</summary>
    private static DataParts Doubted(DataParts parts, string[] roots, IPictureFiles pictures, List<string> notes)
    {
        IReadOnlyList<string> classes = parts.Classes;
        ClassNames.Say([.. classes], notes);
        string[] folders = [.. roots.SelectMany(root => Holders(root, pictures))];
        bool areAllNested = folders.All(folder => !Directory.EnumerateFiles(folder).Any(pictures.IsPicture) && Holders(folder, pictures).Length > 1);
        if (areAllNested && folders.Length > 0)
            notes.Add($"the classes are taken to be {Few(classes)}, but each of these folders holds only further folders ({Few([.. Holders(folders[0], pictures).Select(folder => Path.GetFileName(folder)!)])}); "
                + "if those are the classes, name one of the folders instead.");
        else if (classes.Count == 1)
            notes.Add($"only one class was found in \"{parts.Path}\": {Few(classes)}; if that is no class, name the folder that holds the class folders.");
        return parts;
    }

    private static string Few(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNamed).Select(name => $"\"{name}\"")) + (names.Count > MostNamed ? ", ..." : "");

    /// <summary>
    /// The folder in which more than one further folder, or a picture, lies: below one that holds nothing but one folder, if that holds at least two with pictures.
    /// </summary>
    private static string Unwrapped(string folder, IPictureFiles pictures)
    {
        string at = folder;
        for (int depth = 0; depth < DeepestWrapping; depth++)
        {
            if (Visible(Directory.EnumerateDirectories(at)) is not [var only] || Directory.EnumerateFiles(at).Any(pictures.IsPicture)) break;
            // A lone folder of pictures is a class, not a wrapping.
            if (Holders(only, pictures).Length == 0) break;
            at = only;
        }
        return at == folder || Holders(at, pictures).Length > 1 ? at : folder;
    }

    private static FileSet Read(string name, string root, string[] classes, IPictureFiles pictures, List<string> notes)
    {
        var files = new List<string>();
        var labels = new List<int[]>();
        Dictionary<string, int> index = classes.Select((one, i) => (NameForm.Decompose(one), i)).ToDictionary();
        foreach (string folder in Visible(Directory.EnumerateDirectories(root)))
        {
            string[] own = Pictures(folder, pictures);
            if (own.Length == 0) notes.Add($"\"{folder}\" holds no pictures, so it is no class.");
            if (own.Length == 0) continue;
            int[] label = [index[NameForm.Decompose(Path.GetFileName(folder))]];
            files.AddRange(own);
            labels.AddRange(Enumerable.Repeat(label, own.Length));
        }
        if (Directory.EnumerateFiles(root).Count(file => !IsSystem(Path.GetFileName(file)) && pictures.IsPicture(file)) is > 0 and var beside)
            notes.Add($"{beside} picture{(beside == 1 ? " lies" : "s lie")} beside the class folders in \"{root}\" and {(beside == 1 ? "is" : "are")} left out: in no folder {(beside == 1 ? "it has" : "they have")} no class.");
        if (files.Count > DataSet.MaxCount)
            throw new LiveCamException($"Cannot open the data \"{root}\": it holds {files.Count} pictures, but at most {DataSet.MaxCount} are taken.");
        return new(name, root, classes, false, [.. files], [.. labels], pictures);
    }

    /// <summary>The folders directly below that hold pictures at any depth.</summary>
    private static string[] Holders(string folder, IPictureFiles pictures) =>
        [.. Visible(Directory.EnumerateDirectories(folder)).Where(inner => Walk(inner).Any(pictures.IsPicture))];

    private static string[] Distinct(IEnumerable<string> names)
    {
        string[] classes = ClassNames.Sorted(names);
        return classes.Length <= MaxClasses ? classes : throw new LiveCamException($"There are {classes.Length} class folders, but at most {MaxClasses} classes are taken.");
    }

    private static string[] Pictures(string folder, IPictureFiles pictures) => [.. Walk(folder).Where(pictures.IsPicture).Order(NaturalOrder.Instance)];

    /// <summary>Visible files at any depth. Links to folders are not followed: they may lead in a circle.</summary>
    private static IEnumerable<string> Walk(string folder) => Enumerate(folder, hidden: false);

    private static int CountHidden(string folder) => Enumerate(folder, hidden: true).Count();

    /// <summary>At any depth the visible files, or the files and folders of the system, which are not entered.</summary>
    private static FileSystemEnumerable<string> Enumerate(string folder, bool hidden) =>
        new(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = hidden ? FileAttributes.None : FileAttributes.Hidden | FileAttributes.System,
            IgnoreInaccessible = false,
            MaxRecursionDepth = 16,
        })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => hidden ? IsSystem(entry.FileName) : !entry.IsDirectory && !IsSystem(entry.FileName),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !IsSystem(entry.FileName),
        };

    private static bool IsSystem(ReadOnlySpan<char> name) => name.StartsWith(".") || SystemNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    private static string[] Visible(IEnumerable<string> folders) =>
        [.. folders.Where(folder => !IsSystem(Path.GetFileName(folder))).Order(NaturalOrder.Instance)];
}
