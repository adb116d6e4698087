using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The sum of the squares of all elements, one number: of a gradient, its norm squared.</summary>
internal sealed record SumOfSquares : Op
{
    private const int UnitElements = 16384;

    public override LayoutRule Layouts => LayoutRule.Reads;

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        if (call.Type(0) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(0)}, but it runs in Float32");
        call.Output(0, ElementType.Float32, Shape.Scalar);
    }

    public override void Gradient(GradientCall call) =>
        call[0] = call.Add(new Mul(), call.Input(0), call.Scaled(call.OutputGradient(), 2));

    public override Cost Cost(InferCall call) => new(2L * call.Shape(0).ElementCount);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        if (!x.Format.IsDense || x.Format.Shape.ElementCount <= UnitElements)
            return Whole(call, x, y);
        int count = x.Format.Shape.ElementCount, parts = (count + UnitElements - 1) / UnitElements;
        var kernel = new Reduction(call.Width, ReductionKind.SumSquare, [UnitElements], [true], [1], [1]);
        var last = new Reduction(call.Width, ReductionKind.SumSquare, [count - (parts - 1) * UnitElements], [true], [1], [1]);
        var sum = new Reduction(call.Width, ReductionKind.Sum, [parts], [true], [1], [1]);
        Operand partial = call.Workspace(parts);
        return CpuStep.InTurn([
            CpuStep.Of(parts, (begin, end, _) =>
            {
                for (int i = begin; i < end; i++)
                    (i < parts - 1 ? kernel : last).Run(0, 1, x.Floats + (long)i * UnitElements, partial.Floats + i);
            }),
            CpuStep.Of(1, (_, _, _) => sum.Run(0, 1, partial.Floats, y.Floats)),
        ]);
    }

    private static unsafe CpuStep Whole(CpuCall call, Operand x, Operand y)
    {
        int[] order = x.Format.AxisOrder;
        long[] strides = x.Format.Strides;
        var kernel = new Reduction(call.Width, ReductionKind.SumSquare, Array.ConvertAll(order, axis => x.Format.Shape[axis]),
            Array.ConvertAll(order, _ => true), Array.ConvertAll(order, axis => strides[axis]), new long[order.Length]);
        return CpuStep.Of(1, (_, _, _) => kernel.Run(0, 1, x.Floats, y.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Format.Shape.ElementCount == 0)
            return [];
        int rank = x.Format.Shape.Rank;
        return ReduceShader.List(call, ReductionKind.SumSquare, x, [.. Enumerable.Repeat(true, rank)], (new Binding.Output(0), new long[rank], y.Offset));
    }
}

/// <summary>
/// What every gradient is multiplied by: min(1, <paramref name="Largest"/> / norm), or 0 where the norm or the loss is not finite.
/// Inputs: the squared norm of all gradients together, the loss. (Pascanu, Mikolov and Bengio 2013, algorithm 1.)
/// </summary>
internal sealed record ClipFactor(float Largest = float.PositiveInfinity)
    : Binary<ClipFactorBody>($"T(abs(a + b) < T(3.0e38) ? min(1.0, {StridedShader.Text(Largest)} / max(sqrt(a), 1e-30)) : 0.0)")
{
    protected override ClipFactorBody Body => new(Largest);

    public override void Infer(InferCall call)
    {
        base.Infer(call);
        if (call.OutputShape(0).ElementCount != 1)
            throw call.Error($"its inputs are {call.Shape(0)} and {call.Shape(1)}, but one number each is expected");
    }
}
