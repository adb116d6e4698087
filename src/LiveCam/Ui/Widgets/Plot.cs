using System.Numerics;

namespace LiveCam.Ui.Widgets;

/// <summary>A line over the newest values, oldest on the left, with rules at the low, middle and high value.</summary>
public static class Plot
{
    private const int MaxPoints = 512;

    /// <param name="values">Oldest first; only the newest 512 are drawn.</param>
    /// <param name="capacity">How many values fill the width: a shorter series starts at the right edge.</param>
    public static void Draw(Canvas canvas, Theme theme, Rect box, ReadOnlySpan<float> values, int capacity, float low, float high, Color color)
    {
        for (int i = 0; i < 3; i++)
            canvas.Fill(new(box.X, MathF.Floor(box.Y + (box.Height - theme.Hairline) * i / 2), box.Width, theme.Hairline), theme.Line.Fade(theme.HighContrast ? 0.5f : 1));
        capacity = Math.Clamp(capacity, 2, MaxPoints);
        values = values[Math.Max(0, values.Length - capacity)..];
        Span<Vector2> line = stackalloc Vector2[MaxPoints];
        float step = box.Width / (capacity - 1), first = box.Right - step * (values.Length - 1);
        for (int i = 0; i < values.Length; i++)
            line[i] = new(first + i * step, box.Bottom - box.Height * Math.Clamp((values[i] - low) / (high - low), 0, 1));
        canvas.PushClip(box.Inset(-theme.Px(2)));
        canvas.Polyline(line[..values.Length], color, theme.Px(2));
        canvas.PopClip();
    }
}
