namespace LiveCam.Ui;

/// <summary>256 opaque colours for the values 0..255 of a Gray8 picture.</summary>
public sealed class ColorMap
{
    /// <summary>The value that means zero in a diverging map.</summary>
    public const int Zero = 128;

    public string Name { get; }

    /// <summary>True where <see cref="Zero"/> means zero and the two sides show the sign.</summary>
    public bool Diverging { get; }

    /// <summary>The colours as packed Rgba8, red in the lowest byte.</summary>
    public uint[] Packed { get; }

    public Color this[int value] => Color.FromPacked(Packed[value]);

    private ColorMap(string name, Func<double, (double R, double G, double B)> at, bool diverging = false)
    {
        (Name, Diverging) = (name, diverging);
        Packed = new uint[256];
        for (int i = 0; i < 256; i++)
        {
            var (r, g, b) = at(diverging ? Math.Clamp((i - Zero) / 127.0, -1, 1) : i / 255.0);
            Packed[i] = new Color(Byte(r), Byte(g), Byte(b)).Packed;
        }
    }

    /// <summary>The engine's own map.</summary>
    public static readonly ColorMap Viridis = new("viridis", Engine.Vision.Viridis.At);

    /// <summary>Magma by van der Walt and Smith (matplotlib), as the degree-6 fit by M. Zucker (shadertoy.com/view/WlfXRN).</summary>
    public static readonly ColorMap Magma = new("magma", t => Polynomial(t,
    [
        (-0.002136485053939582, -0.000749655052795221, -0.005386127855323933), (0.2516605407371642, 0.6775232436837668, 2.494026599312351),
        (8.353717279216625, -3.577719514958484, 0.3144679030132573), (-27.66873308576866, 14.26473078096533, -13.64921318813922),
        (52.17613981234068, -27.94360607168351, 12.94416944238394), (-50.76852536473588, 29.04658282127291, 4.23415299384598),
        (18.65570506591883, -11.48977351997711, -5.601961508734096),
    ]));

    /// <summary>Cividis (Nunez, Anderton, Renslow 2018), which looks alike to people with and without red-green colour blindness; ten anchors of viridisLite, joined linearly.</summary>
    public static readonly ColorMap Cividis = new("cividis", t => Anchors(t,
        0x00204D, 0x00336F, 0x39486B, 0x575C6D, 0x707173, 0x8A8779, 0xA69D75, 0xC4B56C, 0xE4CF5B, 0xFFEA46));

    public static readonly ColorMap Gray = new("gray", t => (t, t, t));

    /// <summary>Signed values: blue below zero, orange above, and zero in the dark grey of the panels so that nothing looks like nothing.</summary>
    public static readonly ColorMap Signed = new("signed", t => Anchors((t + 1) / 2,
        0xC4E6FF, 0x6DB9F7, 0x2C7FC4, 0x1B4468, 0x15191F, 0x6E3A12, 0xC9711E, 0xF7AE5C, 0xFFE2BF), diverging: true);

    /// <summary>All maps in the order in which they are offered; the first is the default.</summary>
    public static IReadOnlyList<ColorMap> All { get; } = [Viridis, Magma, Cividis, Gray, Signed];

    private static (double, double, double) Polynomial(double t, ReadOnlySpan<(double R, double G, double B)> c)
    {
        double r = 0, g = 0, b = 0;
        for (int i = c.Length - 1; i >= 0; i--) (r, g, b) = (r * t + c[i].R, g * t + c[i].G, b * t + c[i].B);
        return (r, g, b);
    }

    private static (double, double, double) Anchors(double t, params ReadOnlySpan<uint> rgb)
    {
        double at = t * (rgb.Length - 1);
        int low = Math.Min((int)at, rgb.Length - 2);
        double f = at - low;
        uint a = rgb[low], b = rgb[low + 1];
        return (Mix(a >> 16, b >> 16, f), Mix(a >> 8, b >> 8, f), Mix(a, b, f));
    }

    private static double Mix(uint a, uint b, double f) => ((a & 255) * (1 - f) + (b & 255) * f) / 255;

    private static byte Byte(double v) => (byte)(Math.Clamp(v, 0, 1) * 255 + 0.5);
}
