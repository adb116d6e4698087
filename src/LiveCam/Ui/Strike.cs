using System.Buffers.Binary;
using LiveCam.Engine.Vision;

namespace LiveCam.Ui;

/// <summary>
/// One mask in a strike's page. Left and Top place its corner relative to the pen on the baseline (Top upwards); X and Y are its
/// corner in the page. Zero coverage follows on the right up to the next multiple of 8 pixels.
/// </summary>
public readonly record struct GlyphMask(short Left, short Top, ushort Width, ushort Height, ushort X, ushort Y);

/// <summary>All glyphs of one weight at one pixel size, packed into one Gray8 page.</summary>
public sealed class Strike
{
    private const int Pad = 8;                          // the blend reads eight coverage bytes at a time
    private readonly float[] advances;
    private readonly GlyphMask[] masks;

    public FontWeight Weight { get; }
    /// <summary>The em size in pixels.</summary>
    public int Size { get; }
    /// <summary>How many horizontal sub-pixel positions are baked: 1, 2 or 4.</summary>
    public int Phases { get; }
    /// <summary>From the baseline up to the top of a line, in pixels.</summary>
    public float Ascent { get; internal init; }
    /// <summary>From the baseline down to the bottom of a line, in pixels.</summary>
    public float Descent { get; internal init; }
    /// <summary>The height of a capital letter, in pixels.</summary>
    public float CapHeight { get; internal init; }
    public float LineHeight => Ascent + Descent;
    /// <summary>The coverage masks, one byte per pixel.</summary>
    public Picture Page { get; }

    internal Strike(FontWeight weight, int size, int phases, int glyphs, ReadOnlySpan<byte> raw)
    {
        (Weight, Size, Phases) = (weight, size, phases);
        advances = new float[glyphs];
        masks = new GlyphMask[glyphs * phases];
        for (int i = 0; i < glyphs; i++) advances[i] = BinaryPrimitives.ReadInt32LittleEndian(raw[(i * 4)..]) / 64f;

        var records = raw[(glyphs * 4)..];
        int pageWidth = size <= 32 ? 512 : size <= 72 ? 1024 : 2048, x = 0, y = 0, shelf = 0;
        for (int i = 0; i < masks.Length; i++)
        {
            var r = records[(i * 8)..];
            ushort width = BinaryPrimitives.ReadUInt16LittleEndian(r[4..]), height = BinaryPrimitives.ReadUInt16LittleEndian(r[6..]);
            int padded = Padded(width);
            if (x + padded > pageWidth) (x, y, shelf) = (0, y + shelf, 0);
            masks[i] = new(BinaryPrimitives.ReadInt16LittleEndian(r), BinaryPrimitives.ReadInt16LittleEndian(r[2..]), width, height, (ushort)x, (ushort)y);
            x += padded;
            shelf = Math.Max(shelf, height);
        }
        Page = new Picture(pageWidth, y + shelf, PixelFormat.Gray8);
        var coverage = records[(masks.Length * 8)..];
        foreach (var mask in masks)
            for (int row = 0; row < mask.Height; row++, coverage = coverage[mask.Width..])
                coverage[..mask.Width].CopyTo(Page.Row(mask.Y + row)[mask.X..]);
    }

    /// <summary>How far the pen moves after a glyph, in pixels.</summary>
    public float Advance(int glyph) => advances[glyph];

    /// <summary>The mask of a glyph drawn <paramref name="phase"/> / <see cref="Phases"/> pixels to the right.</summary>
    public ref readonly GlyphMask Mask(int glyph, int phase) => ref masks[glyph * Phases + phase];

    /// <summary>The mask at an index of the canvas' glyph list (glyph * Phases + phase).</summary>
    public ref readonly GlyphMask Mask(int index) => ref masks[index];

    internal static int Padded(int width) => (width + Pad - 1) & -Pad;
}
