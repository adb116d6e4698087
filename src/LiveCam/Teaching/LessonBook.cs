using System.Buffers;
using System.Globalization;
using System.Text.Json;
using LiveCam.Engine;
using LiveCam.Networks;

namespace LiveCam.Teaching;

/// <summary>
/// The lessons of a project on disk, a small file each: which samples in which way. What they know follows from that, bit for bit, as long as the pictures are there,
/// among the samples or with what was taken out.
/// </summary>
internal sealed class LessonBook(ProjectFolder project, SampleFiles files)
{
    /// <summary>Most lessons kept; the oldest go.</summary>
    public const int Most = 20;

    private const long LongestFile = 64 << 20;

    /// <summary>What a file says.</summary>
    /// <param name="Backbone">The file that it was learned on, and its layer.</param>
    public sealed record Page(int Number, string Way, string BackboneKey, BackboneWish Backbone, IReadOnlyList<int> Classes, IReadOnlyList<int> Samples);

    /// <summary>The numbers of the lessons that are there, ascending.</summary>
    public int[] Numbers => !Directory.Exists(project.Lessons) ? [] :
        [.. Directory.EnumerateFiles(project.Lessons, "*.json").Select(Path.GetFileNameWithoutExtension).Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)
            .Where(number => number > 0).Order()];

    public void Write(Lesson lesson, string backboneKey)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("way", lesson.Way.Name);
            json.WriteString("backbone", backboneKey);
            json.WriteString("model", project.Kept(Path.GetFullPath(lesson.Backbone.Path!)));
            json.WriteString("seal", PathSeal.Of(Path.GetFullPath(lesson.Backbone.Path!)));
            json.WriteString("layer", lesson.Layer);
            Numbers("classes", lesson.Classes);
            Numbers("samples", lesson.Samples.Keys.Order());
            json.WriteEndObject();

            void Numbers(string name, IEnumerable<int> numbers)
            {
                json.WriteStartArray(name);
                foreach (int number in numbers) json.WriteNumberValue(number);
                json.WriteEndArray();
            }
        }
        files.MakeFolder(project.Lessons);
        files.WriteWhole(FileOf(lesson.Number), bytes.WrittenSpan, replace: true);
        foreach (int old in Numbers.SkipLast(Most)) files.Delete(FileOf(old));
    }

    /// <summary>Reads a lesson's file; null where it is gone or damaged.</summary>
    public Page? Read(int number)
    {
        try
        {
            string path = FileOf(number);
            if (!File.Exists(path) || new FileInfo(path).Length > LongestFile) return null;
            using JsonDocument document = JsonDocument.Parse(PlainFile.ReadAllBytes(path, LongestFile));
            JsonElement json = document.RootElement;
            string model = project.Found(Text("model"));
            if (model.Length > 0 && !PathSeal.Admits(model, project.Root, Text("seal"))) model = "";
            return new(number, json.GetProperty("way").GetString() ?? "", json.GetProperty("backbone").GetString() ?? "", new(model, Text("layer")),
                [.. json.GetProperty("classes").EnumerateArray().Select(one => one.GetInt32())], [.. json.GetProperty("samples").EnumerateArray().Select(one => one.GetInt32())]);

            // Lessons of older versions do not say it.
            string Text(string key) => json.TryGetProperty(key, out JsonElement value) ? value.GetString() ?? "" : "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private string FileOf(int number) => Path.Combine(project.Lessons, string.Create(CultureInfo.InvariantCulture, $"{number:D4}.json"));
}
