using Google.Protobuf.Collections;
using LiveCam.Engine.Onnx.Proto;

namespace LiveCam.Engine.Onnx;

/// <summary>A checked range of a file that lies beside the model.</summary>
internal readonly record struct ExternalRange(string Path, long Offset, int Length, string What)
{
    public byte[] Read()
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(Length);
        try
        {
            PlainFile.Check(Path);
            using var file = File.OpenHandle(Path);
            int done = 0;
            while (done < Length)
            {
                int read = RandomAccess.Read(file, bytes.AsSpan(done), Offset + done);
                if (read == 0)
                    throw new LiveCamException($"The {What} could not be read: {Path} became shorter while it was read.");
                done += read;
            }
            return bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"The {What} could not be read: {error.Message}", error);
        }
    }
}

/// <summary>
/// Weights in files of their own. They are looked for in the model's folder and nowhere else; a model that is a link has two, where the link lies and
/// where the file does (Hugging Face's cache keeps all files of a model in one folder and links to them).
/// </summary>
internal sealed class ExternalData
{
    private const int MostLinks = 40;

    private readonly string folder, realFolder;

    /// <param name="model">The model's file.</param>
    public ExternalData(string model)
    {
        string path = Path.GetFullPath(model);
        folder = RealPath(Path.GetDirectoryName(path)!) ?? Path.GetDirectoryName(path)!;
        realFolder = Path.GetDirectoryName(RealPath(LinkText.Follow(RealPath(path) ?? path)) ?? path)!;
    }

    /// <exception cref="LiveCamException">The entries are malformed, leave the folder, or do not hold the expected bytes.</exception>
    public ExternalRange Find(RepeatedField<StringStringEntryProto> entries, long expected, string what)
    {
        string? location = null;
        long offset = 0;
        long? length = null;
        foreach (StringStringEntryProto entry in entries)
        {
            if (entry.Key == "location")
                location = entry.Value;
            else if (entry.Key == "offset")
                offset = Number(entry, what);
            else if (entry.Key == "length")
                length = Number(entry, what);
        }
        if (string.IsNullOrEmpty(location))
            throw new LiveCamException($"The {what} lies in another file, but the model does not say which.");
        string path = Inside(location, what);
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new LiveCamException($"The {what} lies in \"{location}\", but there is no such file beside the model.");
        if (offset > file.Length || (length ?? expected) > file.Length - offset)
            throw new LiveCamException($"The {what} lies at bytes {offset} to {offset + (decimal)(length ?? expected)} of \"{location}\", but the file has {file.Length}.");
        if ((length ?? expected) != expected)
            throw new LiveCamException($"The {what} needs {expected} bytes, but the model gives it {length} of \"{location}\".");
        if (expected > Array.MaxLength)
            throw new LiveCamException($"The {what} needs {expected} bytes, but one tensor may hold {Array.MaxLength}.");
        return new(path, offset, (int)expected, what);
    }

    private string Inside(string location, string what)
    {
        // Windows writes its own slash.
        if (location.Contains('\\') && !File.Exists(Path.Combine(folder, location))) location = location.Replace('\\', '/');
        bool stays = !location.Contains('\0') && !Path.IsPathRooted(location) && !location.Contains(':') && IsInside(Path.GetFullPath(Path.Combine(folder, location)), folder);
        string? real = stays ? RealPath(Path.Combine(folder, location)) : null;
        if (real is not null && RealPath(LinkText.Follow(real)) is { } meant) real = meant;
        return real is not null && (IsInside(real, folder) || IsInside(real, realFolder))
            ? real
            : throw new LiveCamException(
                $"The {what} lies in \"{ModelProblems.Printable(location, 200)}\", which leaves the model's folder; put the file beside the model.");
    }

    private static bool IsInside(string path, string folder) =>
        path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static long Number(StringStringEntryProto entry, string what) =>
        long.TryParse(entry.Value, out long number) && number >= 0
            ? number
            : throw new LiveCamException($"The {what} has the {entry.Key} \"{ModelProblems.Printable(entry.Value, 40)}\" in its external file, which is no number of bytes.");

    /// <summary>The path with every symbolic link followed, folder by folder; null where links do not end.</summary>
    private static string? RealPath(string path)
    {
        string root = Path.GetPathRoot(path)!;
        var rest = new Stack<string>(Parts(path[root.Length..]).Reverse());
        string real = root;
        int links = 0;
        while (rest.TryPop(out string? part))
        {
            if (part == ".")
                continue;
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? root;
                continue;
            }
            string next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }
            if (++links > MostLinks)
                return null;
            if (Path.IsPathRooted(target))
            {
                real = root = Path.GetPathRoot(target)!;
                target = target[root.Length..];
            }
            foreach (string step in Parts(target).Reverse())
                rest.Push(step);
        }
        return real;
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
}
