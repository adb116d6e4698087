using LiveCam.Engine.Tensors;

namespace LiveCam.Commands;

/// <summary>
/// When two tensors agree: |actual - expected| is at most absolute + relative |expected| for every element. Both NaN, or the same infinity,
/// agree; integers and booleans are compared as numbers.
/// </summary>
internal readonly record struct Tolerance(double Relative, double Absolute)
{
    /// <summary>The largest |actual - expected| / (absolute / relative + |expected|): within tolerance when at most <see cref="Relative"/>.</summary>
    public double Error(Tensor expected, Tensor actual)
    {
        double floor = Absolute / Relative, largest = 0;
        for (int i = 0; i < expected.Count; i++)
        {
            (double e, double a) = (Number(expected, i), Number(actual, i));
            if (e.Equals(a)) continue;
            if (!double.IsFinite(e) || !double.IsFinite(a)) return double.PositiveInfinity;
            largest = Math.Max(largest, Math.Abs(a - e) / (floor + Math.Abs(e)));
        }
        return largest;
    }

    private static double Number(Tensor tensor, int index) => tensor.Type switch
    {
        ElementType.Float32 => tensor.Span<float>()[index],
        ElementType.Float64 => tensor.Span<double>()[index],
        ElementType.Float16 => (double)tensor.Span<Half>()[index],
        ElementType.Int8 => tensor.Span<sbyte>()[index],
        ElementType.Int16 => tensor.Span<short>()[index],
        ElementType.Int32 => tensor.Span<int>()[index],
        ElementType.Int64 => tensor.Span<long>()[index],
        ElementType.UInt8 => tensor.Span<byte>()[index],
        ElementType.UInt16 => tensor.Span<ushort>()[index],
        ElementType.UInt32 => tensor.Span<uint>()[index],
        ElementType.UInt64 => tensor.Span<ulong>()[index],
        _ => tensor.Bytes.Span[index],
    };
}
