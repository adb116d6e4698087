using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Elements found by their size along an axis, and running sums.</summary>
internal static class Picks
{
    public static Doubles Extreme(ArgExtreme op, Doubles x)
    {
        int axis = op.Axis < 0 ? op.Axis + x.Rank : op.Axis;
        Doubles found = Doubles.Of(x.Shape.With(axis, 1), at =>
        {
            double[] row = Row(x, at, axis);
            double best = op.Largest ? row.Max() : row.Min();
            return op.Last ? Array.LastIndexOf(row, best) : Array.IndexOf(row, best);
        });
        return op.Keep ? found : found.Reshaped(Shape.Create([.. x.Shape.Where((_, i) => i != axis)]));
    }

    public static Doubles Hardmax(Hardmax op, Doubles x)
    {
        int axis = op.Axis < 0 ? op.Axis + x.Rank : op.Axis;
        Doubles flat = op.Trailing ? x.Reshaped([x.Shape.CountOf(0, axis), x.Shape.CountOf(axis, x.Rank)]) : x;
        int along = op.Trailing ? 1 : axis;
        return Doubles.Of(flat.Shape, at => Row(flat, at, along) is var row && Array.IndexOf(row, row.Max()) == at[along] ? 1 : 0).Reshaped(x.Shape);
    }

    public static Doubles[] Top(TopK op, Doubles x, int count)
    {
        int axis = op.Axis < 0 ? op.Axis + x.Rank : op.Axis;
        (double Value, int Index) Ranked(int[] at)
        {
            var row = Row(x, at, axis).Select((value, i) => (value, i));
            return (op.Largest ? row.OrderByDescending(one => one.value).ThenBy(one => one.i) : row.OrderBy(one => one.value).ThenBy(one => one.i)).ElementAt(at[axis]);
        }
        Shape shape = x.Shape.With(axis, count);
        return [Doubles.Of(shape, at => Ranked(at).Value), Doubles.Of(shape, at => Ranked(at).Index)];
    }

    public static Doubles Running(CumSum op, Doubles x, int along)
    {
        int axis = along < 0 ? along + x.Rank : along;
        return Doubles.Of(x.Shape, at => Row(x, at, axis).Where((_, i) => op.Reverse ? i > at[axis] || !op.Exclusive && i == at[axis] : i < at[axis] || !op.Exclusive && i == at[axis]).Sum());
    }

    private static double[] Row(Doubles x, int[] at, int axis)
    {
        int[] place = [.. at];
        return [.. Enumerable.Range(0, x.Shape[axis]).Select(i =>
        {
            place[axis] = i;
            return x[place];
        })];
    }
}
