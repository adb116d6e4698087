using System.Collections.Concurrent;
using LiveCam.Ui.Fonts;

namespace LiveCam.Ui;

/// <summary>The weights of Inter that come along.</summary>
public enum FontWeight : byte { Regular = 0, SemiBold = 1 }

/// <summary>How text looks: the em size in pixels and the weight.</summary>
public readonly record struct TextStyle(float Size, FontWeight Weight = FontWeight.Regular);

/// <summary>
/// Inter, and for what it lacks the fonts of the system: Skia draws the glyphs, HarfBuzz shapes what is more than a letter after the other.
/// Sizes are whole pixels. Digits all have one advance. Safe for several threads.
/// </summary>
public sealed class Font
{
    private const int Smallest = 6, Largest = 400;
    private static readonly Lazy<Font> Embedded = new(() => new Font());

    private readonly FaceList faces = new();
    private readonly PlainText[] plain;
    private readonly ConcurrentDictionary<int, Strike> strikes = new();

    private Font() => plain = [new(faces.Of(FontWeight.Regular)), new(faces.Of(FontWeight.SemiBold))];

    /// <summary>The font of this program.</summary>
    public static Font Inter => Embedded.Value;

    /// <summary>The glyphs of the whole size nearest to the style's; made on first use and kept.</summary>
    public Strike Strike(TextStyle style)
    {
        int size = Math.Clamp((int)MathF.Floor(style.Size + 0.5f), Smallest, Largest), key = size << 1 | (int)style.Weight;
        return strikes.TryGetValue(key, out Strike? strike) ? strike : strikes.GetOrAdd(key, new Strike(faces, plain[(int)style.Weight], style.Weight, size));
    }

    /// <summary>The width of a line of text in pixels.</summary>
    public float Measure(ReadOnlySpan<char> text, TextStyle style) => Strike(style).Measure(text);

    /// <summary>Whether some font at hand has a character, given by its first code point; others are drawn as a box.</summary>
    public bool Has(int codePoint) => faces.For(codePoint, FontWeight.Regular).Has(codePoint);
}
