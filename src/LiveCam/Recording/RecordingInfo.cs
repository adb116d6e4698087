using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Networks;

namespace LiveCam.Recording;

/// <summary>
/// A recording is a folder: <c>recording.json</c> (this: what was running), <c>frames.bin</c> (<see cref="FrameFile"/>), <c>events.jsonl</c>
/// (<see cref="ScriptLine"/>) and <c>answers.jsonl</c>. All but the first grow while it is made and are whole up to any byte.
/// </summary>
/// <param name="Version">Of the folder's form.</param>
/// <param name="Source">What the pictures came from, for people.</param>
/// <param name="Device">cpu or gl.</param>
/// <param name="Model">The network and its preprocessing.</param>
internal sealed record RecordingInfo(int Version, string Source, string Device, ModelChoice Model)
{
    public const int Newest = 1;

    /// <summary>Of the paths of the model and its labels, where this person's own program wrote them.</summary>
    public string? Seal { get; init; }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string FramesIn(string folder) => Path.Combine(folder, "frames.bin");
    public static string EventsIn(string folder) => Path.Combine(folder, "events.jsonl");
    public static string AnswersIn(string folder) => Path.Combine(folder, "answers.jsonl");
    public static string InfoIn(string folder) => Path.Combine(folder, "recording.json");

    /// <summary>Makes the folder of a new recording.</summary>
    /// <exception cref="LiveCamException">It holds something, or cannot be written.</exception>
    public void Save(string folder)
    {
        try
        {
            if (Path.Exists(folder) && (File.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any()))
                throw new LiveCamException($"Recording into \"{folder}\": it is there already and not empty; give a folder of a new name.");
            Directory.CreateDirectory(folder);
            File.WriteAllText(InfoIn(folder), JsonSerializer.Serialize(this with { Seal = PathSeal.Of(Paths) }, Indented));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Recording into \"{folder}\": {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Checks that the files it names may be opened: its own, the program's, and those that were named here.</summary>
    /// <exception cref="LiveCamException">One may not.</exception>
    public void CheckPaths(string folder)
    {
        bool isSealed = Seal is { Length: > 0 } && PathSeal.Of(Paths) == Seal;
        foreach (string? path in (string?[])[Model.Model, Model.Labels])
            if (path is not null && !isSealed && !PathSeal.Admits(path, folder, null)) throw PathSeal.Refusal($"Reading the recording \"{folder}\"", path);
    }

    private string Paths => $"{Model.Model}\n{Model.Labels}";

    /// <exception cref="LiveCamException">The folder is no recording, or of a version this program does not know.</exception>
    public static RecordingInfo Load(string folder)
    {
        try
        {
            RecordingInfo? info = JsonSerializer.Deserialize<RecordingInfo>(PlainFile.ReadAllText(InfoIn(folder), Limits.TextBytes));
            if (info is { Model.Preprocessing: null }) throw new JsonException();
            if (info is null or { Model: null } or { Version: < 1 or > Newest })
                throw new LiveCamException($"Reading the recording \"{folder}\": it has version {info?.Version ?? 0}, but this program reads version {Newest}.");
            return info;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new LiveCamException($"Reading the recording \"{folder}\": {(e is JsonException ? "its recording.json is damaged" : e.Message.TrimEnd('.'))}; `livecam run --record-session FOLDER` makes one.", e);
        }
    }
}
