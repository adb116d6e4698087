using System.Text.Json;
using LiveCam.Engine;

namespace LiveCam.Loop;

/// <summary>The file of what a person has set: a JSON object with one of texts for each plugin, <c>{"overlay":{"large-text":"on"}}</c>.</summary>
internal static class SettingsFile
{
    // Nobody sets that much.
    private const long Most = 1 << 20;

    /// <exception cref="LiveCamException">It cannot be read, or is no such file.</exception>
    public static Dictionary<(string Plugin, string Name), string> Read(string path)
    {
        Dictionary<(string, string), string> values = [];
        try
        {
            PlainFile.Check(path);
            if (!File.Exists(path)) return values;
            if (new FileInfo(path).Length is > Most and var length) throw new FormatException($"it has {length} bytes, but settings take at most {Most}");
            using JsonDocument document = JsonDocument.Parse(PlainFile.ReadAllBytes(path, Most));
            foreach (JsonProperty plugin in document.RootElement.EnumerateObject())
                foreach (JsonProperty setting in plugin.Value.EnumerateObject()) values[(plugin.Name, setting.Name)] = setting.Value.GetString() ?? "";
            return values;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            string reason = error is JsonException or InvalidOperationException ? "it is no JSON object of objects of texts" : error.Message.TrimEnd('.');
            throw new LiveCamException($"Reading the settings \"{path}\": {reason}; mend it, or delete it to begin anew.", error);
        }
    }

    /// <summary>Writes all of it under another name and renames it, so that a kill leaves the old file or the new one.</summary>
    public static void Write(string path, IReadOnlyDictionary<(string Plugin, string Name), string> values)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        string partial = path + ".partial";
        using (FileStream file = File.Create(partial))
        using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach (var plugin in values.GroupBy(value => value.Key.Plugin).OrderBy(plugin => plugin.Key, StringComparer.Ordinal))
            {
                json.WriteStartObject(plugin.Key);
                foreach (var setting in plugin.OrderBy(value => value.Key.Name, StringComparer.Ordinal)) json.WriteString(setting.Key.Name, setting.Value);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        File.Move(partial, path, overwrite: true);
    }
}
