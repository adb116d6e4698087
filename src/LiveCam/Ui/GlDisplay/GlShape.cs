using System.Runtime.InteropServices;

namespace LiveCam.Ui.GlDisplay;

/// <summary>What the fragment shader does for an instance; the numbers of canvas.frag.</summary>
internal enum ShapeKind : uint { Area, Rounded, Ring, Glyph, Image, Line }

/// <summary>Bits beside the kind in <see cref="GlShape.Flags"/>; the row of a colour map stands above them.</summary>
[Flags]
internal enum ShapeFlags : uint { None = 0, Smooth = 8, Mirror = 16, Mapped = 32, BgrBytes = 64, Gray = 128 }

/// <summary>One instance as the vertex shader reads it: 64 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GlShape
{
    public const int Bytes = 64, MapShift = 8;

    /// <summary>Left, top, width, height in frame pixels.</summary>
    public Rect Box;
    /// <summary>Never negative, at most <see cref="Engine.Vision.Picture.MaxSide"/>.</summary>
    public ushort ClipLeft, ClipTop, ClipRight, ClipBottom;
    public uint Color, Color2;
    public float Radius, Stroke;
    /// <summary>Glyph: its corner in the glyph texture. Image: left, top, width, height. Line: first point and number of segments.</summary>
    public int SourceX, SourceY, SourceWidth, SourceHeight;
    public uint Flags;
    private readonly uint unused;

    public GlShape(ShapeKind kind, in Rect box, in Clip clip, uint color, uint color2) : this()
    {
        (Box, Color, Color2, Flags) = (box, color, color2, (uint)kind);
        (ClipLeft, ClipTop, ClipRight, ClipBottom) = ((ushort)clip.Left, (ushort)clip.Top, (ushort)clip.Right, (ushort)clip.Bottom);
    }
}

/// <summary>The program that draws an instance: PART of canvas.frag.</summary>
internal enum ShapePart { Boxes, Pictures, Lines }

/// <summary>Consecutive instances of one program and, for pictures, one texture.</summary>
internal record struct GlBatch(ShapePart Part, uint Texture, int First, int Count);
