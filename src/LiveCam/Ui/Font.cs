using System.Buffers.Binary;
using System.IO.Compression;

using LiveCam.Engine;

namespace LiveCam.Ui;

/// <summary>The two weights that are baked.</summary>
public enum FontWeight : byte { Regular = 0, SemiBold = 1 }

/// <summary>How text looks: the em size in pixels and the weight.</summary>
public readonly record struct TextStyle(float Size, FontWeight Weight = FontWeight.Regular);

/// <summary>
/// Inter as coverage masks in several pixel sizes; the file is described at the top of tools/bake_font.cpp. A size that is not
/// baked is drawn in the nearest baked one, so glyphs are never resampled. Digits all have one advance. Safe for several threads.
/// </summary>
public sealed class Font
{
    private const int DirectoryBytes = 24;
    private static readonly Lazy<Font> Embedded = new(LoadEmbedded);

    private readonly byte[] file;
    private readonly uint[] codePoints;
    private readonly ushort[] latin = new ushort[256];
    private readonly float[][] kerning;                 // per weight, [left * count + right], in em
    private readonly Strike?[] strikes;
    private readonly int directory;

    /// <summary>The font embedded in this program.</summary>
    public static Font Inter => Embedded.Value;

    /// <summary>How many code points have a glyph; the glyph with this index is the box for all others.</summary>
    public int MissingGlyph => codePoints.Length;

    public ReadOnlySpan<uint> CodePoints => codePoints;

    /// <exception cref="LiveCamException">The bytes are not a font file of this program.</exception>
    public Font(byte[] file)
    {
        this.file = file;
        try
        {
            if (!file.AsSpan(0, 8).SequenceEqual("LCFONT1\0"u8)) throw new InvalidDataException();
            codePoints = new uint[UInt16(8)];
            strikes = new Strike?[UInt16(10)];
            kerning = new float[UInt16(12)][];
            float em = UInt16(14);
            int at = 16;
            for (int i = 0; i < codePoints.Length; i++, at += 4) codePoints[i] = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
            for (int w = 0; w < kerning.Length; w++)
            {
                var table = kerning[w] = new float[codePoints.Length * codePoints.Length];
                int pairs = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
                at += 4;
                for (int i = 0; i < pairs; i++, at += 6) table[UInt16(at) * codePoints.Length + UInt16(at + 2)] = Int16(at + 4) / em;
            }
            directory = at;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            throw new LiveCamException($"A font of {file.Length} bytes cannot be read: it is not a file written by tools/bake_font.cpp.", e);
        }
        for (int i = 0; i < latin.Length; i++) latin[i] = (ushort)Search((uint)i);
    }

    /// <summary>The glyph of a code point, or <see cref="MissingGlyph"/>.</summary>
    public int Glyph(uint codePoint) => codePoint < 256 ? latin[codePoint] : Search(codePoint);

    /// <summary>How much closer (negative) or wider two neighbours stand, in em.</summary>
    public float Kerning(FontWeight weight, int left, int right) =>
        left < codePoints.Length && right < codePoints.Length ? kerning[(int)weight][left * codePoints.Length + right] : 0;

    /// <summary>The baked size nearest to the style's; unpacked on first use and kept.</summary>
    public Strike Strike(TextStyle style)
    {
        int best = -1;
        float distance = float.MaxValue;
        for (int i = 0; i < strikes.Length; i++)
        {
            int at = directory + i * DirectoryBytes;
            // A missing weight (large Regular) costs less than a wrong size: the heavier cut stands in.
            float d = Math.Abs(UInt16(at + 2) - style.Size) + (file[at] == (byte)style.Weight ? 0 : 0.25f + 0.2f * style.Size);
            if (d < distance) (best, distance) = (i, d);
        }
        return Volatile.Read(ref strikes[best]) ?? Unpack(best);
    }

    /// <summary>The width of a run in pixels: advances and kerning.</summary>
    public float Measure(ReadOnlySpan<char> text, TextStyle style) => MeasureIn(Strike(style), text);

    internal float MeasureIn(Strike strike, ReadOnlySpan<char> text)
    {
        float width = 0;
        int previous = MissingGlyph;
        for (int i = 0; i < text.Length;)
        {
            int glyph = Next(text, ref i);
            width += Kerning(strike.Weight, previous, glyph) * strike.Size + strike.Advance(glyph);
            previous = glyph;
        }
        return width;
    }

    /// <summary>The glyph at <paramref name="i"/>, which moves past one code point (one or two chars).</summary>
    internal int Next(ReadOnlySpan<char> text, ref int i)
    {
        char c = text[i++];
        if (!char.IsHighSurrogate(c) || i >= text.Length || !char.IsLowSurrogate(text[i])) return Glyph(c);
        return Glyph((uint)char.ConvertToUtf32(c, text[i++]));
    }

    private Strike Unpack(int index)
    {
        int at = directory + index * DirectoryBytes;
        int offset = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 12)), stored = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 16));
        var raw = new byte[BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 20))];
        using (var inflate = new DeflateStream(new MemoryStream(file, offset, stored), CompressionMode.Decompress)) inflate.ReadExactly(raw);
        var strike = new Strike((FontWeight)file[at], UInt16(at + 2), file[at + 1], codePoints.Length + 1, raw)
        {
            Ascent = Int16(at + 4) / 64f,
            Descent = Int16(at + 6) / 64f,
            CapHeight = Int16(at + 8) / 64f,
        };
        return Interlocked.CompareExchange(ref strikes[index], strike, null) ?? strike;
    }

    private int Search(uint codePoint)
    {
        int index = Array.BinarySearch(codePoints, codePoint);
        return index < 0 ? codePoints.Length : index;
    }

    private int UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));

    private int Int16(int at) => BinaryPrimitives.ReadInt16LittleEndian(file.AsSpan(at));

    private static Font LoadEmbedded()
    {
        using var stream = typeof(Font).Assembly.GetManifestResourceStream("Assets/inter.font")
            ?? throw new LiveCamException("The text font is missing from this build of LiveCam: build it again with src/LiveCam/Assets/inter.font in place.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new Font(bytes);
    }
}
