namespace LiveCam.Ui.Widgets;

/// <summary>A track with a handle.</summary>
/// <param name="Track">From the least to the greatest value.</param>
public readonly record struct Slider(Rect Track, float Low, float High)
{
    /// <summary>The value under a pointer, wherever above or below the track it is; beyond the ends their values.</summary>
    public float At(float x) => Low + (High - Low) * Math.Clamp((x - Track.X) / Track.Width, 0, 1);

    /// <summary>Draws the track in the middle of the box and what lies between zero (or the low end) and the value filled.</summary>
    /// <param name="thick">Of the track, in pixels; 0 for the theme's.</param>
    public static Slider Draw(Canvas canvas, Theme theme, Rect box, float value, float low, float high, float thick = 0)
    {
        if (thick == 0) thick = theme.Px(4);
        float over = theme.Px(2), handle = theme.Px(3);
        var track = new Rect(box.X, MathF.Floor(box.CenterY - thick / 2), box.Width, thick);
        float from = Place(Math.Clamp(0, low, high)), to = Place(value);
        canvas.Fill(track, theme.Line, thick / 2);
        canvas.Fill(Rect.FromEdges(MathF.Min(from, to), track.Y, MathF.Max(from, to), track.Bottom), value < 0 ? theme.Series[0] : theme.Series[1]);
        canvas.Fill(new(MathF.Floor(to - handle / 2), track.Y - over, handle, thick + 2 * over), theme.Text, theme.Px(1));
        return new(track, low, high);

        float Place(float number) => track.X + track.Width * Math.Clamp((number - low) / (high - low), 0, 1);
    }
}
