using LiveCam.Engine.Kernels;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Operations that find elements by indices, by the ONNX specification.</summary>
internal static class Indexings
{
    public static Doubles GatherElements(int axis, Doubles x, Doubles indices)
    {
        axis = axis < 0 ? axis + x.Rank : axis;
        return Doubles.Of(indices.Shape, at =>
        {
            int[] from = [.. at];
            from[axis] = Positive(indices[at], x.Shape[axis]);
            return x[from];
        });
    }

    public static Doubles GatherND(int batch, Doubles x, Doubles indices)
    {
        int named = indices.Shape[indices.Rank - 1];
        Shape shape = Shape.Create([.. indices.Shape.Take(indices.Rank - 1), .. x.Shape.Skip(batch + named)]);
        return Doubles.Of(shape, at => x[Coordinates(batch, named, x, indices, at)]);
    }

    /// <remarks>Terms: elements put to one place.</remarks>
    public static Answer ScatterElements(ScatterElements op, Doubles x, Doubles indices, Doubles updates)
    {
        int axis = op.Axis < 0 ? op.Axis + x.Rank : op.Axis;
        var puts = new List<(int[] To, double Value)>();
        Doubles.Of(updates.Shape, at =>
        {
            int[] to = [.. at];
            to[axis] = Positive(indices[at], x.Shape[axis]);
            puts.Add((to, updates[at]));
            return 0;
        });
        return Put(op.Reduction, x, puts);
    }

    public static Answer ScatterND(ScatterND op, Doubles x, Doubles indices, Doubles updates)
    {
        int named = indices.Shape[indices.Rank - 1];
        var puts = new List<(int[] To, double Value)>();
        Doubles.Of(updates.Shape, at =>
        {
            puts.Add((Coordinates(op.BatchAxes, named, x, indices, at), updates[at]));
            return 0;
        });
        return Put(op.Reduction, x, puts);
    }

    public static Doubles Compress(int? axis, Doubles x, Doubles condition)
    {
        Doubles flat = axis is null ? x.Reshaped([x.Count]) : x;
        int along = axis is { } given ? given < 0 ? given + x.Rank : given : 0;
        int[] kept = [.. Enumerable.Range(0, condition.Count).Where(i => condition.Data[i] != 0)];
        return Doubles.Of(flat.Shape.With(along, kept.Length), at =>
        {
            int[] from = [.. at];
            from[along] = kept[at[along]];
            return flat[from];
        });
    }

    public static Doubles ReverseSequence(ReverseSequence op, Doubles x, Doubles lengths) => Doubles.Of(x.Shape, at =>
    {
        int length = (int)lengths.Data[at[op.BatchAxis]];
        int[] from = [.. at];
        if (at[op.TimeAxis] < length)
            from[op.TimeAxis] = length - 1 - at[op.TimeAxis];
        return x[from];
    });

    public static Doubles OneHot(int axis, Doubles indices, int depth, Doubles values)
    {
        axis = axis < 0 ? axis + indices.Rank + 1 : axis;
        return Doubles.Of(Shape.Create([.. indices.Shape.Take(axis), depth, .. indices.Shape.Skip(axis)]), at =>
        {
            double index = indices[[.. at[..axis], .. at[(axis + 1)..]]];
            return values.Data[(index < 0 ? index + depth : index) == at[axis] ? 1 : 0];
        });
    }

    public static Doubles NonZero(Doubles x)
    {
        int[] found = [.. Enumerable.Range(0, x.Count).Where(i => x.Data[i] != 0)];
        return Doubles.Of([x.Rank, found.Length], at => found[at[1]] / x.Shape.CountOf(at[0] + 1, x.Rank) % x.Shape[at[0]]);
    }

    public static Doubles Range(double start, double limit, double step)
    {
        var numbers = new List<double>();
        for (double number = start; step > 0 ? number < limit : number > limit; number = start + numbers.Count * step)
            numbers.Add(number);
        return new([numbers.Count], [.. numbers]);
    }

    public static Doubles Trilu(bool upper, Doubles x, long diagonal) => Doubles.Of(x.Shape, at =>
    {
        long moved = at[^1] - at[^2] - diagonal;
        return (upper ? moved >= 0 : moved <= 0) ? x[at] : 0;
    });

    public static Doubles MaxUnpool(Window window, Doubles x, Doubles places, long[]? wanted)
    {
        int axes = x.Rank - 2;
        int[] Of(Ints list, int count, int otherwise) => list.Count > 0 ? [.. list] : [.. Enumerable.Repeat(otherwise, count)];
        int[] strides = Of(window.Strides, axes, 1), pads = Of(window.Pads, 2 * axes, 0);
        var own = new Doubles(Shape.Create([x.Shape[0], x.Shape[1], .. Enumerable.Range(0, axes).Select(i => (x.Shape[i + 2] - 1) * strides[i] + window.Kernel[i] - pads[i] - pads[axes + i])]));
        for (int i = 0; i < x.Count; i++)
            own.Data[(int)places.Data[i]] = x.Data[i];
        if (wanted is null)
            return own;
        return Doubles.Of(Shape.FromLongs(wanted), at => at.Zip(own.Shape).All(pair => pair.First < pair.Second) ? own[at] : 0);
    }

    /// <summary>Each element's number unpooled says where its gradient is.</summary>
    public static Doubles MaxUnpoolGradient(Window window, Doubles dy, Doubles places)
    {
        var numbers = new Doubles(places.Shape, [.. Enumerable.Range(1, places.Count).Select(i => (double)i)]);
        Doubles spread = MaxUnpool(window, numbers, places, [.. dy.Shape.Select(extent => (long)extent)]);
        var dx = new Doubles(places.Shape);
        for (int i = 0; i < places.Count; i++)
            if (Array.IndexOf(spread.Data, i + 1.0) is >= 0 and var at)
                dx.Data[i] = dy.Data[at];
        for (int i = 0; i < places.Count; i++)
            dx.Data[i] = dx.Data[Array.FindLastIndex(places.Data, place => place == places.Data[i])];
        return dx;
    }

    private static int[] Coordinates(int batch, int named, Doubles x, Doubles indices, int[] at)
    {
        int[] tuple = at[..(indices.Rank - 1)], slice = at[(indices.Rank - 1)..];
        IEnumerable<int> picked = Enumerable.Range(0, named).Select(i => Positive(indices[[.. tuple, i]], x.Shape[batch + i]));
        return [.. tuple[..batch], .. picked, .. slice];
    }

    private static Answer Put(ScatterReduction reduction, Doubles x, List<(int[] To, double Value)> puts)
    {
        var y = new Doubles(x.Shape, [.. x.Data]);
        var counts = new int[y.Count];
        foreach ((int[] to, double value) in puts)
        {
            int at = to.Zip(x.Shape).Aggregate(0, (sum, pair) => sum * pair.Second + pair.First);
            counts[at]++;
            y.Data[at] = reduction switch
            {
                ScatterReduction.Add => y.Data[at] + value,
                ScatterReduction.Mul => y.Data[at] * value,
                ScatterReduction.Max => Math.Max(y.Data[at], value),
                ScatterReduction.Min => Math.Min(y.Data[at], value),
                _ => value,
            };
        }
        return new(y, reduction is ScatterReduction.Add or ScatterReduction.Mul ? counts.Append(1).Max() : 0);
    }

    private static int Positive(double index, int extent) => (int)(index < 0 ? index + extent : index);
}
