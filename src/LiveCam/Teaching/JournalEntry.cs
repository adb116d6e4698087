using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LiveCam.Teaching;

/// <summary>What a journal line tells.</summary>
internal enum Deed
{
    /// <summary>A class is there: new, renamed (<see cref="JournalEntry.Was"/>) or of another colour.</summary>
    Class,
    /// <summary>A sample was kept.</summary>
    Add,
    /// <summary>Samples were taken out.</summary>
    Remove,
    /// <summary>A step was taken back, or done again.</summary>
    Undo,
    Redo,
    /// <summary>Samples were found gone.</summary>
    Lost,
}

/// <summary>One line of the journal. Which fields count depends on the deed.</summary>
/// <param name="Step">What undo takes back as a whole: a burst, a deletion. 0 cannot be taken back.</param>
internal sealed record JournalEntry(Deed Deed, int Class = 0, string Name = "", string Was = "", int Color = 0, int Id = 0, int Burst = 0, int Step = 0, IReadOnlyList<int>? Ids = null)
{
    /// <summary>Numbers in a journal are from 0 to below this, so that the next of each can be counted.</summary>
    public const int MostId = int.MaxValue / 2;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Appends the line, its line feed included.</summary>
    public void Write(ArrayBufferWriter<byte> bytes)
    {
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("do", Deed.ToString().ToLowerInvariant());
            if (Step != 0) json.WriteNumber("step", Step);
            if (Deed is Deed.Class or Deed.Add)
            {
                if (Deed == Deed.Add) json.WriteNumber("id", Id);
                json.WriteNumber("class", Class);
                json.WriteString("name", Name);
                if (Was.Length > 0) json.WriteString("was", Was);
                if (Deed == Deed.Class) json.WriteString("color", $"#{Color:x6}");
                else json.WriteNumber("burst", Burst);
            }
            if (Ids is not null)
            {
                json.WriteStartArray("ids");
                foreach (int id in Ids) json.WriteNumberValue(id);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        bytes.Write("\n"u8);
    }

    /// <summary>Reads a line; null where it is damaged or says nothing this version knows.</summary>
    public static JournalEntry? Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            JsonElement json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object || !Enum.TryParse(Text("do"), ignoreCase: true, out Deed deed) || !Enum.IsDefined(deed)) return null;
            bool named = deed is Deed.Class or Deed.Add;
            var entry = new JournalEntry(deed, Number("class"), Text("name"), Text("was"), Color(), Number("id"), Number("burst"), Number("step"),
                json.TryGetProperty("ids", out JsonElement ids) ? [.. ids.EnumerateArray().Select(id => id.GetInt32())] : null);
            if (!IsNumber(entry.Class) || !IsNumber(entry.Id) || !IsNumber(entry.Burst) || !IsNumber(entry.Step)) return null;
            if (deed == Deed.Class && (ProjectFolder.NameProblem(entry.Name) is not null || entry.Was.Length > 0 && ProjectFolder.NameProblem(entry.Was) is not null)) return null;
            return named && (entry.Name.Length == 0 || entry.Name != Path.GetFileName(entry.Name) || entry.Name[0] == '.' || entry.Was != Path.GetFileName(entry.Was)) ? null : entry;

            static bool IsNumber(int number) => number is >= 0 and < MostId;
            string Text(string key) => json.TryGetProperty(key, out JsonElement value) ? value.GetString() ?? "" : "";
            int Number(string key) => json.TryGetProperty(key, out JsonElement value) ? value.GetInt32() : 0;
            int Color() => Text("color") is ['#', .. var digits] ? Convert.ToInt32(digits, 16) & 0xFFFFFF : 0;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            return null;
        }
    }
}
