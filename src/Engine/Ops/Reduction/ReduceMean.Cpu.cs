using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

public sealed partial record ReduceMean
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        (bool[] reduced, long[] outputStrides) = Reduced(call.Infer(), y.Form);
        int[] order = x.Form.AxisOrder;
        long[] strides = x.Form.Strides;
        if (y.Form.Shape.ElementCount == 0)
            return CpuStep.None;
        var kernel = new Reduction(call.Width, ReductionKind.Mean,
            Array.ConvertAll(order, axis => x.Form.Shape[axis]), Array.ConvertAll(order, axis => reduced[axis]),
            Array.ConvertAll(order, axis => strides[axis]), Array.ConvertAll(order, axis => outputStrides[axis]));
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }

    /// <summary>Which axes of the input are reduced, and the output's strides along the input's axes.</summary>
    private (bool[] Reduced, long[] OutputStrides) Reduced(InferCall call, Form output)
    {
        Shape x = call.Shape(0);
        int[] axes = Axes(call.Has(1) ? Ops.Axes.Of(call, 1, x.Rank) : [], x.Rank);
        var reduced = new bool[x.Rank];
        var strides = new long[x.Rank];
        long[] own = output.Strides;
        for (int axis = 0, next = 0; axis < x.Rank; axis++)
        {
            reduced[axis] = axes.Contains(axis);
            if (!reduced[axis])
                strides[axis] = own[next];
            if (Keep || !reduced[axis])
                next++;
        }
        return (reduced, strides);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Form.Shape.ElementCount == 0)
            return y.Form.Shape.ElementCount == 0 ? [Movement.Nothing] : [];
        (bool[] reduced, long[] strides) = Reduced(call.Infer(), y.Form);
        return ReduceShader.List(call, ReduceShader.Kind.Mean, x, reduced, (new Binding.Output(0), strides, y.Offset));
    }
}
