using LiveCam.Engine;

namespace LiveCam.Input;

/// <summary>A file of events, one JSON object a line; see <see cref="ScriptLine"/>. Empty lines and lines that begin with # are left out.</summary>
internal static class Script
{
    /// <summary>The events in the order they happen; those at one time in the order of the file.</summary>
    /// <param name="mayBeCut">Whether a last line without an end is left out instead of being read: the file of a run that was killed.</param>
    /// <exception cref="LiveCamException">The file cannot be read, or a line is no event.</exception>
    public static List<ScriptLine> Load(string file, bool mayBeCut = false)
    {
        string[] lines = Lines(file, mayBeCut);
        var events = new List<ScriptLine>();
        for (int i = 0; i < lines.Length; i++)
            if (lines[i].Trim() is { Length: > 0 } line && line[0] != '#')
                events.Add(ScriptLine.Parse(line, $"\"{file}\", line {i + 1}"));
        return events.Exists(line => line.Frame is null) ? [.. events.OrderBy(line => line.At)] : events;
    }

    /// <summary>The lines of a text file.</summary>
    public static string[] Lines(string file, bool mayBeCut)
    {
        try
        {
            string text = PlainFile.ReadAllText(file, Limits.TextBytes);
            if (mayBeCut) text = text[..(text.LastIndexOf('\n') + 1)];
            return text.Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LiveCamException($"Reading the events of \"{file}\": {e.Message.TrimEnd('.')}.", e);
        }
    }
}
