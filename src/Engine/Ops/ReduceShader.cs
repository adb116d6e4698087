using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>Dispatches of reduce.comp: one number from many, for every index of the axes that stay.</summary>
internal static class ReduceShader
{
    public enum Kind { Mean, Largest, Variance }

    /// <summary>
    /// Reduces the marked axes of a form. Lanes of a group lie over results where those are neighbours in memory, else over what is
    /// reduced; a renderer on the CPU combines no lanes unless there are too few results.
    /// </summary>
    /// <param name="target">The output's strides along the input's axes, and its first element.</param>
    /// <param name="centers">For <see cref="Kind.Variance"/>: what is bound, the strides along the input's axes and the first element.</param>
    public static ShaderCall Call(
        GlCall call, Kind kind, GlOperand x, bool[] reduced, (Binding Binding, long[] Strides, long Offset) target,
        (Binding Binding, long[] Strides, long Offset)? centers = null)
    {
        int[] order = x.Form.AxisOrder;
        long[] strides = x.Form.Strides;
        long[] middle = centers?.Strides ?? target.Strides;
        LoopNest kept = LoopNest.Over(x.Form.Shape, [.. order.Where(axis => !reduced[axis])], [strides, target.Strides, middle]);
        LoopNest over = LoopNest.Over(x.Form.Shape, [.. order.Where(axis => reduced[axis])], [strides]);
        (int rows, int lanes) = Shape(call, kept.Count, over.Count, besides: order.Length > 0 && !reduced[order[^1]]);
        ShaderBuilder shader = new ShaderBuilder("reduce.comp", $"{rows} x {lanes}").Bind(new Binding.Input(0)).Bind(target.Binding)
            .Define(("KIND", (int)kind), ("ROWS", rows), ("LANES", lanes), ("COUNT", kept.Count), ("REDUCED", over.Count))
            .Define("X_AT(i)", StridedShader.Index(kept, new("X", 0, x.Offset))).Define("R_AT(i)", StridedShader.Index(over, new("R", 0, 0)))
            .Define("Y_AT(i)", StridedShader.Index(kept, new("Y", 1, target.Offset)));
        if (centers is { } center)
            shader.Bind(center.Binding).Define("CENTER_AT(i)", StridedShader.Index(kept, new("C", 2, center.Offset)));
        return shader.Over((kept.Count + rows - 1) / rows);
    }

    /// <summary>Results of a group and threads for each.</summary>
    private static (int Rows, int Lanes) Shape(GlCall call, int results, int reduced, bool besides)
    {
        if (call.IsSoftware)
            return results >= 16 ? (32, 1) : (1, 64);
        if (besides && results >= 32)
            return reduced >= 1024 ? (32, 32) : (32, 8);
        return reduced >= 256 ? (1, 256) : (8, 32);
    }
}
