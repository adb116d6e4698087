namespace LiveCam.Ui.Widgets;

/// <summary>The top answer in type that reads from across the room, its share beside a bar, and the other answers below.</summary>
public static class AnswerPanel
{
    /// <param name="answers">Best first; empty while there is none.</param>
    /// <param name="isSure">Whether the answer is certain, where somebody else decides it; an uncertain one is then not said but listed.</param>
    /// <param name="said">In place of an answer that is not certain; null for "not sure".</param>
    /// <param name="sure">From this share on the answer is drawn as certain, below it dimmed.</param>
    public static void Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<Bar> answers, float sure = 0.5f, string waiting = "Waiting for the camera…", bool? isSure = null, string? said = null)
    {
        var inner = Panel.Draw(canvas, theme, box);
        if (answers.IsEmpty)
        {
            Label.Draw(canvas, inner, waiting, theme.Headline, theme.Body.Size, theme.TextFaint, Align.Center);
            return;
        }
        // Big type shrinks with the panel before the list loses rows.
        var name = theme.Answer with { Size = MathF.Min(theme.Answer.Size, inner.Height * 0.18f) };
        var number = name with { Size = name.Size * 0.72f };
        bool certain = isSure ?? answers[0].Value >= sure;
        Label.Draw(canvas, inner.CutTop(theme.LineHeight(name), out inner), isSure == false ? said ?? "not sure" : answers[0].Name, name, name.Size * 0.5f, certain ? theme.Text : theme.TextDim, cut: Cut.Middle);
        inner.CutTop(MathF.Floor(name.Size * 0.1f), out inner);

        var line = inner.CutTop(theme.LineHeight(number), out inner);
        DrawShare(canvas, theme, line, answers[0], number, certain);

        bool tight = inner.Height < theme.Px(150);
        inner.CutTop(theme.Px(tight ? 4 : 12), out inner);
        if (!tight)
        {
            canvas.Fill(inner.CutTop(theme.Hairline, out inner), theme.Line);
            inner.CutTop(theme.Px(14), out inner);
        }
        BarList.Draw(canvas, theme, inner, isSure == false ? answers : answers[1..], lead: false);
    }

    private static void DrawShare(Canvas canvas, Theme theme, Rect line, Bar answer, TextStyle number, bool certain)
    {
        Span<char> percent = stackalloc char[8];
        var figure = Figures.Write(percent, Math.Clamp(answer.Value, 0, 1) * 100, "0", "%");
        var share = line.CutLeft(MathF.Ceiling(canvas.Font.Measure("100%", number)) + theme.Px(4), out var bar);
        canvas.Text(figure, share, number, certain ? theme.Accent : theme.TextDim);
        float thick = MathF.Max(theme.Px(8), MathF.Floor(number.Size * 0.36f));
        Meter.Draw(canvas, theme, new(bar.X, MathF.Floor(bar.CenterY - thick / 2), bar.Width, thick), answer.Value, certain ? theme.Accent : theme.TextFaint, answer.Mark);
    }
}
