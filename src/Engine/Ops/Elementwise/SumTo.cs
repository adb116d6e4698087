using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The first input summed down to the shape of the second, over the axes along which that one would be repeated: the reverse of
/// broadcasting. The second is read for its shape alone.
/// </summary>
internal sealed record SumTo : Op
{
    public override bool ReadsShapeOnly(int input) => input == 1;
    public override LayoutRule Layouts => LayoutRule.Reads;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (call.Type(0) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(0)}, but it runs in Float32");
        if (Broadcast.Shapes(call, 2) != call.Shape(0))
            throw call.Error($"its input {call.Shape(0)} cannot be summed to {call.Shape(1)}");
        call.Output(0, ElementType.Float32, call.Shape(1));
    }

    public override void Gradient(GradientCall call) => call[0] = call.Add(new ExpandLike(), call.OutputGradient(), call.Input(0));

    public override void Alias(AliasCall call)
    {
        if (call.InputInfo(0).Shape == call.OutputInfo(0).Shape)
            call.View(0, 0);
    }

    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        if (x.Format.Shape == y.Format.Shape)
            return Movement.Copy(call, 0, x.Format.Strides, 0);
        if (y.Format.Shape.ElementCount == 0)
            return CpuStep.None;
        (bool[] reduced, long[] outputStrides) = Reduced(x.Format, y.Format);
        int[] order = x.Format.AxisOrder;
        long[] strides = x.Format.Strides;
        var kernel = new Reduction(call.Width, ReductionKind.Sum,
            Array.ConvertAll(order, axis => x.Format.Shape[axis]), Array.ConvertAll(order, axis => reduced[axis]),
            Array.ConvertAll(order, axis => strides[axis]), Array.ConvertAll(order, axis => outputStrides[axis]));
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Format.Shape == y.Format.Shape || y.Format.Shape.ElementCount == 0)
            return Movement.CopyShaders(call, 0, x.Format.Strides, 0);
        if (x.Format.Shape.ElementCount == 0)
            return [];
        (bool[] reduced, long[] strides) = Reduced(x.Format, y.Format);
        return ReduceShader.List(call, ReductionKind.Sum, x, reduced, (new Binding.Output(0), strides, y.Offset));
    }

    /// <summary>Which axes are summed over, and the output's strides along the input's axes.</summary>
    private static (bool[] Reduced, long[] OutputStrides) Reduced(MemoryFormat x, MemoryFormat y)
    {
        long[] strides = Broadcast.Strides(y, x.Shape);
        var reduced = new bool[x.Shape.Rank];
        for (int axis = 0, own = y.Shape.Rank - x.Shape.Rank; axis < reduced.Length; axis++, own++)
            reduced[axis] = x.Shape[axis] > 1 && (own < 0 || y.Shape[own] == 1);
        return (reduced, strides);
    }
}
