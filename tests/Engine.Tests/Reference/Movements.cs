using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Operations that move elements or make them up, by the ONNX specification: results are exact.</summary>
internal static class Movements
{
    public static Doubles Concat(int axis, Doubles?[] inputs)
    {
        Doubles first = inputs[0]!;
        axis = axis < 0 ? axis + first.Rank : axis;
        return Doubles.Of(first.Shape.With(axis, inputs.Sum(x => x!.Shape[axis])), at =>
        {
            int[] within = [.. at];
            int i = 0;
            while (within[axis] >= inputs[i]!.Shape[axis])
                within[axis] -= inputs[i++]!.Shape[axis];
            return inputs[i]![within];
        });
    }

    public static Doubles Flatten(int axis, Doubles x)
    {
        axis = axis < 0 ? axis + x.Rank : axis;
        return x.Reshaped([x.Shape.CountOf(0, axis), x.Shape.CountOf(axis, x.Rank)]);
    }

    public static Doubles Reshape(bool allowZero, Doubles x, long[] wanted)
    {
        int[] extents = [.. wanted.Select((extent, i) => extent == 0 && !allowZero ? x.Shape[i] : (int)extent)];
        int open = Array.IndexOf(extents, -1);
        if (open >= 0)
            extents[open] = x.Count / extents.Where(extent => extent != -1).Aggregate(1, (a, b) => a * b);
        return x.Reshaped(Shape.Create(extents));
    }

    public static Doubles Squeeze(Doubles x, long[]? axes)
    {
        int[] gone = axes is null ? [.. Enumerable.Range(0, x.Rank).Where(i => x.Shape[i] == 1)] : Positive(axes, x.Rank);
        return x.Reshaped(Shape.Create([.. x.Shape.Where((_, i) => !gone.Contains(i))]));
    }

    public static Doubles Unsqueeze(Doubles x, long[] axes)
    {
        var extents = x.Shape.ToList();
        foreach (int axis in Positive(axes, x.Rank + axes.Length).Order())
            extents.Insert(axis, 1);
        return x.Reshaped(Shape.Create([.. extents]));
    }

    public static Doubles Transpose(Ints permutation, Doubles x)
    {
        int[] order = permutation.Count > 0 ? [.. permutation] : [.. Enumerable.Range(0, x.Rank).Reverse()];
        return Doubles.Of(Shape.Create([.. order.Select(axis => x.Shape[axis])]), at =>
        {
            var from = new int[at.Length];
            for (int i = 0; i < at.Length; i++)
                from[order[i]] = at[i];
            return x[from];
        });
    }

    public static Doubles Slice(Doubles?[] inputs)
    {
        Doubles x = inputs[0]!;
        long[] starts = inputs[1]!.Longs, ends = inputs[2]!.Longs;
        int[] axes = inputs.ElementAtOrDefault(3) is { } given ? Positive(given.Longs, x.Rank) : [.. Enumerable.Range(0, starts.Length)];
        long[] steps = inputs.ElementAtOrDefault(4)?.Longs ?? [.. Enumerable.Repeat(1L, starts.Length)];
        int[][] picked = [.. x.Shape.Select(extent => Enumerable.Range(0, extent).ToArray())];
        for (int i = 0; i < axes.Length; i++)
        {
            long extent = x.Shape[axes[i]], step = steps[i];
            long start = starts[i] < 0 ? starts[i] + extent : starts[i], end = ends[i] < 0 ? ends[i] + extent : ends[i];
            start = Math.Clamp(start, 0, step > 0 ? extent : extent - 1);
            end = Math.Clamp(end, step > 0 ? 0 : -1, extent);
            var indices = new List<int>();
            for (long at = start; step > 0 ? at < end : at > end; at += step)
                indices.Add((int)at);
            picked[axes[i]] = [.. indices];
        }
        return Doubles.Of(Shape.Create([.. picked.Select(p => p.Length)]), at => x[at.Select((a, axis) => picked[axis][a]).ToArray()]);
    }

    /// <summary>A slice of each element's own number says where what comes back belongs.</summary>
    public static Doubles SliceGradient(Doubles?[] inputs)
    {
        var result = new Doubles(inputs[1]!.Shape);
        var numbers = new Doubles(result.Shape, [.. Enumerable.Range(0, result.Count).Select(i => (double)i)]);
        foreach ((double place, double value) in Slice([numbers, .. inputs[2..]]).Data.Zip(inputs[0]!.Data))
            result.Data[(int)place] = value;
        return result;
    }

    /// <summary>The copies of each element's own number say where the gradient of each copy belongs.</summary>
    /// <param name="inputs">The gradient of the copies, and a tensor of the shape they were made from.</param>
    /// <remarks>Terms: the most copies of one element.</remarks>
    public static Answer SumOfCopies(Doubles?[] inputs, Func<Doubles, Doubles> copy)
    {
        var result = new Doubles(inputs[1]!.Shape);
        var copies = new int[result.Count];
        var numbers = new Doubles(result.Shape, [.. Enumerable.Range(0, result.Count).Select(i => (double)i)]);
        foreach ((double place, double value) in copy(numbers).Data.Zip(inputs[0]!.Data))
        {
            result.Data[(int)place] += value;
            copies[(int)place]++;
        }
        return new(result, copies.Max());
    }

    public static Doubles[] Split(Split op, Doubles x, long[]? sizes)
    {
        int axis = op.Axis < 0 ? op.Axis + x.Rank : op.Axis, extent = x.Shape[axis], longest = (int)Math.Ceiling(extent / (double)op.Parts);
        sizes ??= [.. Enumerable.Range(0, op.Parts).Select(i => (long)Math.Max(0, Math.Min(longest, extent - i * longest)))];
        return [.. sizes.Select((size, i) => Doubles.Of(x.Shape.With(axis, (int)size), at =>
        {
            int[] from = [.. at];
            from[axis] += (int)sizes[..i].Sum();
            return x[from];
        }))];
    }

    public static Doubles SplitGradient(SplitGradient op, Doubles?[] inputs)
    {
        Doubles[] shapes = Split(new Split(op.Parts, op.Axis), inputs[0]!, inputs.ElementAtOrDefault(1)?.Longs);
        return Concat(op.Axis, [.. shapes.Select((part, i) => inputs.ElementAtOrDefault(2 + i) ?? new Doubles(part.Shape))]);
    }

    public static Doubles Tile(Doubles x, long[] repeats) => Doubles.Of(Shape.Create([.. x.Shape.Select((extent, i) => extent * (int)repeats[i])]),
        at => x[at.Select((a, axis) => a % x.Shape[axis]).ToArray()]);

    public static Doubles DepthToSpace(DepthToSpace op, Doubles x)
    {
        int b = op.Size, channels = x.Shape[1] / b / b;
        return Doubles.Of([x.Shape[0], channels, x.Shape[2] * b, x.Shape[3] * b], at =>
        {
            int place = at[2] % b * b + at[3] % b;
            return x[[at[0], op.ColumnFirst ? at[1] * b * b + place : place * channels + at[1], at[2] / b, at[3] / b]];
        });
    }

    public static Doubles SpaceToDepth(SpaceToDepth op, Doubles x)
    {
        int b = op.Size, channels = x.Shape[1];
        return Doubles.Of([x.Shape[0], channels * b * b, x.Shape[2] / b, x.Shape[3] / b], at =>
        {
            (int place, int channel) = op.ColumnFirst ? (at[1] % (b * b), at[1] / (b * b)) : (at[1] / channels, at[1] % channels);
            return x[[at[0], channel, at[2] * b + place / b, at[3] * b + place % b]];
        });
    }

    public static Doubles[] ConcatGradient(int axis, Doubles?[] inputs)
    {
        Doubles whole = inputs[0]!;
        axis = axis < 0 ? axis + whole.Rank : axis;
        int before = 0;
        return [.. inputs.Skip(1).Select(part =>
        {
            int from = before;
            before += part!.Shape[axis];
            return Doubles.Of(part.Shape, at =>
            {
                int[] within = [.. at];
                within[axis] += from;
                return whole[within];
            });
        })];
    }

    public static Doubles Gather(int axis, Doubles x, Doubles indices)
    {
        axis = axis < 0 ? axis + x.Rank : axis;
        Shape shape = Shape.Create([.. x.Shape.Take(axis), .. indices.Shape.Span, .. x.Shape.Skip(axis + 1)]);
        return Doubles.Of(shape, at =>
        {
            int picked = (int)indices[at.AsSpan(axis, indices.Rank)];
            return x[[.. at[..axis], picked < 0 ? picked + x.Shape[axis] : picked, .. at[(axis + indices.Rank)..]]];
        });
    }

    public static Doubles Pad(PadMode mode, Doubles?[] inputs)
    {
        Doubles x = inputs[0]!;
        long[] pads = inputs[1]!.Longs;
        double constant = inputs.ElementAtOrDefault(2)?.Data[0] ?? 0;
        int[] axes = inputs.ElementAtOrDefault(3) is { } given ? Positive(given.Longs, x.Rank) : [.. Enumerable.Range(0, x.Rank)];
        int[] extents = [.. x.Shape], begins = new int[x.Rank];
        for (int i = 0; i < axes.Length; i++)
        {
            begins[axes[i]] = (int)pads[i];
            extents[axes[i]] += (int)(pads[i] + pads[axes.Length + i]);
        }
        return Doubles.Of(Shape.Create(extents), at =>
        {
            int[] from = [.. at.Select((a, axis) => Place(mode, a - begins[axis], x.Shape[axis]))];
            return from.Contains(-1) ? constant : x[from];
        });
    }

    public static Doubles ShapeOf(ShapeOf op, Doubles x)
    {
        int[] extents = x.Shape.ToArray()[..];
        int start = op.Start < 0 ? op.Start + x.Rank : op.Start, end = op.End < 0 ? op.End + x.Rank : Math.Min(op.End, x.Rank);
        return new([end - start], [.. extents[start..end].Select(extent => (double)extent)]);
    }

    public static Doubles ConstantOfShape(ConstantOfShape op, Doubles shape)
    {
        Span<byte> bytes = BitConverter.GetBytes(op.Bits).AsSpan(0, op.Type.Size());
        double value = Doubles.From(new Tensor(op.Type, [1], bytes.ToArray())).Data[0];
        return Doubles.Of(Shape.FromLongs(shape.Longs), _ => value);
    }

    /// <summary>Where the element at a position outside comes from; -1 for the constant.</summary>
    private static int Place(PadMode mode, int at, int extent)
    {
        if (at >= 0 && at < extent)
            return at;
        switch (mode)
        {
            case PadMode.Constant:
                return -1;
            case PadMode.Edge:
                return at < 0 ? 0 : extent - 1;
            case PadMode.Wrap:
                while (at < 0)
                    at += extent;
                return at % extent;
            default:
                while (at < 0 || at >= extent)
                    at = at < 0 ? -at : 2 * (extent - 1) - at;
                return at;
        }
    }

    private static int[] Positive(long[] axes, int rank) => [.. axes.Select(axis => (int)(axis < 0 ? axis + rank : axis))];
}
