using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

internal sealed partial record Conv2dWeightGradient
{
    public override CpuStep Prepare(CpuCall call)
    {
        ConvGeometry g = Forward(call.Infer(), call.Input(1).Format.Pitch, call.Input(0).Format.Pitch);
        return g.IsDepthwise ? PrepareDepthwise(call, g) : PrepareDense(call, g);
    }

    private static unsafe CpuStep PrepareDense(CpuCall call, ConvGeometry g)
    {
        Operand dy = call.Input(0), x = call.Input(1), dw = call.Output(0);
        var kernel = new ConvolutionWeightGradient(g, call.Width);
        call.NeedScratch(kernel.ScratchFloats);
        Operand partial = call.Workspace(kernel.PartialFloats);
        CpuStep sum = CpuStep.Of(kernel.Rows, (begin, end, worker) =>
            kernel.Run(begin, end, x.Floats, dy.Floats, partial.Floats, dw.Floats, worker.Scratch), $"{kernel}");
        return kernel.ReduceRows == 0 ? sum
            : CpuStep.InTurn([sum, CpuStep.Of(kernel.ReduceRows, (begin, end, _) => kernel.Reduce(begin, end, partial.Floats, dw.Floats), $"{kernel}")]);
    }

    private static unsafe CpuStep PrepareDepthwise(CpuCall call, ConvGeometry g)
    {
        Operand dy = call.Input(0), x = call.Input(1), dw = call.Output(0);
        var kernel = new DepthwiseWeightGradient(g, call.Width);
        Operand partial = call.Workspace(kernel.PartialFloats);
        return CpuStep.InTurn(
        [
            CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, dy.Floats, partial.Floats), "depthwise"),
            CpuStep.Of(1, (_, _, _) => kernel.Reduce(partial.Floats, dw.Floats), "depthwise"),
        ]);
    }
}
