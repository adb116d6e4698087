using System.Collections.Concurrent;
using Buffer = HarfBuzzSharp.Buffer;

namespace LiveCam.Ui.Fonts;

/// <summary>A character's glyph in Inter and how far the pen moves after it, in em.</summary>
internal sealed record PlainGlyph(ushort Glyph, float Advance);

/// <summary>
/// Text of Latin, Greek and Cyrillic letters, digits and signs: a glyph each, from left to right, kerned in pairs. It is put in a row without
/// HarfBuzz, so figures that change with every frame cost no memory. Safe for several threads.
/// </summary>
internal sealed class PlainText(FontFace face)
{
    private const int End = 0x2800;
    private readonly PlainGlyph?[] glyphs = new PlainGlyph?[End];
    private readonly ConcurrentDictionary<int, float> pairs = new();

    /// <summary>Whether every character is plain and Inter has it.</summary>
    public bool Covers(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
            if (c >= End || glyphs[c] is null && !Learn(c)) return false;
        return true;
    }

    /// <summary>The glyph of a character of a covered text.</summary>
    public PlainGlyph this[char c] => glyphs[c]!;

    /// <summary>How much closer (negative) or wider two neighbours of a covered text stand, in em.</summary>
    public float Kerning(char left, char right)
    {
        int pair = left << 16 | right;
        return pairs.TryGetValue(pair, out float known) ? known : pairs[pair] = Between(left, right);
    }

    private float Between(char left, char right) => Shape([left, right]).Advance - Shape([left]).Advance;

    private bool Learn(char c)
    {
        if (!IsPlain(c) || !face.Has(c)) return false;
        PlainGlyph glyph = Shape([c]);
        // The digits of a weight differ by a few units; all get the width of the widest.
        if (char.IsAsciiDigit(c))
            for (char digit = '0'; digit <= '9'; digit++) glyph = glyph with { Advance = MathF.Max(glyph.Advance, Shape([digit]).Advance) };
        glyphs[c] = glyph;
        return true;
    }

    /// <summary>Letters and signs that stand alone: no marks that combine, no signs without a form, no script that joins or turns.</summary>
    private static bool IsPlain(char c) => c is >= ' ' and < '\u007F' or >= '\u00A0' and < '\u0300' and not '\u00AD' or >= '\u0370' and < '\u0483' or >= '\u048A' and < '\u0530'
        or >= '\u1E00' and < '\u2000' or >= '\u2010' and < '\u2028' or >= '\u2030' and < '\u2060' or >= '\u2070' and < '\u20D0' or >= '\u2100' and < '\u2800';

    /// <summary>The first glyph and its advance.</summary>
    private PlainGlyph Shape(ReadOnlySpan<char> text)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        face.Shape(buffer);
        return new((ushort)buffer.GlyphInfos[0].Codepoint, (float)buffer.GlyphPositions[0].XAdvance / face.Typeface.UnitsPerEm);
    }
}
