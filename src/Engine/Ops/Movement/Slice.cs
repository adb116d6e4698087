using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>A regular part of the input: inputs are starts, ends, axes (all when missing) and steps (1 when missing), all constants.</summary>
internal sealed partial record Slice : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public static Op FromOnnx(OnnxNode node)
    {
        if (node.InputCount == 1 && node.Ints("starts") is { } starts && node.Ints("ends") is { } ends)
        {
            node.SetInput(1, Tensor.Of<long>([starts.Length], starts));
            node.SetInput(2, Tensor.Of<long>([ends.Length], ends));
            if (node.Ints("axes") is { } axes)
                node.SetInput(3, Tensor.Of<long>([axes.Length], axes));
        }
        return new Slice();
    }

    public override void Infer(InferCall call)
    {
        call.Arity(3, 5);
        Shape from = call.Shape(0);
        (int[] counts, _, _) = Ranges(call, from);
        call.Output(0, call.Type(0), Shape.Create(counts));
    }

    /// <summary>Per axis: how many elements, the first one, and the step.</summary>
    /// <param name="first">The input that holds the starts; ends, axes and steps follow.</param>
    internal static (int[] Counts, int[] Starts, int[] Steps) Ranges(InferCall call, Shape from, int first = 1)
    {
        long[] starts = call.KnownInts(first, "starts"), ends = call.KnownInts(first + 1, "ends");
        long[] axes = call.Has(first + 2) ? call.KnownInts(first + 2, "axes") : [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[] steps = call.Has(first + 3) ? call.KnownInts(first + 3, "steps") : [.. Enumerable.Repeat(1L, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw call.Error($"its starts, ends, axes and steps have {starts.Length}, {ends.Length}, {axes.Length} and {steps.Length} entries");
        int[] counts = [.. from], begin = new int[from.Rank], step = [.. Enumerable.Repeat(1, from.Rank)];
        for (int i = 0; i < starts.Length; i++)
        {
            if (axes[i] < -from.Rank || axes[i] >= from.Rank)
                throw call.Error($"axis {axes[i]} does not exist in its input {from}");
            int axis = from.Axis((int)axes[i]);
            if (steps[i] == 0)
                throw call.Error("a step of 0 selects nothing and everything");
            long extent = from[axis], pace = Math.Clamp(steps[i], -int.MaxValue, int.MaxValue);
            long start = starts[i] < 0 ? starts[i] + extent : starts[i], end = ends[i] < 0 ? Math.Max(ends[i], long.MinValue / 2) + extent : ends[i];
            start = pace > 0 ? Math.Clamp(start, 0, extent) : Math.Clamp(start, -1, extent - 1);
            end = pace > 0 ? Math.Clamp(end, 0, extent) : Math.Clamp(end, -1, extent - 1);
            long count = pace > 0 ? (end - start + pace - 1) / pace : (start - end - pace - 1) / -pace;
            (counts[axis], begin[axis], step[axis]) = ((int)Math.Max(0, count), (int)Math.Max(0, start), (int)pace);
        }
        return (counts, begin, step);
    }

    /// <summary>Where the slice lies in a form: strides and offset in elements.</summary>
    internal static (long[] Strides, long Offset) View(InferCall call, MemoryFormat input, int first = 1)
    {
        (_, int[] starts, int[] steps) = Ranges(call, input.Shape, first);
        long[] strides = input.Strides;
        long offset = 0;
        for (int i = 0; i < strides.Length; i++)
        {
            offset += starts[i] * strides[i];
            strides[i] *= steps[i];
        }
        return (strides, offset);
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new SliceGradient(), [call.OutputGradient(), call.Input(0), .. call.Node.Inputs[1..]]);
    }

    public override CpuStep Prepare(CpuCall call)
    {
        (long[] strides, long offset) = View(call.Infer(), call.Input(0).Format);
        return Movement.Copy(call, 0, strides, offset);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        (long[] strides, long offset) = View(call.Infer(), call.Input(0).Format);
        return Movement.CopyShaders(call, 0, strides, offset);
    }
}
