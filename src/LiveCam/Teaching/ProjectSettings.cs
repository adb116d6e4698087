using System.Buffers;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Networks;

namespace LiveCam.Teaching;

/// <summary>What a project learns with, beside its samples.</summary>
/// <param name="Backbone">The model file, by its full path; empty until one was chosen.</param>
/// <param name="Layer">Its feature layer; empty for the one LiveCam finds.</param>
/// <param name="Head">How it learns, as the program names it.</param>
/// <param name="Lesson">The number of the lesson that answers; 0 for none.</param>
/// <param name="Considered">Which samples were learned from last, whatever came of it: those are not learned from again when the project is reopened.</param>
public sealed record ProjectSettings(string Backbone = "", string Layer = "", string Head = "", int Lesson = 0, string Considered = "")
{
    /// <summary>Of the backbone's path, where this person's own program wrote it.</summary>
    public string Seal { get; private init; } = "";

    private const long Longest = 1 << 20;

    /// <summary>Reads a project's settings; those of a new project where there are none, or where they cannot be read.</summary>
    public static ProjectSettings Load(ProjectFolder project)
    {
        try
        {
            if (!File.Exists(project.Settings)) return new();
            return Read(project);
        }
        catch (Exception error) when (IsDamage(error))
        {
            return new();
        }
    }

    /// <summary>Moves settings that cannot be read beside their successor, so that nothing is written over.</summary>
    /// <returns>The sentence about it; null where they can be read, or there are none.</returns>
    /// <exception cref="IOException">They cannot be moved.</exception>
    internal static string? TakeAside(ProjectFolder project)
    {
        if (!File.Exists(project.Settings)) return null;
        try
        {
            Read(project);
            return null;
        }
        catch (Exception error) when (IsDamage(error) && error is not UnauthorizedAccessException)
        {
            string kept = Path.Combine(project.Root, "settings.damaged.json");
            for (int number = 2; Path.Exists(kept); number++) kept = Path.Combine(project.Root, $"settings.damaged-{number}.json");
            File.Move(project.Settings, kept);
            return $"The settings of the project \"{project.Root}\" could not be read and are begun anew; what was there is kept as {Path.GetFileName(kept)}.";
        }
    }

    private static ProjectSettings Read(ProjectFolder project)
    {
        using JsonDocument document = JsonDocument.Parse(PlainFile.ReadAllBytes(project.Settings, Longest));
        return new(project.Found(Text("backbone")), Text("layer"), Text("head"), document.RootElement.TryGetProperty("lesson", out JsonElement lesson) ? lesson.GetInt32() : 0, Text("considered"))
        {
            Seal = Text("seal"),
        };

        string Text(string key) => document.RootElement.TryGetProperty(key, out JsonElement value) ? value.GetString() ?? "" : "";
    }

    private static bool IsDamage(Exception error) => error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException or ArgumentException;

    internal void Save(ProjectFolder project, SampleFiles files)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("backbone", project.Kept(Backbone));
            json.WriteString("seal", PathSeal.Of(Backbone));
            json.WriteString("layer", Layer);
            json.WriteString("head", Head);
            json.WriteNumber("lesson", Lesson);
            json.WriteString("considered", Considered);
            json.WriteEndObject();
        }
        files.WriteWhole(project.Settings, bytes.WrittenSpan, replace: true);
    }
}
