using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Groups of elements brought to one size, group by group.</summary>
internal static class Standardizations
{
    private const double Ulps = References.RootUlps + 2 * References.DivisionUlps;

    public static Answer Instance(InstanceNormalization op, Doubles?[] x) =>
        Standard(x[0]!, at => [at[0], at[1]], Deviation(op.Epsilon), (y, at) => y * x[1]!.Data[at[1]] + x[2]!.Data[at[1]]);

    public static Answer Group(GroupNormalization op, Doubles?[] x)
    {
        int each = x[0]!.Shape[1] / op.Count;
        return Standard(x[0]!, at => [at[0], at[1] / each], Deviation(op.Epsilon), (y, at) =>
        {
            int scale = op.PerGroup ? at[1] / each : at[1];
            return y * x[1]!.Data[scale] + x[2]!.Data[scale];
        });
    }

    public static Answer Layer(int axis, double epsilon, bool centers, Doubles?[] x)
    {
        int first = axis < 0 ? axis + x[0]!.Rank : axis;
        Func<double[], (double, double)> measure = centers ? Deviation(epsilon) : all => (0, Math.Sqrt(all.Average(v => v * v) + epsilon));
        (Doubles standard, int count) = Of(x[0]!, at => at[..first], measure);
        Doubles y = Elementwise.Broadcast(standard, x[1]!, (a, b) => a * b);
        if (x.ElementAtOrDefault(2) is { } shift)
            y = Elementwise.Broadcast(y, shift, (a, b) => a + b);
        (double[][] groups, _) = Reductions.Groups(x[0]!, at => at[..first]);
        var shape = Tensors.Shape.Create([.. x[0]!.Shape.Select((extent, i) => i < first ? extent : 1)]);
        Doubles[] statistics = [new(shape, [.. groups.Select(all => measure(all).Item1)]), new(shape, [.. groups.Select(all => 1 / measure(all).Item2)])];
        return new([y, .. statistics], 2 * count + 4, Ulps);
    }

    public static Answer MeanVariance(MeanVarianceNormalization op, Doubles x)
    {
        int[] axes = [.. op.Axes.Select(axis => axis < 0 ? axis + x.Rank : axis)];
        return Standard(x, at => [.. at.Where((_, axis) => !axes.Contains(axis))], Deviation(0), (y, _) => y);
    }

    public static Answer Length(LpNormalization op, Doubles x)
    {
        int along = op.Axis < 0 ? op.Axis + x.Rank : op.Axis;
        return Standard(x, at => [.. at.Where((_, axis) => axis != along)],
            all => (0, op.P == 1 ? all.Sum(Math.Abs) : Math.Sqrt(all.Sum(v => v * v))), (y, _) => y);
    }

    private static Func<double[], (double Center, double Size)> Deviation(double epsilon) =>
        all => (all.Average(), Math.Sqrt(all.Average(v => (v - all.Average()) * (v - all.Average())) + epsilon));

    /// <remarks>Terms: the elements of a group, for its mean and for its size, and four roundings.</remarks>
    private static Answer Standard(Doubles x, Func<int[], int[]> group, Func<double[], (double Center, double Size)> measure, Func<double, int[], double> finish)
    {
        (Doubles standard, int count) = Of(x, group, measure);
        return new(Doubles.Of(x.Shape, at => finish(standard[at], at)), 2 * count + 4, Ulps);
    }

    private static (Doubles Standard, int Count) Of(Doubles x, Func<int[], int[]> group, Func<double[], (double Center, double Size)> measure)
    {
        (double[][] groups, int[] groupOf) = Reductions.Groups(x, group);
        (double Center, double Size)[] measured = [.. groups.Select(measure)];
        return (new(x.Shape, [.. x.Data.Select((value, i) => (value - measured[groupOf[i]].Center) / measured[groupOf[i]].Size)]), groups[0].Length);
    }
}
