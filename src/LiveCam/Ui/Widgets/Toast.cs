namespace LiveCam.Ui.Widgets;

/// <summary>A sentence on top of everything, in as many lines as it needs.</summary>
public static class Toast
{
    private const int MostLines = 4;

    /// <summary>Draws it in the middle of the box's lower edge.</summary>
    /// <param name="isComplaint">Whether it tells what went wrong.</param>
    public static void Draw(Canvas canvas, Theme theme, Rect box, string text, bool isComplaint)
    {
        if (text.Length == 0) return;
        canvas.IsPassing = true;
        float pad = theme.Px(14), line = theme.LineHeight(theme.Strong), most = MathF.Min(box.Width * 0.86f, theme.Px(860)) - 2 * pad;
        Span<Range> lines = stackalloc Range[MostLines];
        int count = Wrap(canvas, theme.Strong, text, most, lines);
        float widest = 0;
        for (int i = 0; i < count; i++) widest = MathF.Max(widest, canvas.Font.Measure(text.AsSpan()[lines[i]], theme.Strong));
        float width = MathF.Ceiling(MathF.Min(widest, most)) + 2 * pad + theme.Px(6), height = count * line + 2 * theme.Px(10);
        var panel = new Rect(box.CenterX - width / 2, box.Bottom - height - theme.Px(18), width, height).Snap();
        canvas.Fill(panel.Inset(-theme.Px(3)), theme.Background.Fade(0.5f), theme.Radius + theme.Px(3));
        canvas.Fill(panel, theme.Well, theme.Radius);
        canvas.Border(panel, isComplaint ? theme.Bad : theme.Accent, theme.Hairline, theme.Radius);
        canvas.Fill(new(panel.X + theme.Px(8), panel.Y + theme.Px(10), theme.Px(3), panel.Height - 2 * theme.Px(10)), isComplaint ? theme.Bad : theme.Accent, theme.Px(1));
        for (int i = 0; i < count; i++)
            canvas.Text(text.AsSpan()[lines[i]], new Rect(panel.X + pad + theme.Px(6), panel.Y + theme.Px(10) + i * line, most, line), theme.Strong, theme.Text);
        canvas.IsPassing = false;
    }

    /// <summary>Breaks a text at blanks into lines no wider than <paramref name="most"/>; the last line takes the rest.</summary>
    public static int Wrap(Canvas canvas, TextStyle style, ReadOnlySpan<char> text, float most, Span<Range> lines)
    {
        int count = 0, start = 0;
        while (start < text.Length && count < lines.Length)
        {
            int end = text.Length;
            if (count < lines.Length - 1)
                while (canvas.Font.Measure(text[start..end], style) > most && text[start..end].LastIndexOf(' ') is > 0 and var blank) end = start + blank;
            lines[count++] = start..end;
            start = end;
            while (start < text.Length && text[start] == ' ') start++;
        }
        return count;
    }
}
