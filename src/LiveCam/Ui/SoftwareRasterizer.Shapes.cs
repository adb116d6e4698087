using System.Numerics;

namespace LiveCam.Ui;

public sealed partial class SoftwareRasterizer
{
    private void Fill(in DrawCommand c)
    {
        if (c.Radius > 0)
        {
            Rounded(c, float.PositiveInfinity);
            return;
        }
        Area(c.Bounds, c.Color, c.Color2, c.Clip);
    }

    private void Border(in DrawCommand c)
    {
        if (c.Radius > 0)
        {
            Rounded(c, c.Stroke);
            return;
        }
        var top = c.Bounds.CutTop(c.Stroke, out var rest);
        var bottom = rest.CutBottom(c.Stroke, out rest);
        var left = rest.CutLeft(c.Stroke, out rest);
        var right = rest.CutRight(c.Stroke, out _);
        Area(top, c.Color, c.Color, c.Clip);
        Area(bottom, c.Color, c.Color, c.Clip);
        Area(left, c.Color, c.Color, c.Clip);
        Area(right, c.Color, c.Color, c.Clip);
    }

    /// <summary>A square-cornered fill: each pixel is covered by the exact area of overlap.</summary>
    private void Area(in Rect r, Color top, Color bottom, Clip clip)
    {
        int y0 = Math.Max((int)MathF.Floor(r.Y), clip.Top), y1 = Math.Min((int)MathF.Ceiling(r.Bottom), clip.Bottom);
        int x0 = (int)MathF.Floor(r.X), x1 = (int)MathF.Ceiling(r.Right), full0 = (int)MathF.Ceiling(r.X), full1 = (int)MathF.Floor(r.Right);
        int left = Math.Max(full0, clip.Left), right = Math.Min(full1, clip.Right);
        for (int y = y0; y < y1; y++)
        {
            float covered = MathF.Min(r.Bottom, y + 1) - MathF.Max(r.Y, y);
            var color = top == bottom ? top : top.Towards(bottom, (y + 0.5f - r.Y) / r.Height);
            var row = Row(y);
            if (right > left) Blend.Constant(row[left..right], color, Alpha(color, covered));
            if (full0 > full1) Edge(row, x0, r.Width);                      // both edges in one pixel
            else
            {
                if (x0 < full0) Edge(row, x0, full0 - r.X);
                if (x1 > full1) Edge(row, full1, r.Right - full1);
            }

            void Edge(Span<uint> pixels, int x, float width)
            {
                if (x >= clip.Left && x < clip.Right) Blend.Constant(pixels.Slice(x, 1), color, Alpha(color, covered * width));
            }
        }
    }

    /// <summary>A rounded fill or, with a finite stroke, a ring: coverage falls from 1 to 0 over one pixel across the edge.</summary>
    private void Rounded(in DrawCommand c, float stroke)
    {
        var r = c.Bounds;
        int y0 = Math.Max((int)MathF.Floor(r.Y), c.Clip.Top), y1 = Math.Min((int)MathF.Ceiling(r.Bottom), c.Clip.Bottom);
        int x0 = (int)MathF.Floor(r.X), x1 = (int)MathF.Ceiling(r.Right);
        float corner = float.IsFinite(stroke) ? MathF.Max(c.Radius, stroke) : c.Radius;
        int cap = Math.Min((int)MathF.Ceiling(corner) + 1, (x1 - x0 + 1) / 2);
        int left = Math.Max(x0 + cap, c.Clip.Left), right = Math.Min(x1 - cap, c.Clip.Right);
        for (int y = y0; y < y1; y++)
        {
            var color = c.Kind == DrawKind.Border || c.Color == c.Color2 ? c.Color : c.Color.Towards(c.Color2, (y + 0.5f - r.Y) / r.Height);
            var row = Row(y);
            if (right > left) Blend.Constant(row[left..right], color, Alpha(color, Covered(r, c.Radius, stroke, r.CenterX, y + 0.5f)));
            for (int x = Math.Max(x0, c.Clip.Left); x < Math.Min(x0 + cap, c.Clip.Right); x++)
                Blend.Constant(row.Slice(x, 1), color, Alpha(color, Covered(r, c.Radius, stroke, x + 0.5f, y + 0.5f)));
            for (int x = Math.Max(Math.Max(x1 - cap, x0 + cap), c.Clip.Left); x < Math.Min(x1, c.Clip.Right); x++)
                Blend.Constant(row.Slice(x, 1), color, Alpha(color, Covered(r, c.Radius, stroke, x + 0.5f, y + 0.5f)));
        }
    }

    private static float Covered(in Rect r, float radius, float stroke, float x, float y)
    {
        float d = Distance(r, radius, x, y);
        return Math.Clamp(0.5f - d, 0, 1) - (float.IsFinite(stroke) ? Math.Clamp(0.5f - d - stroke, 0, 1) : 0);
    }

    private static int Alpha(Color color, float covered) => (int)(color.A * covered + 0.5f);

    /// <summary>Joined segments as one shape: overlaps at the joints are not blended twice.</summary>
    private void Polyline(in DrawCommand c, ReadOnlySpan<Vector2> points)
    {
        var box = c.Clip.Intersect(new((int)MathF.Floor(c.Bounds.X) - 1, (int)MathF.Floor(c.Bounds.Y) - 1, (int)MathF.Ceiling(c.Bounds.Right) + 1, (int)MathF.Ceiling(c.Bounds.Bottom) + 1));
        if (box.IsEmpty) return;
        int width = box.Right - box.Left, height = box.Bottom - box.Top;
        if (coverage.Length < width * height) coverage = new byte[width * height];
        coverage.AsSpan(0, width * height).Clear();
        for (int i = 1; i < points.Length; i++) Segment(points[i - 1], points[i], c.Stroke / 2, box, width);
        for (int y = 0; y < height; y++) Blend.Mask(ref Row(box.Top + y)[box.Left], ref coverage[y * width], width, false, c.Color);
    }

    private void Segment(Vector2 a, Vector2 b, float half, Clip box, int width)
    {
        float reach = half + 1;
        int y0 = Math.Max((int)MathF.Floor(MathF.Min(a.Y, b.Y) - reach), box.Top), y1 = Math.Min((int)MathF.Ceiling(MathF.Max(a.Y, b.Y) + reach), box.Bottom);
        int x0 = Math.Max((int)MathF.Floor(MathF.Min(a.X, b.X) - reach), box.Left), x1 = Math.Min((int)MathF.Ceiling(MathF.Max(a.X, b.X) + reach), box.Right);
        var along = b - a;
        float length = along.LengthSquared(), inverse = length > 0 ? 1 / length : 0;
        for (int y = y0; y < y1; y++)
            for (int x = x0; x < x1; x++)
            {
                var p = new Vector2(x + 0.5f, y + 0.5f) - a;
                float d = (p - along * Math.Clamp(Vector2.Dot(p, along) * inverse, 0, 1)).Length();
                // A line thinner than a pixel is as wide as one and as faint as its area.
                float covered = half >= 0.5f ? Math.Clamp(half + 0.5f - d, 0, 1) : Math.Clamp(1 - d, 0, 1) * 2 * half;
                ref byte at = ref coverage[(y - box.Top) * width + x - box.Left];
                at = Math.Max(at, (byte)(covered * 255 + 0.5f));
            }
    }
}
