namespace LiveCam.Ui.Widgets;

/// <summary>How long a stage of the frame took.</summary>
public readonly record struct Stage(string Name, float Milliseconds);

/// <summary>The stages of a frame side by side in one bar, with a legend below.</summary>
public static class StageBar
{
    /// <param name="budget">The milliseconds that fill the bar; a longer frame rescales it and colours its end as a warning.</param>
    public static void Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<Stage> stages, float budget)
    {
        float sum = 0;
        foreach (var stage in stages) sum += MathF.Max(0, stage.Milliseconds);
        float legend = theme.LineHeight(theme.Caption), height = theme.Px(10), gap = theme.Px(6);
        bool room = box.Height >= legend + gap + height;
        float top = box.Y + MathF.Floor((box.Height - (room ? legend + gap + height : height)) / 2);
        var bar = new Rect(box.X, top, box.Width, height);
        canvas.Fill(bar, theme.Well);
        float scale = bar.Width / MathF.Max(MathF.Max(sum, budget), 1e-3f), x = bar.X;
        canvas.PushClip(bar);
        for (int i = 0; i < stages.Length; i++)
        {
            float width = MathF.Max(0, stages[i].Milliseconds) * scale;
            // One pixel of the ground between neighbours tells them apart without colour.
            canvas.Fill(Rect.FromEdges(x, bar.Y, MathF.Max(x, x + width - theme.Hairline), bar.Bottom), ColorOf(theme, i));
            x += width;
        }
        if (sum > budget) canvas.Fill(Rect.FromEdges(bar.X + budget * scale, bar.Y, bar.X + budget * scale + theme.Px(2), bar.Bottom), theme.Bad);
        canvas.PopClip();
        if (room) Legend(canvas, theme, new(box.X, bar.Bottom + gap, box.Width, legend), stages);
    }

    /// <summary>Names and times; where they do not all fit, the shortest stages are left out.</summary>
    private static void Legend(Canvas canvas, Theme theme, Rect line, ReadOnlySpan<Stage> stages)
    {
        float dot = theme.Px(8), gap = theme.Px(6), apart = theme.Px(18), x = line.X, least = 0;
        Span<char> number = stackalloc char[24];
        while (Width(canvas, theme, stages, least) - apart > line.Width)
        {
            float next = float.PositiveInfinity;
            foreach (Stage stage in stages)
                if (stage.Milliseconds >= least && stage.Milliseconds < next) next = stage.Milliseconds;
            if (float.IsInfinity(next)) return;
            least = MathF.BitIncrement(next);
        }
        for (int i = 0; i < stages.Length; i++)
        {
            if (stages[i].Milliseconds < least) continue;
            var time = Figures.Write(number, stages[i].Milliseconds, "0.0", " ms");
            float name = canvas.Font.Measure(stages[i].Name, theme.Caption), figure = FigureWidth(canvas, theme, stages[i]);
            canvas.Fill(new(x, MathF.Floor(line.CenterY - dot / 2), dot, dot), ColorOf(theme, i), theme.Px(2));
            x += dot + gap;
            x += canvas.Text(stages[i].Name, new Rect(x, line.Y, name + 1, line.Height), theme.Caption, theme.TextDim) + gap;
            canvas.Text(time, new Rect(x, line.Y, figure, line.Height), theme.Caption, theme.Text);
            x += figure + apart;
        }
    }

    /// <summary>Of all stages that take at least so long, each with the space behind it.</summary>
    private static float Width(Canvas canvas, Theme theme, ReadOnlySpan<Stage> stages, float least)
    {
        float width = 0;
        foreach (Stage stage in stages)
            if (stage.Milliseconds >= least)
                width += theme.Px(8) + 2 * theme.Px(6) + canvas.Font.Measure(stage.Name, theme.Caption) + FigureWidth(canvas, theme, stage) + theme.Px(18);
        return width;
    }

    /// <summary>The figure has a fixed column, so that the legend does not move as times change.</summary>
    private static float FigureWidth(Canvas canvas, Theme theme, Stage stage)
    {
        Span<char> number = stackalloc char[24];
        return MathF.Max(canvas.Font.Measure("00.0 ms", theme.Caption), canvas.Font.Measure(Figures.Write(number, stage.Milliseconds, "0.0", " ms"), theme.Caption));
    }

    private static Color ColorOf(Theme theme, int stage) => theme.Series[stage % theme.Series.Count];
}
