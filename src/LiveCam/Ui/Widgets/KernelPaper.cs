namespace LiveCam.Ui.Widgets;

/// <summary>A 3x3 convolution at one pixel as the lectures write it: the window of numbers, the kernel, the nine products and their sum.</summary>
public readonly record struct KernelPaper(Rect Kernel, float Cell, float CellHeight)
{
    /// <summary>The kernel's number under a point, 0..8 row by row, or -1.</summary>
    public int At(float x, float y) => Kernel.Contains(x, y) && Cell > 0 ? Math.Min(2, (int)((y - Kernel.Y) / CellHeight)) * 3 + Math.Min(2, (int)((x - Kernel.X) / Cell)) : -1;

    /// <param name="window">Nine values of the picture, row by row; what lies beyond its edge is 0.</param>
    /// <param name="kernel">Nine numbers.</param>
    /// <param name="chosen">The number keys change.</param>
    /// <param name="range">The number at which a slider is full.</param>
    public static KernelPaper Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<float> window, ReadOnlySpan<float> kernel, int chosen, float range)
    {
        float caption = theme.LineHeight(theme.Caption), sumLine = theme.LineHeight(theme.Body), result = theme.LineHeight(theme.Headline);
        float symbol = theme.Px(26), cell = MathF.Floor((box.Width - symbol) / 6);
        float room = box.Height - caption - 3 * sumLine - result - theme.Px(14);
        float height = MathF.Floor(MathF.Min(MathF.Max(room / 3, theme.Px(12)), cell * 0.8f));
        var heads = box.CutTop(caption, out var rest);
        canvas.Text("picture, 0 to 1", heads with { Width = cell * 3 }, theme.Caption, theme.TextFaint);
        var left = new Rect(box.X, rest.Y + theme.Px(3), cell * 3, height * 3);
        var right = left with { X = box.X + cell * 3 + symbol };
        canvas.Text("kernel", heads with { X = right.X, Width = cell * 3 }, theme.Caption, theme.TextFaint);
        canvas.Text("×", new Rect(left.Right, left.Y, symbol, left.Height), theme.Headline, theme.TextDim, Align.Center);
        Span<char> text = stackalloc char[64];
        var figure = theme.Row with { Size = MathF.Min(theme.Row.Size, height * 0.5f) };
        for (int i = 0; i < 9; i++)
        {
            var at = new Rect(left.X + i % 3 * cell, left.Y + i / 3 * height, cell, height).Inset(theme.Hairline);
            float share = Math.Clamp(window[i], 0, 1);
            byte grey = (byte)(share * 255 + 0.5f);
            canvas.Fill(at, new Color(grey, grey, grey), theme.Px(3));
            canvas.Text(Figures.Write(text, window[i], "0.00"), at, figure, share > 0.5f ? Color.Hex(0x0A0D12) : Color.Hex(0xF3F6FA), Align.Center);

            at = at with { X = right.X + i % 3 * cell + theme.Hairline };
            canvas.Fill(at, theme.Well, theme.Px(3));
            Slider.Draw(canvas, theme, at.Inset(theme.Px(6), 0) with { Y = at.Bottom - theme.Px(9), Height = theme.Px(8) }, kernel[i], -range, range);
            if (i == chosen) canvas.Border(at, theme.Accent, theme.Px(2), theme.Px(3));
            canvas.Text(Figures.Write(text, kernel[i], "0.##"), at with { Height = at.Height - theme.Px(5) }, figure with { Weight = FontWeight.SemiBold }, theme.Text, Align.Center);
        }
        rest = box with { Y = left.Bottom + theme.Px(8), Height = box.Bottom - left.Bottom - theme.Px(8) };
        Sum(canvas, theme, rest, window, kernel, sumLine, result);
        return new(right, cell, height);
    }

    private static void Sum(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<float> window, ReadOnlySpan<float> kernel, float line, float result)
    {
        Span<char> text = stackalloc char[96];
        double sum = 0;
        bool room = box.Height >= 3 * line + result * 0.8f;
        for (int row = 0; row < 3; row++)
        {
            int used = 0;
            for (int i = row * 3; i < row * 3 + 3; i++)
            {
                sum += (double)window[i] * kernel[i];
                used += Figures.Write(text[used..], window[i], "0.00", i == 0 ? " × " : " × ").Length;
                used += Figures.Write(text[used..], kernel[i], kernel[i] < 0 ? "(0.##);(-0.##)" : "0.##", i < 8 ? "  +  " : "").Length;
            }
            if (room) canvas.Text(text[..used], box.CutTop(line, out box), theme.Body, theme.TextDim);
        }
        var total = box.CutTop(MathF.Min(result, box.Height), out _);
        float width = canvas.Text("= ", total, theme.Headline with { Size = MathF.Min(theme.Headline.Size, total.Height * 0.85f) }, theme.TextDim);
        canvas.Text(Figures.Write(text, sum, "0.000"), total with { X = total.X + width + theme.Px(4), Width = total.Width - width }, theme.Headline with { Size = MathF.Min(theme.Headline.Size, total.Height * 0.85f) }, theme.Accent);
    }
}
