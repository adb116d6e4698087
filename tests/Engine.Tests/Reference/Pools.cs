using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Pooling by its definition.</summary>
internal static class Pools
{
    public static Answer Max(MaxPool op, Doubles x)
    {
        var sliding = new Sliding(op.Window, x.Shape, [.. op.Window.Kernel]);
        Shape shape = sliding.OutputShape(x.Shape[0], x.Shape[1]);
        var places = new Doubles(shape);
        int index = 0, plane = x.Shape.CountOf(2, x.Rank);
        Doubles y = Doubles.Of(shape, at =>
        {
            double largest = double.NegativeInfinity;
            int from = (at[0] * x.Shape[1] + at[1]) * plane;
            sliding.Taps(at.AsSpan(2), (_, position) =>
            {
                if (!sliding.Inside(position))
                    return;
                double value = x.Data[from + Offset(position, sliding.Input, false)];
                if (value > largest)
                    (largest, places.Data[index]) = (value, from + Offset(position, sliding.Input, op.ColumnMajor));
            });
            index++;
            return largest;
        });
        return new([y, places], 0);
    }

    /// <remarks>Terms: the elements of a window.</remarks>
    public static Answer Average(AveragePool op, Doubles x)
    {
        var sliding = new Sliding(op.Window, x.Shape, [.. op.Window.Kernel]);
        int plane = x.Shape.CountOf(2, x.Rank);
        Doubles y = Doubles.Of(sliding.OutputShape(x.Shape[0], x.Shape[1]), at =>
        {
            double sum = 0;
            int count = 0, from = (at[0] * x.Shape[1] + at[1]) * plane;
            sliding.Taps(at.AsSpan(2), (_, position) =>
            {
                if (sliding.Inside(position))
                    sum += x.Data[from + Offset(position, sliding.Input, false)];
                if (op.CountIncludePad ? sliding.InsidePadding(position) : sliding.Inside(position))
                    count++;
            });
            return sum / count;
        });
        return new(y, op.Window.Kernel.Aggregate(1, (a, b) => a * b));
    }

    public static Answer Global(Doubles x, Func<IEnumerable<double>, double> reduce, int terms)
    {
        int plane = x.Shape.CountOf(2, x.Rank), index = 0;
        Shape shape = Shape.Create([x.Shape[0], x.Shape[1], .. Enumerable.Repeat(1, x.Rank - 2)]);
        return new(Doubles.Of(shape, _ => reduce(x.Data.Skip(index++ * plane).Take(plane))), terms);
    }

    /// <summary>Row-major, or with the last two axes exchanged.</summary>
    private static int Offset(int[] position, int[] extents, bool columnMajor)
    {
        int[] order = [.. Enumerable.Range(0, extents.Length)];
        if (columnMajor && order.Length > 1)
            (order[^1], order[^2]) = (order[^2], order[^1]);
        int offset = 0;
        foreach (int axis in order)
            offset = offset * extents[axis] + position[axis];
        return offset;
    }
}
