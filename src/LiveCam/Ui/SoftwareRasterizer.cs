using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Ui.Fonts;

namespace LiveCam.Ui;

/// <summary>
/// Draws a <see cref="Canvas"/> into a picture on one core. The same list gives the same bytes on every machine. Buffers are kept:
/// once a frame of the same shape was drawn, drawing allocates nothing. For one thread.
/// </summary>
public sealed partial class SoftwareRasterizer
{
    private readonly Resampler resampler = new();
    private uint[] line = new uint[2048];
    private byte[] coverage = new byte[4096];
    private Picture target = null!;

    /// <summary>Clears <paramref name="target"/> to the canvas' background and draws all commands.</summary>
    /// <exception cref="LiveCamException">The picture is not Rgba8 or not of the canvas' size.</exception>
    public void Render(Canvas canvas, Picture target)
    {
        if (target.Format != PixelFormat.Rgba8 || target.Width != canvas.Width || target.Height != canvas.Height)
            throw new LiveCamException($"A frame of {canvas.Width}x{canvas.Height} pixels cannot be drawn into a {target.Format} picture of {target.Width}x{target.Height}: pass an Rgba8 picture of the frame's size.");
        this.target = target;
        if (line.Length < target.Width + 8) line = new uint[target.Width + 8];
        MemoryMarshal.Cast<byte, uint>(target.Bytes.AsSpan()).Fill(canvas.Background.Packed);
        foreach (ref readonly var c in canvas.Commands)
        {
            switch (c.Kind)
            {
                case DrawKind.Fill: Fill(c); break;
                case DrawKind.Border: Border(c); break;
                case DrawKind.Text: Text(c, canvas.Glyphs.Slice(c.First, c.Count)); break;
                case DrawKind.Image: Image(c); break;
                case DrawKind.Polyline: Polyline(c, canvas.Points.Slice(c.First, c.Count)); break;
            }
        }
    }

    private Span<uint> Row(int y) => MemoryMarshal.Cast<byte, uint>(target.Bytes.AsSpan(y * target.RowBytes, target.RowBytes));

    private void Text(in DrawCommand c, ReadOnlySpan<PlacedGlyph> run)
    {
        foreach (var g in run)
        {
            GlyphImage image = c.Strike!.Image(g.Place);
            int x = g.X + image.Left, y = g.Y - image.Top;
            int left = Math.Max(x, c.Clip.Left), right = Math.Min(x + image.Width, c.Clip.Right);
            int top = Math.Max(y, c.Clip.Top), bottom = Math.Min(y + image.Height, c.Clip.Bottom);
            if (left >= right) continue;
            // An uncut glyph may touch the row up to the next eight pixels: its coverage there is zero.
            bool padded = right - left == image.Width && left + image.Stride <= target.Width;
            for (int row = top; row < bottom; row++)
                Blend.Mask(ref Row(row)[left], ref image.Coverage[(row - y) * image.Stride + left - x], right - left, padded, c.Color);
        }
    }

    private void Image(in DrawCommand c)
    {
        int x0 = (int)c.Bounds.X, y0 = (int)c.Bounds.Y;
        var box = c.Clip.Intersect(Clip.Of(c.Bounds));
        if (box.IsEmpty) return;
        var picture = c.Picture ?? c.GlImage!.Read();
        resampler.Begin(c, picture, (int)c.Bounds.Width, (int)c.Bounds.Height);
        bool opaque = c.Color.A == 255 && picture.Format != PixelFormat.Rgba8 && c.Map is null;
        int corner = (int)MathF.Ceiling(c.Radius);
        for (int y = box.Top; y < box.Bottom; y++)
        {
            var row = Row(y)[box.Left..box.Right];
            bool rounded = y - y0 < corner || y0 + (int)c.Bounds.Height - 1 - y < corner;
            if (opaque && !rounded)
            {
                resampler.Row(y - y0, box.Left - x0, row);
                continue;
            }
            var pixels = line.AsSpan(0, row.Length);
            resampler.Row(y - y0, box.Left - x0, pixels);
            if (rounded)
            {
                Round(c, pixels, box.Left, y, box.Left, Math.Min(x0 + corner, box.Right));
                Round(c, pixels, box.Left, y, Math.Max(x0 + (int)c.Bounds.Width - corner, box.Left), box.Right);
            }
            Blend.Pixels(row, pixels, c.Color.A);
        }
    }

    /// <summary>Multiplies alpha by the coverage of the rounded rectangle for columns <paramref name="from"/>..<paramref name="to"/>.</summary>
    private static void Round(in DrawCommand c, Span<uint> pixels, int origin, int y, int from, int to)
    {
        for (int x = from; x < to; x++)
        {
            float covered = Math.Clamp(0.5f - Distance(c.Bounds, c.Radius, x + 0.5f, y + 0.5f), 0, 1);
            ref uint p = ref pixels[x - origin];
            p = p & 0x00FFFFFF | (uint)((p >> 24) * covered + 0.5f) << 24;
        }
    }

    /// <summary>Signed distance in pixels from the edge of a rounded rectangle, negative inside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Distance(in Rect r, float radius, float x, float y)
    {
        float qx = MathF.Abs(x - r.CenterX) - r.Width / 2 + radius, qy = MathF.Abs(y - r.CenterY) - r.Height / 2 + radius;
        float inside = MathF.Min(MathF.Max(qx, qy), 0);
        return qx > 0 && qy > 0 ? MathF.Sqrt(qx * qx + qy * qy) - radius : MathF.Max(qx, qy) > 0 ? MathF.Max(qx, qy) - radius : inside - radius;
    }
}
