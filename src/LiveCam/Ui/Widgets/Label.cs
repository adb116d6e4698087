namespace LiveCam.Ui.Widgets;

/// <summary>One line of text that becomes smaller before it loses letters.</summary>
public static class Label
{
    /// <summary>Draws in the largest size from <paramref name="style"/> down to <paramref name="smallest"/> pixels that fits, then with an ellipsis.</summary>
    public static float Draw(Canvas canvas, Rect box, ReadOnlySpan<char> text, TextStyle style, float smallest, Color color, Align align = Align.Left, Cut cut = Cut.End)
    {
        while (style.Size > smallest && canvas.Font.Measure(text, style) > box.Width)
            style = style with { Size = MathF.Max(smallest, style.Size * 0.92f) };
        return canvas.Text(text, box, style, color, align, cut);
    }
}
