using LiveCam.Platform;
using LiveCam.Platform.Streams;
using LiveCam.Recording;
using LiveCam.Teaching;

namespace LiveCam.Commands;

/// <summary>What a person means who says less than a verb and options: <c>livecam photo.jpg</c>, <c>livecam model.onnx clip.mp4</c>, <c>livecam FOLDER</c>.</summary>
internal static class Words
{
    /// <summary>The words with all that was left out.</summary>
    /// <param name="verbs">A file that is called like one has to be written as a path, <c>./train</c>.</param>
    /// <param name="usual">The verb of options that stand alone; help and version are the program's.</param>
    public static IReadOnlyList<string> Complete(IReadOnlyList<string> args, IReadOnlyCollection<string> verbs, string usual)
    {
        if (args.Count == 0) return [usual];
        if (args[0].StartsWith('-')) return args[0] is "--help" or "-h" or "-?" or "--version" ? args : [usual, .. args];
        if (verbs.Contains(args[0])) return args;
        List<string> words = [usual];
        int next = 0;
        for (; next < args.Count && !args[next].StartsWith('-'); next++)
        {
            string word = args[next];
            if (Directory.Exists(word) && File.Exists(RecordingInfo.InfoIn(word)) && next == 0) return ["replay", .. args];
            if (OptionOf(word) is not { } option) return args;
            words.AddRange([option, word]);
        }
        return [.. words, .. args.Skip(next)];
    }

    /// <summary>The option that takes a file, a folder or an address; null for what is none of them.</summary>
    private static string? OptionOf(string word)
    {
        if (Directory.Exists(word)) return IsProject(word) ? "--project" : "--source";
        if (word.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) return "--model";
        if (File.Exists(word) || CameraSource.IsDrawn(word) || CameraSource.IsDevice(word)) return "--source";
        return Uri.TryCreate(word, UriKind.Absolute, out Uri? address) && StreamSource.Schemes.Contains(address.Scheme) ? "--source" : null;
    }

    private static bool IsProject(string folder)
    {
        var project = new ProjectFolder(folder);
        return File.Exists(project.Journal) || File.Exists(project.Settings);
    }
}
