using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>References of element-wise operations that are more than a lambda.</summary>
internal static class Elementwise
{
    /// <summary>Multidirectional broadcasting: last axes aligned, an axis that is 1 or missing is repeated.</summary>
    public static Doubles Broadcast(Doubles a, Doubles b, Func<double, double, double> function)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        var extents = new int[rank];
        for (int i = 0; i < rank; i++)
            extents[i] = Extent(a, i, rank) == 1 ? Extent(b, i, rank) : Extent(a, i, rank);
        return Doubles.Of(Shape.Create(extents), at => function(a[Within(a, at)], b[Within(b, at)]));
    }

    public static Answer Clip(Op op, Doubles?[] x)
    {
        var clip = (Clip)op;
        double low = x.ElementAtOrDefault(1)?.Data[0] ?? clip.Lowest, high = x.ElementAtOrDefault(2)?.Data[0] ?? clip.Highest;
        return new(x[0]!.Select(v => Math.Min(Math.Max(v, low), high)), 1);
    }

    /// <summary>A number as a type holds it; float32 is left in double precision, as all references are.</summary>
    public static double InType(double x, ElementType type) => type switch
    {
        ElementType.Float16 => (double)(Half)x,
        ElementType.BFloat16 => Rounded(x, 8),
        ElementType.Bool => x != 0 ? 1 : 0,
        ElementType.UInt8 => Math.Clamp(Math.Truncate(x), 0, 255),
        ElementType.Int8 => Math.Clamp(Math.Truncate(x), -128, 127),
        ElementType.Int32 or ElementType.Int64 => Math.Truncate(x),
        _ => x,
    };

    /// <summary>To so many significant bits, halves to even.</summary>
    private static double Rounded(double x, int bits)
    {
        if (x == 0)
            return 0;
        double unit = Math.Pow(2, Math.Floor(Math.Log2(Math.Abs(x))) - bits + 1);
        return Math.Round(x / unit, MidpointRounding.ToEven) * unit;
    }

    private static int Extent(Doubles x, int axis, int rank) => axis < rank - x.Rank ? 1 : x.Shape[axis - (rank - x.Rank)];

    private static int[] Within(Doubles x, int[] at)
    {
        var own = new int[x.Rank];
        for (int i = 0; i < own.Length; i++)
            own[i] = x.Shape[i] == 1 ? 0 : at[i + at.Length - own.Length];
        return own;
    }
}
