using LiveCam.Engine.Vision;
using LiveCam.Ui.Fonts;

namespace LiveCam.Ui.GlDisplay;

/// <summary>The draw list of one frame as instances in the order of the commands, and the batches in which they are drawn.</summary>
internal sealed partial class ShapeList(GlyphTexture glyphs, PictureTextures pictures)
{
    private GlShape[] shapes = new GlShape[4096];
    private GlBatch[] batches = new GlBatch[32];
    private int shapeCount, batchCount;

    public ReadOnlySpan<GlShape> Shapes => shapes.AsSpan(0, shapeCount);
    public ReadOnlySpan<GlBatch> Batches => batches.AsSpan(0, batchCount);

    /// <summary>Replaces the list; uploads glyphs and pictures that are not on the device yet.</summary>
    public void Build(Canvas canvas)
    {
        shapeCount = batchCount = 0;
        glyphs.Begin();
        var all = new Clip(0, 0, canvas.Width, canvas.Height);
        Add(new(ShapeKind.Area, canvas.Bounds, all, canvas.Background.Packed, canvas.Background.Packed));
        foreach (ref readonly var c in canvas.Commands)
        {
            switch (c.Kind)
            {
                case DrawKind.Fill: Box(c, c.Radius > 0 ? ShapeKind.Rounded : ShapeKind.Area, c.Bounds, c.Color2); break;
                case DrawKind.Border: Border(c); break;
                case DrawKind.Text: Text(c, canvas.Glyphs.Slice(c.First, c.Count)); break;
                case DrawKind.Image: Image(c); break;
                case DrawKind.Polyline: Line(c, canvas.Points.Slice(c.First, c.Count)); break;
            }
        }
    }

    private void Box(in DrawCommand c, ShapeKind kind, Rect box, Color bottom)
    {
        if (!box.IsEmpty) Add(new(kind, box, c.Clip, c.Color.Packed, bottom.Packed) { Radius = c.Radius, Stroke = c.Stroke });
    }

    private void Border(in DrawCommand c)
    {
        if (c.Radius > 0)
        {
            Box(c, ShapeKind.Ring, c.Bounds, c.Color);
            return;
        }
        Box(c, ShapeKind.Area, c.Bounds.CutTop(c.Stroke, out var rest), c.Color);
        Box(c, ShapeKind.Area, rest.CutBottom(c.Stroke, out rest), c.Color);
        Box(c, ShapeKind.Area, rest.CutLeft(c.Stroke, out rest), c.Color);
        Box(c, ShapeKind.Area, rest.CutRight(c.Stroke, out _), c.Color);
    }

    private void Text(in DrawCommand c, ReadOnlySpan<PlacedGlyph> run)
    {
        foreach (var g in run)
        {
            GlyphImage image = c.Strike!.Image(g.Place);
            var (left, top) = glyphs.Corner(image);
            Add(new(ShapeKind.Glyph, new(g.X + image.Left, g.Y - image.Top, image.Width, image.Height), c.Clip, c.Color.Packed, 0)
            {
                SourceX = left, SourceY = top,
            });
        }
    }

    private void Image(in DrawCommand c)
    {
        uint texture = c.Picture is null ? c.GlImage!.Texture : pictures.Of(c.Picture);
        var flags = (c.Smooth ? ShapeFlags.Smooth : 0) | (c.Mirror ? ShapeFlags.Mirror : 0);
        if (c.Picture is not null && pictures.IsBgrBytes(c.Picture)) flags |= ShapeFlags.BgrBytes;
        if ((c.Picture?.Format ?? c.GlImage!.Format) == PixelFormat.Gray8) flags |= c.Map is null ? ShapeFlags.Gray : ShapeFlags.Mapped;
        var shape = new GlShape(ShapeKind.Image, c.Bounds, c.Clip, c.Color.Packed, 0)
        {
            Radius = c.Radius,
            SourceX = c.Source.Left, SourceY = c.Source.Top, SourceWidth = c.Source.Right - c.Source.Left, SourceHeight = c.Source.Bottom - c.Source.Top,
        };
        shape.Flags |= (uint)flags | (uint)RowOf(c.Map) << GlShape.MapShift;
        Add(shape, ShapePart.Pictures, texture);
    }

    /// <summary>Maps lie in the order in which they are offered.</summary>
    private static int RowOf(ColorMap? map)
    {
        for (int i = 0; i < ColorMap.All.Count; i++)
            if (ReferenceEquals(ColorMap.All[i], map)) return i;
        return 0;
    }

    private void Add(in GlShape shape, ShapePart part = ShapePart.Boxes, uint texture = 0)
    {
        if (batchCount == 0 || batches[batchCount - 1].Part != part || batches[batchCount - 1].Texture != texture)
        {
            if (batchCount == batches.Length) Array.Resize(ref batches, batchCount * 2);
            batches[batchCount++] = new(part, texture, shapeCount, 0);
        }
        batches[batchCount - 1].Count++;
        if (shapeCount == shapes.Length) Array.Resize(ref shapes, shapeCount * 2);
        shapes[shapeCount++] = shape;
    }
}
