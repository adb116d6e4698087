using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Resampling along several axes, one after the other; what lies between is scratch memory in the order of the result's axes.</summary>
internal static class AxisStages
{
    /// <summary>One axis that changes, and how.</summary>
    public readonly record struct Stage(int Axis, AxisWeights Weights);

    public static unsafe CpuStep Prepare(CpuCall call, IReadOnlyList<Stage> stages)
    {
        Operand x = call.Input(0), y = call.Output(0);
        if (y.Format.Shape.ElementCount == 0)
            return CpuStep.None;
        if (stages.Count == 0)
            return Movement.Copy(call, 0, x.Format.Strides, 0);
        var steps = new List<CpuStep>();
        Operand from = x;
        long[] strides = x.Format.Strides;
        Shape shape = x.Format.Shape;
        foreach ((int i, Stage stage) in stages.Index())
        {
            Shape next = shape.With(stage.Axis, stage.Weights.Count);
            bool last = i == stages.Count - 1;
            long[] target = last ? y.Format.Strides : Between(next, y.Format.AxisOrder);
            Operand source = from, to = last ? y : call.Workspace(next.ElementCount);
            int[] others = [.. y.Format.AxisOrder.Where(axis => axis != stage.Axis)];
            LoopNest nest = LoopNest.Over(Array.ConvertAll(others, axis => next[axis]),
                [Array.ConvertAll(others, axis => target[axis]), Array.ConvertAll(others, axis => strides[axis])]);
            var kernel = new AxisResampling(call.Width, stage.Weights, nest.Extents, nest.Strides[1], nest.Strides[0], strides[stage.Axis], target[stage.Axis]);
            steps.Add(CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, source.Floats, to.Floats), "resample"));
            (from, strides, shape) = (to, target, next);
        }
        return CpuStep.InTurn(steps);
    }

    /// <param name="parameter">The input the weights are derived from; it has to be a parameter.</param>
    /// <param name="key">Names what the weights depend on.</param>
    public static unsafe IEnumerable<ShaderCall> Shaders(GlCall call, IReadOnlyList<Stage> stages, int parameter, string key)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        if (stages.Count == 0)
            return Movement.CopyShaders(call, 0, x.Format.Strides, 0);
        if (call.Parameter(parameter) is null)
            return [];
        var calls = new List<ShaderCall>();
        (Binding from, long[] strides, int offset) = (new Binding.Input(0), x.Format.Strides, x.Offset);
        Shape shape = x.Format.Shape;
        foreach ((int i, Stage stage) in stages.Index())
        {
            Shape next = shape.With(stage.Axis, stage.Weights.Count);
            bool last = i == stages.Count - 1;
            long[] target = last ? y.Format.Strides : Between(next, y.Format.AxisOrder);
            Binding to = last ? new Binding.Output(0) : new Binding.Workspace(i % 2, next.ElementCount * 4L);
            int[] words = stage.Weights.Words();
            Pack pack = (_, packed) => words.CopyTo(new Span<int>(packed, words.Length));
            // The element of x is that of place 0; the axis itself walks the words.
            long[] origins = [.. strides.Select((stride, axis) => axis == stage.Axis ? 0 : stride)];
            long[] places = [.. strides.Select((_, axis) => axis == stage.Axis ? 1L : 0)];
            LoopNest nest = LoopNest.Over(next, y.Format.AxisOrder, [target, origins, places]);
            StridedShader.Walk[] walks = [new("X", 1, offset), new("Y", 0, last ? y.Offset : 0), new("PLACE", 2, 0)];
            bool quads = nest.Strides[1][^1] == 1 && strides[stage.Axis] % 4 == 0 && StridedShader.Quads(nest, walks);
            calls.Add(StridedShader.Call(quads, "resample.comp", nest, walks,
                [from, new Binding.Derived(parameter, $"gl {key}, axis {stage.Axis}", words.Length, pack, 0, words.Length * 4L), to],
                ("AXIS_COUNT", StridedShader.Text(stage.Weights.Count)), ("AXIS_STEP", StridedShader.Text(strides[stage.Axis] / (quads ? 4 : 1)))));
            (from, strides, offset, shape) = (to, target, 0, next);
        }
        ShaderCall chain = calls[^1];
        for (int i = calls.Count - 2; i >= 0; i--)
            chain = calls[i] with { Next = chain };
        return [chain];
    }

    /// <summary>Dense strides with the axes in the given order, the slowest first.</summary>
    private static long[] Between(Shape shape, int[] order)
    {
        var strides = new long[shape.Rank];
        long stride = 1;
        foreach (int axis in order.Reverse())
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }
}
