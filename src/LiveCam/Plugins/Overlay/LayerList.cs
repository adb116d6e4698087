using LiveCam.Networks;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Overlay;

/// <summary>The layers in columns, top to bottom and left to right: number, name, operation, shape, milliseconds.</summary>
public readonly record struct LayerListLayout(Rect Box, int First, int Rows, int Columns, float RowHeight, float ColumnWidth, float Gutter, int Count)
{
    public int PerPage => Rows * Columns;

    public Rect Row(int layer) => new(Box.X + (layer - First) / Rows * (ColumnWidth + Gutter), Box.Y + (layer - First) % Rows * RowHeight, ColumnWidth, RowHeight);

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
    /// <param name="isReady">Whether the selected layer is the one that is shown already.</param>
    public static LayerListLayout Draw(Canvas canvas, Theme theme, Rect box, IReadOnlyList<LayerInfo> layers, IReadOnlyList<double> milliseconds, int selected, int first, bool isReady)
    {
        float least = theme.LineHeight(theme.Body) + theme.Px(2), gutter = theme.Px(20);
        int rows = (int)(box.Height / least);
        if (rows < 1 || layers.Count == 0) return default;
        int columns = Math.Clamp((int)((box.Width + gutter) / (theme.Px(theme.LargeText ? 380 : 300) + gutter)), 1, Math.Max(1, (layers.Count + rows - 1) / rows));
        float row = MathF.Floor(box.Height / rows), width = MathF.Floor((box.Width - gutter * (columns - 1)) / columns);
        int page = rows * columns, last = Math.Max(0, layers.Count - page);
        // Whole columns move, so that a step to the next layer leaves the list standing.
        int place = first >= 0 ? first : Math.Max(0, selected / rows - columns / 2) * rows;
        place = Math.Clamp(place, 0, (last + rows - 1) / rows * rows);
        var layout = new LayerListLayout(box, place, rows, columns, row, width, gutter, layers.Count);

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
            ReadOnlySpan<char> shape = Extents(text, layer);
            Rect at = rest.CutRight(MathF.Ceiling(canvas.Font.Measure(shape, theme.Body)) + theme.Px(12), out rest);
            canvas.Text(shape, at with { Width = at.Width - theme.Px(10) }, theme.Body, isSelected ? theme.Text : theme.TextFaint, Align.Right);
            canvas.Text(layer.Name, rest with { Width = rest.Width - theme.Px(6) }, theme.Body, isSelected ? theme.Text : theme.TextDim);
        }
        return layout;

        float Time(LayerInfo layer) => layer.Step < milliseconds.Count ? (float)milliseconds[layer.Step] : 0;
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
