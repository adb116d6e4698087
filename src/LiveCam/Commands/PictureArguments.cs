using LiveCam.Engine;
using LiveCam.Engine.Data;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Commands;

/// <summary>The pictures that somebody names on the command line: files, folders of them, videos.</summary>
internal static class PictureArguments
{
    private static readonly string[] VideoEndings = [".mp4", ".avi", ".mkv", ".mov", ".webm"];

    /// <summary>A picture file's picture, or a video's first frame, which is told.</summary>
    /// <param name="done">What is done with it: "classified".</param>
    /// <exception cref="LiveCamException">It cannot be read.</exception>
    public static Picture Load(string file, string done, Terminal terminal)
    {
        if (!VideoEndings.Contains(Path.GetExtension(file).ToLowerInvariant()) || !File.Exists(file)) return ImageFile.Load(file);
        using Camera video = CameraSource.Open(file);
        Picture? first = null;
        if (!video.Read(ref first, out _)) throw new LiveCamException($"Reading the video \"{file}\": it holds no frame.");
        terminal.Note($"{file} is a video: its first frame is {done}, and run --source shows all of it.");
        return first!;
    }

    /// <summary>The file itself, or the pictures of a folder in natural order.</summary>
    /// <exception cref="LiveCamException">The folder holds none, or cannot be read.</exception>
    public static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path)) return [path];
        DataParts parts = DataSet.Open(path, PictureFiles.Instance);
        DataSet set = parts.Train ?? parts.Evaluation;
        return [.. Enumerable.Range(0, set.Count).Select(sample => Path.Combine(path, set.NameOf(sample)))];
    }
}
