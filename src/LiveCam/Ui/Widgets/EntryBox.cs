namespace LiveCam.Ui.Widgets;

/// <summary>A text that is being typed, with its title, over the middle of everything.</summary>
public static class EntryBox
{
    public static void Draw(Canvas canvas, Theme theme, string title, TextField field, ReadOnlySpan<char> hint)
    {
        float width = MathF.Min(canvas.Width - 4 * theme.Margin, theme.Px(460)), height = theme.Px(96);
        Rect box = new Rect((canvas.Width - width) / 2, (canvas.Height - height) / 2, width, height).Snap();
        canvas.Fill(box.Inset(-theme.Px(4)), theme.Background.Fade(0.6f), theme.Radius);
        canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Border(box, theme.Accent, theme.Hairline, theme.Radius);
        Rect inner = box.Inset(theme.Pad, theme.Px(12));
        canvas.Text(title, inner.CutTop(theme.LineHeight(theme.Body), out inner), theme.Body, theme.TextDim);
        field.Draw(canvas, theme, inner.CutBottom(Button.Height(theme), out _), hint);
    }
}
