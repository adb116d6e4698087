namespace LiveCam.Engine.Kernels;

/// <summary>How a value between places is found.</summary>
internal enum GridMode { Nearest, Linear, Cubic }

/// <summary>What stands outside.</summary>
internal enum GridPadding { Zeros, Border, Reflection }

/// <summary>
/// Which places of an axis make up the value at a coordinate of -1 to 1, with their weights and the weights' slopes (per unit of the
/// coordinate); the formulas of ONNX GridSample. At most four; a place of -1 is outside and counts nothing.
/// </summary>
internal readonly struct GridTaps(GridMode mode, GridPadding padding, bool alignCorners)
{
    public const int Most = 4;

    // Keys' parameter of the cubic, as ONNX fixes it.
    private const float Cubic = -0.75f;

    public int Count => mode == GridMode.Nearest ? 1 : mode == GridMode.Linear ? 2 : 4;

    public void Find(float coordinate, int extent, Span<int> places, Span<float> weights, Span<float> slopes)
    {
        float at = alignCorners ? (coordinate + 1) / 2 * (extent - 1) : ((coordinate + 1) * extent - 1) / 2;
        float slope = alignCorners ? (extent - 1) / 2f : extent / 2f;
        if (mode != GridMode.Cubic && padding != GridPadding.Zeros)
        {
            if (padding == GridPadding.Reflection)
                (at, slope) = Reflected(at, slope, extent);
            if (at < 0 || at > extent - 1)
                (at, slope) = (Math.Clamp(at, 0, extent - 1), 0);
        }
        // What lies this far outside, or is no number, sees nothing inside.
        if (!(Math.Abs(at) < 1 << 24))
            (at, slope) = (-8, 0);
        if (mode == GridMode.Nearest)
        {
            (places[0], weights[0], slopes[0]) = (Inside((int)MathF.Round(at, MidpointRounding.ToEven), extent), 1, 0);
            return;
        }
        int floor = (int)MathF.Floor(at);
        float t = at - floor;
        if (mode == GridMode.Linear)
        {
            (places[0], weights[0], slopes[0]) = (Inside(floor, extent), 1 - t, -slope);
            (places[1], weights[1], slopes[1]) = (Inside(floor + 1, extent), t, slope);
            return;
        }
        for (int i = 0; i < 4; i++)
        {
            float distance = Math.Abs(i - 1 - t), sign = t > i - 1 ? 1 : -1;
            (float weight, float derivative) = distance <= 1
                ? (((Cubic + 2) * distance - (Cubic + 3)) * distance * distance + 1, (3 * (Cubic + 2) * distance - 2 * (Cubic + 3)) * distance)
                : (((distance - 5) * distance + 8) * distance * Cubic - 4 * Cubic, ((3 * distance - 10) * distance + 8) * Cubic);
            (places[i], weights[i], slopes[i]) = (Inside(floor - 1 + i, extent), weight, derivative * sign * slope);
        }
    }

    private int Inside(int place, int extent)
    {
        if (place >= 0 && place < extent)
            return place;
        return padding switch
        {
            GridPadding.Border => Math.Clamp(place, 0, extent - 1),
            GridPadding.Reflection => Math.Clamp((int)Reflected(place, 1, extent).At, 0, extent - 1),
            _ => -1,
        };
    }

    /// <summary>Mirrored at the middle of the outer places, or at their outer edges.</summary>
    private (float At, float Slope) Reflected(float at, float slope, int extent)
    {
        float low = alignCorners ? 0 : -0.5f, range = alignCorners ? extent - 1 : extent;
        if (range == 0)
            return (0, 0);
        float distance = Math.Abs(at - low), turned = at < low ? -slope : slope;
        float flips = MathF.Floor(distance / range), rest = distance - flips * range;
        return flips % 2 == 0 ? (low + rest, turned) : (low + range - rest, -turned);
    }
}
