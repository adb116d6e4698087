using HarfBuzzSharp;
using LiveCam.Engine;
using SkiaSharp;
using SkiaSharp.HarfBuzz;
using Buffer = HarfBuzzSharp.Buffer;

namespace LiveCam.Ui.Fonts;

/// <summary>A font file in use: Skia draws its glyphs, HarfBuzz puts them in a row. Lives as long as the program.</summary>
internal sealed class FontFace
{
    private readonly HarfBuzzSharp.Font shaper;
    private readonly SKFont skia;
    private readonly Feature[] features;

    /// <summary>The place in the <see cref="FaceList"/>.</summary>
    public int Index { get; }
    public SKTypeface Typeface { get; }

    /// <param name="features">OpenType features other than a font's own choice.</param>
    public FontFace(SKTypeface typeface, int index, params Feature[] features)
    {
        (Typeface, Index, this.features) = (typeface, index, features);
        skia = new SKFont(typeface);
        using var file = typeface.OpenStream(out int number) ?? throw new LiveCamException($"The font {typeface.FamilyName} cannot be read.");
        using var blob = file.ToHarfBuzzBlob();
        using var face = new Face(blob, number) { UnitsPerEm = typeface.UnitsPerEm };
        shaper = new HarfBuzzSharp.Font(face);
        shaper.SetScale(typeface.UnitsPerEm, typeface.UnitsPerEm);
        shaper.SetFunctionsOpenType();
    }

    /// <summary>Whether there is a glyph for a code point.</summary>
    public bool Has(int codePoint) => skia.ContainsGlyph(codePoint);

    /// <summary>Replaces the characters of a buffer by glyphs in the order in which they are seen, in font units.</summary>
    public void Shape(Buffer buffer) => shaper.Shape(buffer, features);

    /// <summary>The font at a size in pixels. Light hinting moves points vertically only: stems land on pixel rows, widths stay true.</summary>
    public SKFont At(int size) => new(Typeface, size)
    {
        Hinting = SKFontHinting.Slight, ForceAutoHinting = true, Subpixel = true, LinearMetrics = true, BaselineSnap = true, Edging = SKFontEdging.Antialias,
    };
}
