namespace LiveCam.Ui.Widgets;

/// <summary>A named figure or, where <paramref name="Text"/> is given, a named text.</summary>
/// <param name="Format">A .NET number format such as "0.0".</param>
/// <param name="Unit">Written behind the number in a fainter colour.</param>
public readonly record struct Stat(string Name, double Value = 0, string Format = "0", string Unit = "", string? Text = null)
{
    public Stat(string name, string text) : this(name, 0, "0", "", text) { }
}

/// <summary>Rows of statistics: name on the left, value on the right; two or more columns where the box is wide.</summary>
public static class KeyValue
{
    /// <summary>Draws as many rows as fit and returns how many.</summary>
    public static int Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<Stat> stats)
    {
        if (box.IsEmpty) return 0;
        float least = theme.LineHeight(theme.Body) + theme.Px(1), gutter = theme.Px(28);
        int perColumn = (int)(box.Height / least);
        if (perColumn == 0) return 0;
        int most = Math.Max(1, (int)((box.Width + gutter) / (theme.Px(190) + gutter)));
        int columns = Math.Clamp((stats.Length + perColumn - 1) / perColumn, 1, most);
        perColumn = Math.Min(perColumn, (stats.Length + columns - 1) / columns);
        float row = MathF.Floor(MathF.Min(least + theme.Px(6), box.Height / perColumn));
        int shown = Math.Min(stats.Length, perColumn * columns);
        float width = MathF.Floor((box.Width - gutter * (columns - 1)) / columns);
        Span<char> number = stackalloc char[32];
        for (int i = 0; i < shown; i++)
        {
            ref readonly var stat = ref stats[i];
            var line = new Rect(box.X + i / perColumn * (width + gutter), box.Y + i % perColumn * row, width, row);
            float name = canvas.Text(stat.Name, line, theme.Body, theme.TextFaint);
            var rest = line.CutRight(MathF.Max(0, width - name - theme.Gap), out _);
            if (stat.Text is { } text)
            {
                canvas.Text(text, rest, theme.Body, theme.Text, Align.Right);
                continue;
            }
            if (stat.Unit.Length > 0)
            {
                float unit = canvas.Text(stat.Unit, rest, theme.Body, theme.TextFaint, Align.Right);
                rest = rest with { Width = rest.Width - unit - theme.Px(4) };
            }
            canvas.Text(Figures.Write(number, stat.Value, stat.Format), rest, theme.Body, theme.Text, Align.Right);
        }
        return shown;
    }
}
