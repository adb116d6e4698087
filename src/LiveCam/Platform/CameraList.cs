using System.Globalization;

namespace LiveCam.Platform;

/// <summary>A camera device: its number, and the name its driver gives it.</summary>
public readonly record struct CameraDevice(int Index, string Name)
{
    /// <summary>The device file on Linux, elsewhere the number: either names the camera as a source.</summary>
    public string Path => OperatingSystem.IsLinux() ? $"/dev/video{Index}" : Index.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// The cameras of this machine, as Linux lists them in its files and Windows through Media Foundation; nothing is opened to
/// find out. On macOS none is listed: a number opens one there.
/// </summary>
public static class CameraList
{
    /// <summary>Every camera device in order of its number. Empty where there is none, or no such list.</summary>
    public static IReadOnlyList<CameraDevice> Read() => OperatingSystem.IsWindows() ? WindowsCameras.Read() : Read("/sys/class/video4linux");

    internal static IReadOnlyList<CameraDevice> Read(string root)
    {
        List<CameraDevice> found = [];
        if (!Directory.Exists(root)) return found;
        foreach (string folder in Directory.EnumerateDirectories(root, "video*"))
        {
            if (!int.TryParse(Path.GetFileName(folder).AsSpan("video".Length), out int index)) continue;
            // A webcam lists a second node for its metadata; "index" counts the nodes of one device and 0 delivers pictures.
            if (FirstLine(Path.Combine(folder, "index")) is { } node && node != "0") continue;
            found.Add(new CameraDevice(index, FirstLine(Path.Combine(folder, "name")) ?? $"camera {index}"));
        }
        found.Sort((a, b) => a.Index.CompareTo(b.Index));
        return found;
    }

    private static string? FirstLine(string file)
    {
        try
        {
            string line = File.ReadLines(file).FirstOrDefault("").Trim();
            return line.Length == 0 ? null : line;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
