namespace LiveCam.Ui.Widgets;

/// <summary>A named share.</summary>
/// <param name="Value">0..1.</param>
/// <param name="Mark">Another share marked on the bar, such as the newest of what <paramref name="Value"/> smooths; below 0 for none.</param>
public readonly record struct Bar(string Name, float Value, float Mark = -1);

/// <summary>Names with percentages in a column of tabular digits and a bar under each.</summary>
public static class BarList
{
    /// <summary>Draws as many rows as fit, first row first, and returns how many. Text grows with the room up to 1.5 times the theme's row.</summary>
    /// <param name="lead">Whether the first row stands out; off where the first answer is shown elsewhere.</param>
    public static int Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<Bar> bars, bool lead = true)
    {
        if (bars.IsEmpty || box.IsEmpty) return 0;
        float gap = theme.Px(3), bar = theme.Px(5), apart = theme.Px(5), least = Height(theme.Row) + apart;
        int rows = Math.Min(bars.Length, (int)((box.Height + apart) / least));
        if (rows == 0) return 0;
        float room = (box.Height + apart) / rows;
        var style = theme.Row;
        if (bars.Length == rows) style = style with { Size = Math.Clamp(room * 0.42f, style.Size, style.Size * 1.5f) };
        while (style.Size > theme.Row.Size && Height(style) + apart > room) style = style with { Size = style.Size - 1 };
        float row = Height(style), pitch = MathF.Floor(MathF.Min(room, row + theme.Px(22)));
        float digits = MathF.Ceiling(canvas.Font.Measure("100.0%", style));
        Span<char> percent = stackalloc char[16];
        for (int i = 0; i < rows; i++)
        {
            bool first = lead && i == 0;
            float value = Math.Clamp(bars[i].Value, 0, 1);
            var line = new Rect(box.X, box.Y + i * pitch, box.Width, row - gap - bar);
            var right = line.CutRight(digits, out var left);
            var figure = Figures.Write(percent, value * 100, "0.0", "%");
            var cut = style with { Weight = first ? FontWeight.SemiBold : FontWeight.Regular };
            Names.Draw(canvas, bars[i].Name, Alike(bars[..rows], i), left with { Width = left.Width - theme.Gap }, cut, first ? theme.Text : theme.TextDim);
            canvas.Text(figure, right, cut, first ? theme.Text : theme.TextDim, Align.Right);
            Meter.Draw(canvas, theme, new(box.X, line.Bottom + gap, box.Width, bar), value, first ? theme.Accent : theme.TextFaint, bars[i].Mark);
        }
        return rows;

        float Height(TextStyle text) => theme.LineHeight(text) + gap + bar;
    }

    private static int Alike(ReadOnlySpan<Bar> bars, int index)
    {
        int most = 0;
        foreach (Bar other in bars) most = Math.Max(most, Names.Alike(bars[index].Name, other.Name));
        return most;
    }
}
