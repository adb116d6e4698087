using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal abstract partial record SoftmaxFamily
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        (int outer, int length, int inner) = Rows(x.Format.Shape);
        if (x.Format.Shape.ElementCount == 0)
            return CpuStep.None;
        long[] strides = [(long)length * inner, inner, 1];
        var kernel = new Kernels.Softmax(call.Width, [outer, length, inner], 1, strides, strides, Log);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }
}
