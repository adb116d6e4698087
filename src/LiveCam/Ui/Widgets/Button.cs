namespace LiveCam.Ui.Widgets;

/// <summary>A text to click, with the key that does the same beside it.</summary>
public static class Button
{
    /// <summary>The height a button takes.</summary>
    public static float Height(Theme theme) => theme.LineHeight(theme.Strong) + theme.Px(10);

    /// <summary>The width its text takes.</summary>
    public static float Width(Canvas canvas, Theme theme, ReadOnlySpan<char> text, ReadOnlySpan<char> key = default) =>
        MathF.Ceiling(canvas.Font.Measure(text, theme.Strong) + (key.IsEmpty ? 0 : theme.Px(10) + canvas.Font.Measure(key, theme.Caption))) + 2 * theme.Px(12);

    /// <summary>Draws it; whoever has the rectangle finds clicks with <see cref="Rect.Contains(float, float)"/>.</summary>
    /// <param name="isOn">Whether what it stands for is on, or it is held down.</param>
    /// <param name="isEnabled">Whether it does anything now.</param>
    /// <param name="isChosen">Whether keys would press it.</param>
    public static void Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<char> text, ReadOnlySpan<char> key = default, bool isOn = false, bool isEnabled = true, bool isChosen = false)
    {
        canvas.Fill(box, isOn ? theme.Accent.Fade(0.22f) : theme.Well, theme.Px(6));
        canvas.Border(box, isOn || isChosen ? theme.Accent : theme.Line, isChosen ? theme.Px(2) : theme.Hairline, theme.Px(6));
        Color color = !isEnabled ? theme.TextFaint.Fade(0.6f) : theme.Text;
        Rect inner = box.Inset(theme.Px(12), 0);
        if (key.IsEmpty)
        {
            canvas.Text(text, inner, theme.Strong, color, Align.Center);
            return;
        }
        float hint = canvas.Text(key, inner, theme.Caption, isEnabled ? theme.TextFaint : color, Align.Right) + theme.Px(10);
        canvas.Text(text, inner with { Width = MathF.Max(0, inner.Width - hint) }, theme.Strong, color);
    }
}
