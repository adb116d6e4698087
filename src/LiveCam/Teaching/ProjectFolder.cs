using LiveCam.Engine.Text;
using LiveCam.Engine;

namespace LiveCam.Teaching;

/// <summary>
/// Where a project keeps what: samples as plain class folders of pictures that open in any tool, what was taken out of them, the journal beside them, and caches that
/// can be deleted at any time.
/// </summary>
public sealed record ProjectFolder(string Root)
{
    /// <summary><c>samples/CLASS/NAME.png</c>.</summary>
    public string Samples => Path.Combine(Root, "samples");

    /// <summary><c>removed/CLASS/NAME.png</c>: deleted samples, for undo.</summary>
    public string Removed => Path.Combine(Root, "removed");
    public string Journal => Path.Combine(Root, "journal.jsonl");
    public string Lock => Path.Combine(Root, "livecam.lock");
    public string Settings => Path.Combine(Root, "settings.json");

    /// <summary>Where a key saves what was taught as one ONNX file.</summary>
    public string Model => Path.Combine(Root, "taught.onnx");

    /// <summary><c>lessons/0001.json</c>: what was learned, newest last, to go back to.</summary>
    public string Lessons => Path.Combine(Root, "lessons");

    /// <summary><c>cache/NAME.bin</c>: features by backbone, and fingerprints.</summary>
    public string Cache(string name) => Path.Combine(Root, "cache", $"{name}.bin");

    public string FolderOf(string className) => Path.Combine(Samples, className);
    public string FileOf(string className, string name) => Path.Combine(Samples, className, name);
    public string RemovedFileOf(string className, string name) => Path.Combine(Removed, className, name);

    /// <summary>Refuses a project in which something that is written is a link: it may have come from somebody else, and leads out of it.</summary>
    /// <exception cref="LiveCamException">One of its own files or folders is a link.</exception>
    public void CheckLinks()
    {
        foreach (string path in (string[])[Samples, Removed, Journal, Lock, Settings, Model, Lessons, Path.Combine(Root, "cache")])
            if (PlainFile.IsLink(path))
                throw new LiveCamException($"Opening the project \"{Root}\": {Path.GetFileName(path)} in it is a link, and a project's links are not followed; put what it leads to in its place.");
    }

    /// <summary>Folders of classes, below <see cref="Samples"/> or <see cref="Removed"/>: no links, and no names that are not text in this system.</summary>
    public static IEnumerable<string> ClassFolders(string root) => !Directory.Exists(root) ? [] : Directory.EnumerateDirectories(root).Where(folder => Path.GetFileName(folder)[0] != '.' && IsOwn(folder));

    /// <summary>Whether a path that a folder lists is no link, and can be found under its name (one that is no UTF-8 cannot).</summary>
    public static bool IsOwn(string path) => Path.Exists(path) && !PlainFile.IsLink(path);

    /// <summary>What the project's own files call a file: its path from the root where it lies in the project, which can then be moved as a whole.</summary>
    public string Kept(string path) => path.Length > 0 && Path.GetRelativePath(Root, path) is var inside && !Path.IsPathRooted(inside) && !inside.StartsWith("..", StringComparison.Ordinal) ? inside : path;

    /// <summary>The full path of what <see cref="Kept"/> named; empty for nothing.</summary>
    public string Found(string kept) => kept.Length > 0 ? Path.GetFullPath(Path.Combine(Root, kept)) : "";

    /// <summary>The start of names of files that are being written.</summary>
    public const string Partial = ".livecam-part-";

    private const int LongestName = 80;
    private const string Superscripts = "\u00b9\u00b2\u00b3";

    /// <summary>Why a class cannot have this name, as the end of a sentence; null when it can. The name is a folder's on every system.</summary>
    public static string? NameProblem(string name) => name switch
    {
        { Length: 0 or > LongestName } => $"it has {name.Length} characters, but 1 to {LongestName} are possible",
        _ when !PlainText.IsPlain(name) => "it has a control character, or one that turns the direction of writing",
        _ when name.Any(c => "/\\:*?\"<>|".Contains(c)) => "it has a character that no folder may have (/ \\ : * ? \" < > |)",
        _ when name[0] is '.' or ' ' || name[^1] is '.' or ' ' => "a folder's name may not begin or end with a dot or a space",
        _ when Devices.Contains(name.Split('.')[0].TrimEnd().ToUpperInvariant()) => "Windows keeps that name for a device",
        _ => null,
    };

    /// <exception cref="LiveCamException">The name cannot be a class's.</exception>
    public static void CheckName(string name)
    {
        if (NameProblem(name) is { } problem) throw new LiveCamException($"Naming a class \"{name}\": {problem}; choose another name.");
    }

    private static readonly string[] Devices =
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. ((string[])["COM", "LPT"]).SelectMany(port => "0123456789" + Superscripts, (port, number) => $"{port}{number}")];
}
