using System.Numerics;

namespace LiveCam.Ui.GlDisplay;

internal sealed partial class ShapeList
{
    /// <summary>A line is drawn in upright strips, each of which looks only at the segments that may reach into it.</summary>
    private const int StripWidth = 16;

    private record struct Strip(int First, int Last, float Top, float Bottom);

    private Strip[] strips = new Strip[128];

    /// <summary>
    /// One instance per strip, over the segments between the first and the last that reach it: few for a plot, all at worst. Every pixel
    /// belongs to one strip and takes its largest coverage, so joints are not blended twice.
    /// </summary>
    private void Line(in DrawCommand c, ReadOnlySpan<Vector2> points)
    {
        float reach = MathF.Max(c.Stroke / 2, 0.5f) + 1;
        int left = Math.Max((int)MathF.Floor(c.Bounds.X) - 1, c.Clip.Left), right = Math.Min((int)MathF.Ceiling(c.Bounds.Right) + 1, c.Clip.Right);
        int count = (right - left + StripWidth - 1) / StripWidth;
        if (count <= 0) return;
        if (strips.Length < count) Array.Resize(ref strips, count);
        strips.AsSpan(0, count).Fill(new(-1, -1, float.MaxValue, float.MinValue));
        for (int i = 1; i < points.Length; i++)
        {
            Vector2 low = Vector2.Min(points[i - 1], points[i]) - new Vector2(reach), high = Vector2.Max(points[i - 1], points[i]) + new Vector2(reach);
            int first = Math.Max((int)MathF.Floor((low.X - left) / StripWidth), 0), last = Math.Min((int)MathF.Floor((high.X - left) / StripWidth), count - 1);
            for (int s = first; s <= last; s++)
            {
                ref var strip = ref strips[s];
                strip = new(strip.First < 0 ? i : strip.First, i, MathF.Min(strip.Top, low.Y), MathF.Max(strip.Bottom, high.Y));
            }
        }
        for (int s = 0; s < count; s++)
        {
            var strip = strips[s];
            if (strip.First < 0) continue;
            int x = left + s * StripWidth;
            var box = Rect.FromEdges(x, MathF.Floor(strip.Top), Math.Min(x + StripWidth, right), MathF.Ceiling(strip.Bottom));
            Add(new(ShapeKind.Line, box, c.Clip, c.Color.Packed, 0)
            {
                Stroke = c.Stroke, SourceX = c.First + strip.First - 1, SourceY = strip.Last - strip.First + 1,
            }, ShapePart.Lines);
        }
    }
}
