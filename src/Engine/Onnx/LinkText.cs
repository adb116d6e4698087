using System.Text;

namespace LiveCam.Engine.Onnx;

/// <summary>
/// Symbolic links that became small text files, as Git checks them out where there are no links and as archives unpack them: the text is the path of the file that is meant.
/// </summary>
internal static class LinkText
{
    private const int Longest = 1024, MostLinks = 8;

    /// <summary>The file that is meant: the given one where it is no such text, or where what it names is not there.</summary>
    public static string Follow(string path)
    {
        for (int links = 0; links < MostLinks && Target(path) is { } target; links++) path = target;
        return path;
    }

    private static string? Target(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.Length is < 3 or > Longest) return null;
        byte[] bytes = PlainFile.ReadAllBytes(path, Longest);
        // A path back up: nothing else begins so.
        if (!bytes.AsSpan().StartsWith("../"u8) || bytes.AsSpan().ContainsAnyInRange((byte)0, (byte)9) || !System.Text.Unicode.Utf8.IsValid(bytes)) return null;
        string target = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, Encoding.UTF8.GetString(bytes).TrimEnd('\n', '\r')));
        return File.Exists(target) ? target : null;
    }
}
