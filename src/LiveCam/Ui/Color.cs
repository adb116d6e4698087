using System.Globalization;

namespace LiveCam.Ui;

/// <summary>An sRGB colour with straight (not premultiplied) alpha, eight bits each; 255 is opaque.</summary>
public readonly record struct Color(byte R, byte G, byte B, byte A = 255)
{
    public static readonly Color White = new(255, 255, 255);
    public static readonly Color Black = new(0, 0, 0);

    /// <summary>An opaque colour from 0xRRGGBB.</summary>
    public static Color Hex(uint rgb) => new((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);

    /// <summary>The four bytes as they lie in an Rgba8 picture, red in the lowest byte.</summary>
    public uint Packed => R | (uint)G << 8 | (uint)B << 16 | (uint)A << 24;

    public static Color FromPacked(uint rgba) => new((byte)rgba, (byte)(rgba >> 8), (byte)(rgba >> 16), (byte)(rgba >> 24));

    /// <summary>This colour with its alpha replaced; <paramref name="alpha"/> is 0..1.</summary>
    public Color Fade(float alpha) => this with { A = (byte)(Math.Clamp(alpha, 0, 1) * 255 + 0.5f) };

    /// <summary>The colour <paramref name="t"/> (0..1) of the way to <paramref name="other"/>, mixed per byte.</summary>
    public Color Towards(Color other, float t)
    {
        t = Math.Clamp(t, 0, 1);
        return new(Mix(R, other.R, t), Mix(G, other.G, t), Mix(B, other.B, t), Mix(A, other.A, t));
    }

    /// <summary>Relative luminance 0..1 of the opaque colour (WCAG 2.1, definition "relative luminance").</summary>
    public double Luminance => 0.2126 * Linear(R) + 0.7152 * Linear(G) + 0.0722 * Linear(B);

    /// <summary>The contrast ratio 1..21 of two opaque colours (WCAG 2.1, definition "contrast ratio").</summary>
    public static double Contrast(Color a, Color b)
    {
        double x = a.Luminance, y = b.Luminance;
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:X2}{G:X2}{B:X2}{A:X2}");

    private static byte Mix(byte a, byte b, float t) => (byte)(a + (b - a) * t + 0.5f);

    private static double Linear(byte value)
    {
        double s = value / 255.0;
        return s <= 0.04045 ? s / 12.92 : Math.Pow((s + 0.055) / 1.055, 2.4);
    }
}
