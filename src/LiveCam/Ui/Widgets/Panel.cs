namespace LiveCam.Ui.Widgets;

/// <summary>A surface with an optional title line and a note at its right end.</summary>
public static class Panel
{
    /// <summary>Draws the panel and returns the rectangle for its content.</summary>
    public static Rect Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<char> title = default, ReadOnlySpan<char> note = default)
    {
        if (box.IsEmpty) return box;
        canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Border(box, theme.Line, theme.Hairline, theme.Radius);
        var inner = box.Inset(box.Width < theme.Px(280) ? theme.Px(11) : theme.Pad, box.Height < theme.Px(160) || box.Width < theme.Px(280) ? theme.Px(11) : theme.Pad);
        if (title.IsEmpty) return inner;
        var line = inner.CutTop(theme.LineHeight(theme.Title), out inner);
        float width = canvas.Text(title, line, theme.Title, theme.TextDim);
        line = line.CutRight(MathF.Max(0, line.Width - width - theme.Pad), out _);
        canvas.Text(note, line, theme.Caption, theme.TextFaint, Align.Right);
        inner.CutTop(theme.Gap, out inner);
        return inner;
    }
}
