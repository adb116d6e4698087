namespace LiveCam.Ui.Widgets;

/// <summary>A rounded track filled from the left.</summary>
public static class Meter
{
    /// <param name="value">0..1; narrower than the round ends it is cut straight.</param>
    public static void Draw(Canvas canvas, Theme theme, Rect track, float value, Color color)
    {
        canvas.Fill(track, theme.Well, track.Height / 2);
        float width = track.Width * Math.Clamp(value, 0, 1);
        if (width < 0.5f) return;
        canvas.PushClip(track with { Width = MathF.Max(width, 1) });
        canvas.Fill(track with { Width = MathF.Max(width, track.Height) }, color, track.Height / 2);
        canvas.PopClip();
    }
}
