using System.Buffers;
using System.Text.Json;

namespace LiveCam.Teaching;

/// <summary>What a project learns with, beside its samples.</summary>
/// <param name="Backbone">The model file, by its full path; empty until one was chosen.</param>
/// <param name="Layer">Its feature layer; empty for the one LiveCam finds.</param>
/// <param name="Head">How it learns, as the program names it.</param>
/// <param name="Lesson">The number of the lesson that answers; 0 for none.</param>
/// <param name="Considered">Which samples were learned from last, whatever came of it: those are not learned from again when the project is reopened.</param>
public sealed record ProjectSettings(string Backbone = "", string Layer = "", string Head = "", int Lesson = 0, string Considered = "")
{
    /// <summary>Reads a project's settings; those of a new project where there are none, or where they cannot be read.</summary>
    public static ProjectSettings Load(ProjectFolder project)
    {
        try
        {
            if (!File.Exists(project.Settings) || new FileInfo(project.Settings).Length > 1 << 20) return new();
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(project.Settings));
            return new(project.Found(Text("backbone")), Text("layer"), Text("head"), document.RootElement.TryGetProperty("lesson", out JsonElement lesson) ? lesson.GetInt32() : 0, Text("considered"));

            string Text(string key) => document.RootElement.TryGetProperty(key, out JsonElement value) ? value.GetString() ?? "" : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            return new();
        }
    }

    internal void Save(ProjectFolder project, SampleFiles files)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("backbone", project.Kept(Backbone));
            json.WriteString("layer", Layer);
            json.WriteString("head", Head);
            json.WriteNumber("lesson", Lesson);
            json.WriteString("considered", Considered);
            json.WriteEndObject();
        }
        files.WriteWhole(project.Settings, bytes.WrittenSpan, replace: true);
    }
}
