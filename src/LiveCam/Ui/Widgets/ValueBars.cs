namespace LiveCam.Ui.Widgets;

/// <summary>A number with its name.</summary>
public readonly record struct ValueBar(string Name, float Value);

/// <summary>The numbers of a layer that is no picture: named bars where they have room, else a bar graph of all.</summary>
public static class ValueBars
{
    /// <summary>Draws them in order and returns the layout for hit tests.</summary>
    /// <param name="selected">The one that stands out, or -1.</param>
    public static TileLayout Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<ValueBar> bars, int selected)
    {
        if (bars.IsEmpty || box.IsEmpty) return default;
        float low = 0, high = 0, row = theme.LineHeight(theme.Caption) + theme.Px(2);
        foreach (ref readonly ValueBar bar in bars)
            if (float.IsFinite(bar.Value)) (low, high) = (MathF.Min(low, bar.Value), MathF.Max(high, bar.Value));
        int rows = Math.Max(1, (int)(box.Height / row)), columns = (bars.Length + rows - 1) / rows;
        return columns <= MathF.Max(1, MathF.Floor(box.Width / theme.Px(140))) ? Rows(canvas, theme, box, bars, selected, low, high, columns, row) : Graph(canvas, theme, box, bars, selected, low, high);
    }

    private static TileLayout Rows(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<ValueBar> bars, int selected, float low, float high, int columns, float least)
    {
        int rows = (bars.Length + columns - 1) / columns;
        float gap = theme.Px(12), width = MathF.Floor((box.Width - gap * (columns - 1)) / columns), height = MathF.Floor(MathF.Min(box.Height / rows, least * 1.5f));
        var layout = new TileLayout(new(box.X, box.Y, columns * (width + gap) - gap, rows * height), columns, rows, width, height, gap, bars.Length);
        Span<char> text = stackalloc char[24];
        float digits = MathF.Ceiling(canvas.Font.Measure("-000.00", theme.Caption)), name = MathF.Floor(width * 0.45f);
        for (int i = 0; i < bars.Length; i++)
        {
            var line = new Rect(box.X + i % columns * (width + gap), box.Y + i / columns * height, width, height);
            if (i == selected) canvas.Fill(line.Inset(-theme.Px(2), 0), theme.Well, theme.Px(3));
            Color color = i == selected ? theme.Text : theme.TextDim;
            canvas.Text(bars[i].Name, line.CutLeft(name, out Rect rest) with { Width = name - theme.Px(6) }, theme.Caption, color, cut: Cut.Middle);
            Rect figure = rest.CutRight(digits, out rest);
            Bar(canvas, theme, rest with { Width = rest.Width - theme.Px(6), Y = MathF.Floor(line.CenterY - theme.Px(3)), Height = theme.Px(6) }, bars[i].Value, low, high);
            canvas.Text(Figures.Write(text, bars[i].Value, "0.00"), figure, theme.Caption, color, Align.Right);
        }
        return layout with { Gap = 0, TileWidth = width + gap, Area = layout.Area with { Width = columns * (width + gap) } };
    }

    /// <summary>From zero to the value, on a track as wide as all values.</summary>
    private static void Bar(Canvas canvas, Theme theme, Rect track, float value, float low, float high)
    {
        canvas.Fill(track, theme.Well, track.Height / 2);
        float scale = track.Width / MathF.Max(high - low, 1e-9f), zero = track.X - low * scale;
        if (!float.IsFinite(value)) canvas.Fill(track, theme.Bad, track.Height / 2);
        else if (value != 0) canvas.Fill(Rect.FromEdges(MathF.Min(zero, zero + value * scale), track.Y, MathF.Max(zero, zero + value * scale), track.Bottom), value < 0 ? theme.Series[1] : theme.Accent, theme.Px(1));
    }

    private static TileLayout Graph(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<ValueBar> bars, int selected, float low, float high)
    {
        Rect foot = box.CutBottom(theme.LineHeight(theme.Body), out Rect area);
        area = area with { Height = area.Height - theme.Px(4) };
        float width = area.Width / bars.Length, scale = area.Height / MathF.Max(high - low, 1e-9f), zero = area.Bottom + low * scale;
        canvas.Fill(new(area.X, MathF.Floor(zero), area.Width, theme.Hairline), theme.Line);
        for (int i = 0; i < bars.Length; i++)
        {
            float x = area.X + i * width, value = bars[i].Value;
            if (i == selected) canvas.Fill(new Rect(x, area.Y, MathF.Max(width, theme.Px(1)), area.Height), theme.Well);
            if (!float.IsFinite(value)) canvas.Fill(new(x, area.Y, width, area.Height), theme.Bad);
            else canvas.Fill(Rect.FromEdges(x, MathF.Min(zero, zero - value * scale), x + width * 0.9f, MathF.Max(zero, zero - value * scale)), i == selected ? theme.Text : value < 0 ? theme.Series[1] : theme.Accent);
        }
        Span<char> text = stackalloc char[64];
        if (selected >= 0 && selected < bars.Length)
        {
            float name = canvas.Text(bars[selected].Name, foot with { Width = foot.Width * 0.6f }, theme.Body, theme.Text, cut: Cut.Middle) + theme.Px(8);
            canvas.Text(Figures.Write(text, bars[selected].Value, "0.0000"), foot.CutRight(foot.Width - name, out _), theme.Body, theme.Accent);
        }
        int used = Figures.Write(text, low, "0.##", " to ").Length;
        used += Figures.Write(text[used..], high, "0.##").Length;
        canvas.Text(text[..used], foot, theme.Caption, theme.TextFaint, Align.Right);
        return new(area, bars.Length, 1, width, area.Height, 0, bars.Length);
    }
}
