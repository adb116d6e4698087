using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// Nested loops over strided operands, outermost first, neighbouring loops merged where every operand allows it. The order is
/// that of the first operand's memory, so that the innermost loop walks it without gaps.
/// </summary>
/// <param name="Extents">Iterations of each loop; at least one loop.</param>
/// <param name="Strides">Per operand, elements from one iteration of each loop to the next.</param>
internal sealed record LoopNest(int[] Extents, long[][] Strides)
{
    /// <summary>Loops over all elements of a form, which is the first operand.</summary>
    /// <param name="others">Strides of further operands along the form's logical axes.</param>
    public static LoopNest Over(MemoryFormat form, params long[][] others) => Over(form.Shape, form.AxisOrder, [form.Strides, .. others]);

    /// <summary>Loops over a shape in a given order of its axes.</summary>
    public static LoopNest Over(Shape shape, int[] order, long[][] strides) =>
        Over(Array.ConvertAll(order, axis => shape[axis]), Array.ConvertAll(strides, operand => Array.ConvertAll(order, axis => operand[axis])));

    /// <summary>Loops of any number, outermost first.</summary>
    public static LoopNest Over(int[] loops, long[][] strides)
    {
        var extents = new List<int>();
        var merged = new List<long[]>();
        for (int loop = 0; loop < loops.Length; loop++)
        {
            if (loops[loop] == 1)
                continue;
            long[] step = [.. strides.Select(operand => operand[loop])];
            if (extents.Count > 0 && step.Zip(merged[^1]).All(pair => pair.Second == pair.First * loops[loop]))
            {
                extents[^1] *= loops[loop];
                merged[^1] = step;
            }
            else
            {
                extents.Add(loops[loop]);
                merged.Add(step);
            }
        }
        if (extents.Count == 0)
        {
            extents.Add(1);
            merged.Add(new long[strides.Length]);
        }
        return new([.. extents], [.. Enumerable.Range(0, strides.Length).Select(operand => merged.Select(step => step[operand]).ToArray())]);
    }

    public int Count => Extents.Aggregate(1, (product, extent) => product * extent);
}
