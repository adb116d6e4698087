using System.Collections.Concurrent;
using LiveCam.Ui.Fonts;
using SkiaSharp;

namespace LiveCam.Ui;

/// <summary>The glyphs of one weight at one pixel size, drawn when they are first needed and kept. Safe for several threads.</summary>
public sealed class Strike
{
    // A list of this many names that need shaping is shown at once by nobody; more are forgotten and shaped again.
    private const int MostShaped = 4096;
    private const string Figures = "0123456789.,:%+-−×/() fpsm";

    private readonly FaceList faces;
    private readonly Lock drawing = new();
    private readonly ConcurrentDictionary<int, int> places = new();
    private readonly Dictionary<string, ShapedText> shaped = [];
    private GlyphImage[] images = new GlyphImage[128];
    private int imageCount;

    public FontWeight Weight { get; }
    /// <summary>The em size in pixels.</summary>
    public int Size { get; }
    /// <summary>How many horizontal sub-pixel positions a glyph is drawn at: 1, 2 or 4.</summary>
    public int Phases { get; }
    /// <summary>From the baseline up to the top of a line, in pixels.</summary>
    public float Ascent { get; }
    /// <summary>From the baseline down to the bottom of a line, in pixels.</summary>
    public float Descent { get; }
    /// <summary>The height of a capital letter, in pixels.</summary>
    public float CapHeight { get; }
    public float LineHeight => Ascent + Descent;
    /// <summary>Added to every advance, in em: larger type stands closer (Inter's published dynamic metrics, rsms.me/inter/dynmetrics).</summary>
    internal float Tracking { get; }
    internal PlainText Plain { get; }

    internal Strike(FaceList faces, PlainText plain, FontWeight weight, int size)
    {
        (this.faces, Plain, Weight, Size) = (faces, plain, weight, size);
        Phases = size <= 14 ? 4 : size <= 32 ? 2 : 1;
        Tracking = -0.0223f + 0.185f * MathF.Exp(-0.1745f * size);
        using SKFont font = faces.Of(weight).At(size);
        (Ascent, Descent) = (-font.Metrics.Ascent, font.Metrics.Descent);
        // Figures change with every frame: theirs are drawn at once, so that nothing has to be in a steady one.
        Plain.Covers(Figures);
        foreach (char c in Figures)
        {
            for (int phase = 0; phase < Phases; phase++) Place((int)weight, Plain[c].Glyph, phase);
            foreach (char next in Figures) Plain.Kerning(c, next);
        }
        Plain.Covers("H");
        CapHeight = Image(Place((int)weight, Plain['H'].Glyph, 0)).Top;
    }

    /// <summary>The glyph at a place of the canvas' list.</summary>
    public GlyphImage Image(int place) => Volatile.Read(ref images)[place];

    /// <summary>How far the pen moves after a plain character, in pixels.</summary>
    internal float Advance(char c) => (Plain[c].Advance + Tracking) * Size;

    /// <summary>How much closer (negative) or wider two plain neighbours stand, in pixels.</summary>
    internal float Kerning(char left, char right) => Plain.Kerning(left, right) * Size;

    /// <summary>The place of a glyph drawn <paramref name="phase"/> / <see cref="Phases"/> pixels to the right; the first time it is drawn.</summary>
    internal int Place(int face, int glyph, int phase)
    {
        int key = (face << 16 | glyph) << 2 | phase;
        return places.TryGetValue(key, out int place) ? place : Draw(key, face, glyph, phase);
    }

    /// <summary>A text that is not plain as glyphs; kept for the next time.</summary>
    internal ShapedText Shape(ReadOnlySpan<char> text)
    {
        lock (drawing)
        {
            var known = shaped.GetAlternateLookup<ReadOnlySpan<char>>();
            if (known.TryGetValue(text, out ShapedText? found)) return found;
            if (shaped.Count >= MostShaped) shaped.Clear();
            return known[text] = TextShaper.Shape(text, faces, Weight, Size, Tracking);
        }
    }

    /// <summary>The width of a text in pixels.</summary>
    internal float Measure(ReadOnlySpan<char> text)
    {
        if (!Plain.Covers(text)) return Shape(text).Width;
        float width = 0;
        for (int i = 0; i < text.Length; i++) width += (i > 0 ? Kerning(text[i - 1], text[i]) : 0) + Advance(text[i]);
        return width;
    }

    private int Draw(int key, int face, int glyph, int phase)
    {
        lock (drawing)
        {
            if (places.TryGetValue(key, out int known)) return known;
            var image = GlyphImage.Draw(faces[face], Size, (ushort)glyph, (float)phase / Phases);
            // Readers hold the old list; the new one has all of it.
            var list = images;
            if (imageCount == list.Length) Array.Resize(ref list, imageCount * 2);
            list[imageCount] = image;
            Volatile.Write(ref images, list);
            return places[key] = imageCount++;
        }
    }
}
