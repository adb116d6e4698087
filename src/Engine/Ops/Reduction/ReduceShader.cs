using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Dispatches of reduce.comp: one number from many, for every index of the axes that stay.</summary>
internal static class ReduceShader
{
    /// <summary>
    /// Reduces the marked axes of a form. Lanes of a group lie over results where those are neighbours in memory, else over what is
    /// reduced; a renderer on the CPU combines no lanes unless there are too few results.
    /// </summary>
    /// <param name="target">The output's strides along the input's axes, and its first element.</param>
    /// <param name="centers">For a variance, and the largest for <see cref="ReductionKind.LogSumExp"/>: what is bound, the strides along the input's axes and the first element.</param>
    public static IReadOnlyList<ShaderCall> List(
        GlCall call, ReductionKind kind, GlOperand x, bool[] reduced, (Binding Binding, long[] Strides, long Offset) target,
        (Binding Binding, long[] Strides, long Offset)? centers = null) =>
        List(call, kind, new Elements(x.Format.Shape, x.Format.AxisOrder, x.Format.Strides, x.Offset), reduced, target, centers);

    /// <summary>What is reduced: its axes, their order in memory, the strides along them and the first element.</summary>
    public sealed record Elements(Shape Extents, int[] Order, long[] Strides, long Offset);

    /// <summary>The same of elements that are no form.</summary>
    public static IReadOnlyList<ShaderCall> List(
        GlCall call, ReductionKind kind, Elements x, bool[] reduced, (Binding Binding, long[] Strides, long Offset) target,
        (Binding Binding, long[] Strides, long Offset)? centers = null)
    {
        (Shape extents, int[] order, long[] strides, long offset) = x;
        long[] middle = centers?.Strides ?? target.Strides;
        LoopNest kept = LoopNest.Over(extents, [.. order.Where(axis => !reduced[axis])], [strides, target.Strides, middle]);
        LoopNest over = LoopNest.Over(extents, [.. order.Where(axis => reduced[axis])], [strides]);
        bool besides = order.Length > 0 && !reduced[order[^1]];
        (int Rows, int Lanes) best = call.IsSoftware ? (kept.Count >= 16 ? (32, 1) : (1, 64))
            : besides && kept.Count >= 32 ? (over.Count >= 1024 ? (32, 32) : (32, 8))
            : over.Count >= 256 ? (1, 256) : (8, 32);
        return [.. Shapes.OrderBy(shape => shape == best ? 0 : 1).Select(shape => Call(kind, shape.Rows, shape.Lanes, kept, over, offset, target, centers))];
    }

    // Results of a group and threads for each.
    private static readonly (int Rows, int Lanes)[] Shapes = [(32, 1), (32, 8), (32, 32), (8, 32), (1, 64), (1, 256)];

    private static ShaderCall Call(
        ReductionKind kind, int rows, int lanes, LoopNest kept, LoopNest over, long xOffset,
        (Binding Binding, long[] Strides, long Offset) target, (Binding Binding, long[] Strides, long Offset)? centers)
    {
        ShaderBuilder shader = new ShaderBuilder("reduce.comp", $"{rows} x {lanes}").Bind(new Binding.Input(0)).Bind(target.Binding)
            .Define(("ROWS", rows), ("LANES", lanes), ("COUNT", kept.Count), ("REDUCED", over.Count))
            .Define("KIND", $"KIND_{kind.ToString().ToUpperInvariant()}").Define("X_AT(i)", StridedShader.Index(kept, new("X", 0, xOffset))).Define("R_AT(i)", StridedShader.Index(over, new("R", 0, 0)))
            .Define("Y_AT(i)", StridedShader.Index(kept, new("Y", 1, target.Offset)));
        if (centers is { } center)
            shader.Bind(center.Binding).Define("CENTER_AT(i)", StridedShader.Index(kept, new("C", 2, center.Offset)));
        return shader.Over((kept.Count + rows - 1) / rows);
    }
}
