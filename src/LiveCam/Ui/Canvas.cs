using System.Numerics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;

namespace LiveCam.Ui;

/// <summary>Where text stands inside its box.</summary>
public enum Align : byte { Left, Center, Right }

/// <summary>
/// The draw list of one frame, in frame pixels, y down, painted in the order of the calls. <see cref="Begin"/> empties it and keeps
/// its buffers, which grow to the largest frame seen: after that recording allocates nothing. Pictures are kept by reference until
/// the next <see cref="Begin"/> and must not change before the frame is drawn. For one thread.
/// </summary>
public sealed partial class Canvas
{
    private const int MaxClipDepth = 32;
    private readonly Clip[] clips = new Clip[MaxClipDepth];
    private DrawCommand[] commands = new DrawCommand[256];
    private PlacedGlyph[] glyphs = new PlacedGlyph[2048];
    private Vector2[] points = new Vector2[1024];
    private int commandCount, glyphCount, pointCount, clipDepth;

    public Font Font { get; }
    public int Width { get; private set; }
    public int Height { get; private set; }
    /// <summary>What the frame is cleared to; always opaque.</summary>
    public Color Background { get; private set; }
    /// <summary>Whether what is drawn now is only for who looks now, and not for pictures that are kept.</summary>
    public bool IsPassing { get; set; }
    public Rect Bounds => new(0, 0, Width, Height);

    public ReadOnlySpan<DrawCommand> Commands => commands.AsSpan(0, commandCount);
    public ReadOnlySpan<PlacedGlyph> Glyphs => glyphs.AsSpan(0, glyphCount);
    public ReadOnlySpan<Vector2> Points => points.AsSpan(0, pointCount);

    public Canvas(Font? font = null)
    {
        Font = font ?? Font.Inter;
        Begin(1, 1, Color.Black);
    }

    /// <summary>Starts a new frame of the given size in pixels.</summary>
    public void Begin(int width, int height, Color background)
    {
        if (width is < 1 or > Picture.MaxSide || height is < 1 or > Picture.MaxSide)
            throw new LiveCamException($"A frame of {width}x{height} pixels cannot be drawn: each side has to be 1 to {Picture.MaxSide}.");
        Array.Clear(commands, 0, commandCount);
        (Width, Height, Background) = (width, height, background with { A = 255 });
        commandCount = glyphCount = pointCount = clipDepth = 0;
        clips[0] = new(0, 0, width, height);
    }

    /// <summary>Restricts what follows to the pixels whose centres lie in <paramref name="rect"/>, until the matching <see cref="PopClip"/>.</summary>
    public void PushClip(Rect rect)
    {
        if (clipDepth + 1 == MaxClipDepth) throw new InvalidOperationException($"More than {MaxClipDepth - 1} clips are open.");
        clips[clipDepth + 1] = clips[clipDepth].Intersect(Clip.Of(rect));
        clipDepth++;
    }

    public void PopClip()
    {
        if (clipDepth == 0) throw new InvalidOperationException("PopClip without PushClip.");
        clipDepth--;
    }

    /// <summary>Fills a rectangle; fractional edges cover their pixels in part.</summary>
    public void Fill(Rect rect, Color color, float radius = 0) => Fill(rect, color, color, radius);

    /// <summary>Fills a rectangle with a gradient from the top edge to the bottom edge.</summary>
    public void Fill(Rect rect, Color top, Color bottom, float radius = 0)
    {
        if ((top.A | bottom.A) == 0 || !Visible(rect)) return;
        ref var c = ref Add(DrawKind.Fill, rect, top, radius);
        c.Color2 = bottom;
    }

    /// <summary>Draws a frame inside <paramref name="rect"/>, <paramref name="stroke"/> pixels thick. Whole-pixel rectangles give crisp lines.</summary>
    public void Border(Rect rect, Color color, float stroke = 1, float radius = 0)
    {
        if (color.A == 0 || stroke <= 0 || !Visible(rect)) return;
        Add(DrawKind.Border, rect, color, radius).Stroke = Math.Min(stroke, Math.Min(rect.Width, rect.Height) / 2);
    }

    /// <summary>Draws a picture scaled into <paramref name="target"/>, whose edges move to whole pixels.</summary>
    /// <param name="source">The pixels to draw, all by default.</param>
    /// <param name="mirror">Left and right swapped, as in a mirror.</param>
    /// <param name="smooth">Area average downwards and bilinear upwards; otherwise the nearest pixel.</param>
    /// <param name="map">Colours for a Gray8 picture, applied after scaling.</param>
    public void Image(Picture picture, Rect target, Clip? source = null, bool mirror = false, bool smooth = true, float opacity = 1, float radius = 0, ColorMap? map = null) =>
        Image(picture, null, new(0, 0, picture.Width, picture.Height), target, source, mirror, smooth, opacity, radius, map);

    /// <summary>Draws a picture that lies in a texture; the rest as for a picture in memory.</summary>
    public void Image(GlImage image, Rect target, Clip? source = null, bool mirror = false, bool smooth = true, float opacity = 1, float radius = 0, ColorMap? map = null) =>
        Image(null, image, new(0, 0, image.Width, image.Height), target, source, mirror, smooth, opacity, radius, map);

    private void Image(Picture? picture, GlImage? image, Clip all, Rect target, Clip? source, bool mirror, bool smooth, float opacity, float radius, ColorMap? map)
    {
        target = target.Snap();
        var from = (source ?? all).Intersect(all);
        if (from.IsEmpty || opacity <= 0 || !Visible(target)) return;
        ref var c = ref Add(DrawKind.Image, target, Color.White.Fade(opacity), radius);
        (c.Picture, c.GlImage, c.Source, c.Mirror, c.Smooth, c.Map) = (picture, image, from, mirror, smooth, map);
    }

    /// <summary>Draws joined lines with round ends.</summary>
    public void Polyline(ReadOnlySpan<Vector2> line, Color color, float stroke = 1)
    {
        if (line.Length < 2 || color.A == 0 || stroke <= 0) return;
        Vector2 low = line[0], high = low;
        foreach (var p in line) (low, high) = (Vector2.Min(low, p), Vector2.Max(high, p));
        var bounds = Rect.FromEdges(low.X - stroke, low.Y - stroke, high.X + stroke, high.Y + stroke);
        if (!Visible(bounds)) return;
        if (pointCount + line.Length > points.Length) Array.Resize(ref points, Math.Max(points.Length * 2, pointCount + line.Length));
        line.CopyTo(points.AsSpan(pointCount));
        ref var c = ref Add(DrawKind.Polyline, bounds, color, 0);
        (c.First, c.Count, c.Stroke) = (pointCount, line.Length, stroke);
        pointCount += line.Length;
    }

    private ref DrawCommand Add(DrawKind kind, Rect bounds, Color color, float radius)
    {
        if (commandCount == commands.Length) Array.Resize(ref commands, commands.Length * 2);
        ref var c = ref commands[commandCount++];
        (c.Kind, c.Bounds, c.Color, c.Clip, c.IsPassing) = (kind, bounds, color, clips[clipDepth], IsPassing);
        c.Radius = Math.Clamp(radius, 0, Math.Max(0, Math.Min(bounds.Width, bounds.Height) / 2));
        return ref c;
    }

    private bool Visible(Rect rect)
    {
        var clip = clips[clipDepth];
        return !clip.IsEmpty && rect.Overlaps(Rect.FromEdges(clip.Left, clip.Top, clip.Right, clip.Bottom));
    }

    private static int Row(float y) => (int)MathF.Floor(y + 0.5f);
}
