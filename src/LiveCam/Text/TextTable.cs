using LiveCam.Engine.Text;

namespace LiveCam.Text;

/// <summary>Rows of text in aligned columns.</summary>
/// <param name="columns">Headings; one that begins with <c>&gt;</c> is aligned to the right.</param>
internal sealed class TextTable(params string[] columns)
{
    private readonly List<string[]> rows = [];

    public int Count => rows.Count;

    /// <summary>A line feed in a cell would begin a line that is none of ours.</summary>
    public void Add(params string[] cells) => rows.Add(Array.ConvertAll(cells, cell => PlainText.Of(cell)));

    public void Write(TextWriter output)
    {
        string[] headings = [.. columns.Select(column => column.TrimStart('>'))];
        int[] widths = [.. headings.Select((heading, i) => rows.Select(row => row[i].Length).Append(heading.Length).Max())];
        foreach (string[] row in rows.Prepend(headings))
            output.WriteLine(string.Join("  ", row.Select((cell, i) => columns[i].StartsWith('>') ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }
}
