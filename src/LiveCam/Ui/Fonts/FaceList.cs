using System.Collections.Concurrent;
using HarfBuzzSharp;
using LiveCam.Engine;
using SkiaSharp;

namespace LiveCam.Ui.Fonts;

/// <summary>Inter in its two weights, and the fonts of the system that step in for characters it lacks. Safe for several threads.</summary>
internal sealed class FaceList
{
    private readonly Lock changing = new();
    private readonly ConcurrentDictionary<(int CodePoint, FontWeight Weight), int> standIns = new();
    private FontFace[] faces;

    public FaceList() => faces = [Embedded("Inter-Regular.otf", 0), Embedded("Inter-SemiBold.otf", 1)];

    public FontFace this[int index] => Volatile.Read(ref faces)[index];

    /// <summary>Inter in a weight.</summary>
    public FontFace Of(FontWeight weight) => this[(int)weight];

    /// <summary>The font for a code point: Inter, else one of the system, else Inter with its box for what is missing.</summary>
    /// <param name="codePoint">The first one of what is read as one character.</param>
    public FontFace For(int codePoint, FontWeight weight)
    {
        if (Of(weight).Has(codePoint)) return Of(weight);
        return this[standIns.TryGetValue((codePoint, weight), out int known) ? known : Find(codePoint, weight)];
    }

    private int Find(int codePoint, FontWeight weight)
    {
        lock (changing)
        {
            var style = weight == FontWeight.SemiBold ? SKFontStyle.Bold : SKFontStyle.Normal;
            SKTypeface? found = SKFontManager.Default.MatchCharacter(null, style, null, codePoint);
            int index = found is null ? (int)weight : Add(found);
            return standIns[(codePoint, weight)] = index;
        }
    }

    private int Add(SKTypeface found)
    {
        foreach (FontFace face in faces)
            if (face.Typeface.FamilyName == found.FamilyName && face.Typeface.FontWeight == found.FontWeight && face.Typeface.FontSlant == found.FontSlant) return face.Index;
        Volatile.Write(ref faces, [.. faces, new FontFace(found, faces.Length)]);
        return faces.Length - 1;
    }

    private static FontFace Embedded(string name, int index)
    {
        using var file = typeof(FaceList).Assembly.GetManifestResourceStream($"Assets/{name}");
        var typeface = file is null ? null : SKTypeface.FromStream(file);
        // Digits of one width; no forms that depend on neighbours, so that a character always has the same glyph.
        return typeface is not null ? new(typeface, index, new Feature(Tag.Parse("tnum"), 1), new Feature(Tag.Parse("calt"), 0))
            : throw new LiveCamException($"The text font is missing from this build of LiveCam: build it again with src/LiveCam/Assets/{name} in place.");
    }
}
