namespace LiveCam.Engine.Vision;

/// <summary>Viridis by van der Walt and Smith (matplotlib), as the degree-6 fit by M. Zucker (shadertoy.com/view/WlfXRN): from dark blue over green to yellow.</summary>
public static class Viridis
{
    private static readonly (double R, double G, double B)[] Coefficients =
    [
        (0.2777273272234177, 0.005407344544966578, 0.3340998053353061), (0.1050930431085774, 1.404613529898575, 1.384590162594685),
        (-0.3308618287255563, 0.214847559468213, 0.09509516302823659), (-4.634230498983486, -5.799100973351585, -19.33244095627987),
        (6.228269936347081, 14.17993336680509, 56.69055260068105), (4.776384997670288, -13.74514537774601, -65.35303263337234),
        (-5.435455855934631, 4.645852612178535, 26.3124352495832),
    ];

    /// <summary>The color of 0 (dark) to 1 (bright), each part 0 to 1 and sRGB.</summary>
    public static (double R, double G, double B) At(double t)
    {
        double r = 0, g = 0, b = 0;
        for (int i = Coefficients.Length - 1; i >= 0; i--)
            (r, g, b) = (r * t + Coefficients[i].R, g * t + Coefficients[i].G, b * t + Coefficients[i].B);
        return (r, g, b);
    }

    /// <summary>The colors of the levels 0 to 255 as opaque Rgba8, red in the lowest byte.</summary>
    public static uint[] Palette() => [.. Enumerable.Range(0, 256).Select(level => At(level / 255.0)).Select(color => Byte(color.R) | Byte(color.G) << 8 | Byte(color.B) << 16 | 255u << 24)];

    private static uint Byte(double part) => (uint)(Math.Clamp(part, 0, 1) * 255 + 0.5);
}
