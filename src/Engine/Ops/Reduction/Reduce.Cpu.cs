using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal abstract partial record Reduce
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        (bool[] reduced, long[] outputStrides) = Reduced(call.Infer(), y.Format);
        if (y.Format.Shape.ElementCount == 0)
            return CpuStep.None;
        int[] order = x.Format.AxisOrder;
        long[] strides = x.Format.Strides;
        var walk = new Walk(
            Array.ConvertAll(order, axis => x.Format.Shape[axis]), Array.ConvertAll(order, axis => reduced[axis]),
            Array.ConvertAll(order, axis => strides[axis]), Array.ConvertAll(order, axis => outputStrides[axis]));
        if (x.Format.Type != ElementType.Float32)
            return NumberTypes.Call<NumberStep, CpuStep>(x.Format.Type == ElementType.Bool ? ElementType.UInt8 : x.Format.Type, new(Kind, walk, x, y));
        if (Kind != ReductionKind.LogSumExp)
            return Step(call.Width, Kind, walk, x, y);
        // Nothing overflows once the largest is subtracted.
        Operand largest = call.Workspace(y.Format.Span);
        return Step(call.Width, ReductionKind.Max, walk, x, largest).Then(Step(call.Width, Kind, walk, x, y, largest));
    }

    private static unsafe CpuStep Step(VectorWidth width, ReductionKind kind, Walk walk, Operand x, Operand y, Operand? centers = null)
    {
        var kernel = new Reduction(width, kind, walk.Extents, walk.Reduced, walk.Strides, walk.OutputStrides);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats, centers is null ? null : centers.Floats));
    }

    /// <summary>Extents in the order of the input's memory, which of them are reduced, and strides.</summary>
    private sealed record Walk(int[] Extents, bool[] Reduced, long[] Strides, long[] OutputStrides);

    private readonly struct NumberStep(ReductionKind kind, Walk walk, Operand x, Operand y) : INumberAction<CpuStep>
    {
        public unsafe CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var kernel = new ScalarReduction<T>(kind, walk.Extents, walk.Reduced, walk.Strides, walk.OutputStrides);
            (Operand input, Operand output) = (x, y);
            return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, input.As<T>(), output.As<T>()));
        }
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Format.Shape.ElementCount == 0)
            return y.Format.Shape.ElementCount == 0 ? [Movement.Nothing] : [];
        (bool[] reduced, long[] strides) = Reduced(call.Infer(), y.Format);
        (Binding Binding, long[] Strides, long Offset) target = (new Binding.Output(0), strides, y.Offset);
        if (Kind != ReductionKind.LogSumExp)
            return ReduceShader.List(call, Kind, x, reduced, target);
        (Binding Binding, long[] Strides, long Offset) largest = (new Binding.Workspace(0, y.Format.Span * 4), strides, 0);
        return ReduceShader.List(call, ReductionKind.Max, x, reduced, largest)
            .Zip(ReduceShader.List(call, Kind, x, reduced, target, largest), (first, second) => first with { Next = second });
    }
}
