using LiveCam.Engine.Vision;

namespace LiveCam.Ui;

/// <summary>What a <see cref="DrawCommand"/> draws.</summary>
public enum DrawKind : byte
{
    /// <summary>A filled rectangle: Bounds, Radius, Color at the top to Color2 at the bottom.</summary>
    Fill,
    /// <summary>A frame inside Bounds of thickness Stroke: Radius, Color.</summary>
    Border,
    /// <summary>Glyphs First..First+Count of the canvas in Strike: Color.</summary>
    Text,
    /// <summary>Source pixels of Picture or, where that is null, of GlImage into Bounds (whole pixels): Radius, Smooth, Mirror, Map, and Color.A as opacity.</summary>
    Image,
    /// <summary>Joined lines through points First..First+Count of the canvas, Stroke thick: Color.</summary>
    Polyline,
}

/// <summary>One entry of the draw list; which fields mean something is said at its <see cref="DrawKind"/>.</summary>
public struct DrawCommand
{
    public DrawKind Kind;
    public bool Smooth;
    public bool Mirror;
    /// <summary>Whether it is only for who looks now: it goes into no copy of the list.</summary>
    public bool IsPassing;
    public Clip Clip;
    public Clip Source;
    public Rect Bounds;
    public Color Color;
    public Color Color2;
    public float Radius;
    public float Stroke;
    public int First;
    public int Count;
    public Picture? Picture;
    public GlImage? GlImage;
    public ColorMap? Map;
    public Strike? Strike;
}

/// <summary>A glyph of a text run: the pen's pixel on the baseline and the glyph's place in the strike.</summary>
public readonly record struct PlacedGlyph(short X, short Y, int Place);
