using CsvHelper;

namespace LiveCam.Engine.Text;

/// <summary>The rows of a CSV text (RFC 4180), whatever separates its fields: comma, semicolon, tab or bar.</summary>
/// <param name="Separator">Between fields.</param>
/// <param name="Rows">Every row that is not empty, the first one too: a heading is for the caller to see.</param>
internal sealed record CsvTable(char Separator, IReadOnlyList<CsvTable.Row> Rows)
{
    private const int MostField = 4096, MostFields = 4096;

    /// <param name="Line">From 1, of the text.</param>
    /// <param name="Fields">Without quotes and without spaces around.</param>
    public readonly record struct Row(int Line, string[] Fields);

    /// <param name="what">What is read, for the sentence: a file's name.</param>
    /// <exception cref="LiveCamException">A quote is misplaced or never closed, or a limit is passed.</exception>
    public static CsvTable Parse(string text, string what, int mostRows)
    {
        var rows = new List<Row>();
        try
        {
            using CsvReader reader = CsvReader.FromText(text, new()
            {
                HasHeader = false,
                Separator = SeparatorOf(text),
                TrimWhitespace = true,
                TrackLineNumbers = true,
                MalformedData = CsvMalformedDataHandling.Throw,
            });
            while (reader.Read())
            {
                int line = (int)reader.LineNumber;
                if (reader.FieldCount > MostFields) throw new LiveCamException($"Cannot read {what}: line {line} has {reader.FieldCount} fields, the limit is {MostFields}; is it a CSV file?");
                if (rows.Count == mostRows) throw new LiveCamException($"Cannot read {what}: it has more than {mostRows} rows, which is the limit.");
                var fields = new string[reader.FieldCount];
                for (int i = 0; i < fields.Length; i++)
                {
                    fields[i] = reader.GetString(i);
                    if (fields[i].Length > MostField)
                        throw new LiveCamException($"Cannot read {what}: line {line} has a field of {fields[i].Length} characters, the limit is {MostField}; is a quote missing, or is it no CSV file?");
                }
                if (Array.Exists(fields, field => field.Length > 0)) rows.Add(new(line, fields));
            }
            return new(reader.Separator, rows);
        }
        catch (CsvFormatException error)
        {
            throw new LiveCamException($"Cannot read {what}: line {error.LineNumber} has a quote that is misplaced or never closed; put fields with quotes into quotes and double those inside.", error);
        }
    }

    /// <summary>
    /// What the first line with any of them has most of; a comma where none has one. (A bar may also stand between labels of one field, so it
    /// counts only where the line has none of the others.) Excel's line <c>sep=;</c> is left to the library.
    /// </summary>
    private static char? SeparatorOf(string text)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)) return null;
        ReadOnlySpan<char> rest = text;
        for (int line = 0; line < 20 && !rest.IsEmpty; line++)
        {
            ReadOnlySpan<char> own = rest.IndexOf('\n') is var end && end < 0 ? rest : rest[..end];
            rest = end < 0 ? [] : rest[(end + 1)..];
            char best = ',';
            int most = 0;
            foreach (char candidate in ",;\t")
                if (own.Count(candidate) is var count && count > most) (best, most) = (candidate, count);
            if (most > 0) return best;
        }
        return text.AsSpan(0, Math.Min(text.Length, 4096)).Contains('|') && !text.Contains(',') ? '|' : ',';
    }
}
