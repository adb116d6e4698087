using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// What an operation that repeats places of its axes passes back: every element gets the sum of what its copies got. Inputs: dy, x (its
/// shape alone), and the constant that says how places repeat.
/// </summary>
internal abstract record CopiesGradient : Op
{
    public override bool ReadsShapeOnly(int input) => input == 1;

    /// <summary>The shape of what the operation makes of its input.</summary>
    private protected abstract Shape Copied(InferCall call);

    /// <summary>For each place of an axis of dy the place of x it repeats; null where places stay.</summary>
    private protected abstract Func<int, int[]?> Origins(InferCall call, Shape dy, Shape x);

    /// <summary>Names what <see cref="Origins"/> depends on beside the shapes.</summary>
    private protected abstract string Key(InferCall call);

    private protected void Infer(InferCall call, int most)
    {
        call.Arity(3, most);
        Shape copied = Copied(call);
        if (call.Type(0) != ElementType.Float32 || call.Shape(0) != copied)
            throw call.Error($"the gradient of the output is {call.Type(0)} {call.Shape(0)}, but the output is Float32 {copied}");
        call.Output(0, ElementType.Float32, call.Shape(1));
    }

    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), dx = call.Output(0);
        CopySumShader.Axis[] axes = Axes(call.Infer(), dy.Format, dx.Format);
        // Along the fastest axis whole lines are added where nothing was copied.
        bool lines = axes.Length > 0 && axes[^1] is { Lists: null, FromStride: 1, ToStride: 1 };
        CopySumShader.Axis[] outer = lines ? axes[..^1] : axes;
        var kernel = new CopySum(call.Width, Array.ConvertAll(outer, axis => axis.Extent), Array.ConvertAll(outer, axis => axis.Lists),
            Array.ConvertAll(outer, axis => axis.FromStride), Array.ConvertAll(outer, axis => axis.ToStride), lines ? axes[^1].Extent : 1);
        return CpuStep.Of(dx.Format.Shape.ElementCount == 0 ? 0 : kernel.Rows, (begin, end, _) => kernel.Run(begin, end, dy.Floats, dx.Floats));
    }

    public override unsafe IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand dy = call.Input(0), dx = call.Output(0);
        if (dx.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        CopySumShader.Axis[] axes = Axes(call.Infer(), dy.Format, dx.Format);
        if (axes.All(axis => axis.Lists is null))
            return Movement.CopyShaders(call, 0, dy.Format.Strides, 0);
        if (call.Parameter(2) is null)
            return [];
        int[] lists = CopySumShader.Lists(axes);
        string key = $"gl copies of {dx.Format.Shape} {dx.Format.Layout} by {Key(call.Infer())}";
        Pack pack = (_, packed) => lists.CopyTo(new Span<int>(packed, lists.Length));
        return [CopySumShader.Call(axes, new Binding.Derived(2, key, lists.Length, pack, 0, lists.Length * 4L), dy.Offset, dx.Offset)];
    }

    /// <summary>The axes of the result from the slowest to the fastest in memory; those that were copied along have lists.</summary>
    private CopySumShader.Axis[] Axes(InferCall call, MemoryFormat dy, MemoryFormat dx)
    {
        Func<int, int[]?> origins = Origins(call, dy.Shape, dx.Shape);
        long[] from = dy.Strides, to = dx.Strides;
        return Array.ConvertAll(dx.AxisOrder, axis => new CopySumShader.Axis(dx.Shape[axis], from[axis], to[axis],
            origins(axis) is { } places ? CopyLists.Of(dx.Shape[axis], places) : null));
    }
}
