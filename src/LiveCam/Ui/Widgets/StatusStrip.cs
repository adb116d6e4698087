namespace LiveCam.Ui.Widgets;

/// <summary>The bottom strip: frames per second, where the frame's time went, and a text on the right.</summary>
public static class StatusStrip
{
    /// <param name="fps">Displayed frames per second.</param>
    /// <param name="budget">The milliseconds that fill the stage bar.</param>
    /// <param name="lines">One or two short texts, such as the model and the device.</param>
    public static void Draw(Canvas canvas, Theme theme, Rect box, float fps, ReadOnlySpan<Stage> stages, float budget, ReadOnlySpan<string> lines)
    {
        canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Border(box, theme.Line, theme.Hairline, theme.Radius);
        var inner = box.Inset(theme.Pad, theme.Px(6));
        var big = theme.Headline with { Size = MathF.Min(theme.Headline.Size, inner.Height * 0.75f) };

        float digits = MathF.Ceiling(canvas.Font.Measure("000.0", big)), unit = MathF.Ceiling(canvas.Font.Measure("fps", theme.Body));
        var left = inner.CutLeft(digits + theme.Px(6) + unit, out inner);
        Span<char> number = stackalloc char[16];
        var figure = Figures.Write(number, fps, "0.0");
        // Number and unit share a baseline.
        float baseline = MathF.Floor(left.CenterY + canvas.Font.Strike(big).CapHeight / 2 + 0.5f);
        float width = canvas.Font.Measure(figure, big);
        canvas.Text(figure, left.X, baseline, big, theme.Text);
        canvas.Text("fps", left.X + width + theme.Px(6), baseline, theme.Body, theme.TextFaint);
        inner.CutLeft(theme.Px(20), out inner);

        float texts = 0;
        for (int i = 0; i < lines.Length; i++) texts = MathF.Max(texts, canvas.Font.Measure(lines[i], i == 0 ? theme.Title : theme.Caption));
        texts = MathF.Min(MathF.Ceiling(texts), MathF.Floor(inner.Width * 0.4f));
        var right = inner.CutRight(texts, out inner);
        int shown = Math.Min(lines.Length, (int)(right.Height / theme.LineHeight(theme.Title)));
        float row = MathF.Floor(MathF.Min(right.Height / Math.Max(1, shown), theme.LineHeight(theme.Title) + theme.Px(3)));
        float top = MathF.Floor(right.CenterY - row * shown / 2);
        for (int i = 0; i < shown; i++)
        {
            TextStyle style = i == 0 ? theme.Title : theme.Caption;
            Label.Draw(canvas, new Rect(right.X, top + i * row, right.Width, row), lines[i], style, style.Size * 0.75f, i == 0 ? theme.Text : theme.TextFaint, Align.Right);
        }
        inner = inner.CutLeft(inner.Width - theme.Px(28), out _);
        if (inner.Width > theme.Px(60)) StageBar.Draw(canvas, theme, inner, stages, budget);
    }
}
