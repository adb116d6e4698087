using LiveCam.Networks;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Overlay;

/// <summary>The layers in columns, top to bottom and left to right: number, operation, name, shape, milliseconds.</summary>
/// <param name="Bar">The scroll bar; empty where all layers are in sight.</param>
public readonly record struct LayerListLayout(Rect Box, int First, int Rows, int Columns, float RowHeight, float ColumnWidth, float Gutter, int Count, Rect Bar)
{
    public int PerPage => Rows * Columns;

    public Rect Row(int layer) => new(Box.X + (layer - First) / Rows * (ColumnWidth + Gutter), Box.Y + (layer - First) % Rows * RowHeight, ColumnWidth, RowHeight);

    /// <summary>The first row that is shown when the middle of the scroll bar's handle is at <paramref name="x"/>: the beginning of a column.</summary>
    public int FirstAt(float x)
    {
        int all = (Count + Rows - 1) / Rows, last = Math.Max(0, all - Columns);
        return Math.Clamp((int)MathF.Round((x - Bar.X) / MathF.Max(1, Bar.Width) * all - Columns / 2f), 0, last) * Rows;
    }

    /// <summary>The layer under a point, or -1.</summary>
    public int At(float x, float y)
    {
        for (int i = First; i < Math.Min(Count, First + PerPage); i++)
            if (Row(i).Contains(x, y)) return i;
        return -1;
    }
}

/// <inheritdoc cref="LayerListLayout"/>
public static class LayerList
{
    /// <param name="first">The first row shown; -1 keeps <paramref name="selected"/> in sight.</param>
    /// <param name="counts">How the channels of each layer are, where somebody looked.</param>
    /// <param name="isReady">Whether the selected layer is the one that is shown already.</param>
    public static LayerListLayout Draw(Canvas canvas, Theme theme, Rect box, IReadOnlyList<LayerInfo> layers, IReadOnlyList<double> milliseconds, int selected, int first, bool isReady,
        ReadOnlySpan<LayerHealth> counts = default)
    {
        float least = theme.LineHeight(theme.Body) + theme.Px(2), gutter = theme.Px(20);
        float bar = theme.Px(6);
        int rows = (int)((box.Height - bar) / least);
        if (rows < 1 || layers.Count == 0) return default;
        int columns = Math.Clamp((int)((box.Width + gutter) / (theme.Px(theme.LargeText ? 380 : 350) + gutter)), 1, Math.Max(1, (layers.Count + rows - 1) / rows));
        float row = MathF.Floor((box.Height - bar) / rows), width = MathF.Floor((box.Width - gutter * (columns - 1)) / columns);
        int page = rows * columns, last = Math.Max(0, layers.Count - page);
        // Whole columns move, so that a step to the next layer leaves the list standing.
        int place = first >= 0 ? first : Math.Max(0, selected / rows - columns / 2) * rows;
        place = Math.Clamp(place, 0, (last + rows - 1) / rows * rows);
        Rect track = last == 0 ? default : new(box.X, box.Bottom - theme.Px(3), box.Width, theme.Px(4));
        var layout = new LayerListLayout(box, place, rows, columns, row, width, gutter, layers.Count, track);
        if (last > 0) Scroll(canvas, theme, layout);

        float slowest = 0, digits = MathF.Ceiling(canvas.Font.Measure("00.00 ms", theme.Body)), number = MathF.Ceiling(canvas.Font.Measure("000", theme.Body));
        foreach (LayerInfo layer in layers) slowest = MathF.Max(slowest, Time(layer));
        Span<char> text = stackalloc char[48];
        for (int i = place; i < Math.Min(layers.Count, place + page); i++)
        {
            LayerInfo layer = layers[i];
            Rect line = layout.Row(i);
            bool isSelected = i == selected;
            if (isSelected)
            {
                canvas.Fill(line.Inset(-theme.Px(4), 0), theme.Well, theme.Px(4));
                canvas.Fill(new(line.X - theme.Px(4), line.Y, theme.Px(3), line.Height), isReady ? theme.Accent : theme.Warn);
            }
            float time = Time(layer);
            Rect ms = line.CutRight(digits, out Rect rest);
            if (slowest > 0 && time > 0)
            {
                // A thin bar under the figure compares the layers at a glance.
                float share = MathF.Floor(digits * time / slowest);
                // Shorter than that it would look like a comma.
                if (share >= theme.Px(4)) canvas.Fill(new(ms.Right - share, ms.Bottom - theme.Px(2), share, theme.Px(2)), theme.Series[1]);
            }
            canvas.Text(milliseconds.Count == 0 ? "–" : Figures.Write(text, time, "0.00", " ms"), ms, theme.Body, isSelected ? theme.Text : theme.TextDim, Align.Right);
            Rect left = rest.CutLeft(number, out rest);
            canvas.Text(Figures.Write(text, i + 1, "0"), left, theme.Body, theme.TextFaint, Align.Right);
            rest = rest.CutRight(rest.Width - theme.Px(10), out _);
            if (layer.BeginsStage && (i - place) % rows > 0) canvas.Fill(new(line.X + number + theme.Px(10), line.Y, line.Width - number - theme.Px(10), theme.Hairline), theme.Line);
            ReadOnlySpan<char> shape = Extents(text, layer);
            Rect at = rest.CutRight(MathF.Ceiling(canvas.Font.Measure(shape, theme.Body)) + theme.Px(12), out rest);
            canvas.Text(shape, at with { Width = at.Width - theme.Px(10) }, theme.Body, isSelected ? theme.Text : theme.TextFaint, Align.Right);
            rest = rest with { Width = MathF.Max(0, rest.Width - theme.Px(6)) };
            float title = canvas.Text(layer.Title, rest, theme.Body, isSelected ? theme.Text : theme.TextDim) + theme.Px(10);
            Rect label = rest.CutRight(rest.Width - title, out _);
            if (label.Width >= MathF.Min(theme.Px(64), canvas.Font.Measure(layer.Label, theme.Caption))) canvas.Text(layer.Label, label, theme.Caption, theme.TextFaint, cut: Cut.Middle);
            if (!counts.IsEmpty && i < counts.Length) Health(canvas, theme, line, counts[i]);
        }
        return layout;

        float Time(LayerInfo layer) => layer.Step < milliseconds.Count ? (float)milliseconds[layer.Step] : 0;
    }

    private static void Scroll(Canvas canvas, Theme theme, in LayerListLayout layout)
    {
        float all = (layout.Count + layout.Rows - 1) / layout.Rows;
        canvas.Fill(layout.Bar, theme.Well, layout.Bar.Height / 2);
        float left = layout.Bar.Width * (layout.First / layout.Rows) / all, length = layout.Bar.Width * layout.Columns / all;
        canvas.Fill(new Rect(layout.Bar.X + left, layout.Bar.Y, length, layout.Bar.Height).Snap(), theme.TextFaint, layout.Bar.Height / 2);
    }

    /// <summary>Marks in front of the number: not finite red, saturated yellow, dead gray.</summary>
    private static void Health(Canvas canvas, Theme theme, Rect line, LayerHealth health)
    {
        Color color = health.NotFinite > 0 ? theme.Bad : health.Saturated > 0 ? theme.Warn : theme.TextFaint;
        float dot = theme.Px(6);
        if (!health.IsWell) canvas.Fill(new Rect(line.X + theme.Px(2), line.CenterY - dot / 2, dot, dot).Snap(), color, dot / 2);
    }

    /// <summary>Channels, then what each looks like: 64 × 56 × 56.</summary>
    private static ReadOnlySpan<char> Extents(Span<char> buffer, LayerInfo layer)
    {
        int used = 0;
        for (int i = 1; i < layer.Shape.Rank; i++)
        {
            if (i > 1 && " × ".TryCopyTo(buffer[used..])) used += 3;
            if (!layer.Shape[i].TryFormat(buffer[used..], out int digits)) break;
            used += digits;
        }
        return buffer[..used];
    }
}
