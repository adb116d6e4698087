namespace LiveCam.Ui.Widgets;

/// <summary>A rounded track filled from the left.</summary>
public static class Meter
{
    /// <param name="value">0..1; narrower than the round ends it is cut straight.</param>
    /// <param name="mark">Another share, as a line across the track; below 0 for none.</param>
    public static void Draw(Canvas canvas, Theme theme, Rect track, float value, Color color, float mark = -1)
    {
        canvas.Fill(track, theme.Well, track.Height / 2);
        float width = track.Width * Math.Clamp(value, 0, 1);
        if (width >= 0.5f)
        {
            canvas.PushClip(track with { Width = MathF.Max(width, 1) });
            canvas.Fill(track with { Width = MathF.Max(width, track.Height) }, color, track.Height / 2);
            canvas.PopClip();
        }
        if (mark < 0) return;
        float line = MathF.Max(theme.Px(2), 1), over = MathF.Floor(track.Height * 0.25f);
        float x = MathF.Floor(track.X + (track.Width - line) * Math.Clamp(mark, 0, 1));
        canvas.Fill(new(x, track.Y - over, line, track.Height + 2 * over), theme.Text);
    }
}
