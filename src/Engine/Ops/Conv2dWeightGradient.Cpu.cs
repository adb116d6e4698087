using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

public sealed partial record Conv2dWeightGradient
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), x = call.Input(1), dw = call.Output(0);
        var kernel = new ConvolutionWeightGradient(Forward(call.Infer(), x.Form.Pitch, dy.Form.Pitch), call.Width);
        call.NeedScratch(kernel.ScratchFloats);
        Operand partial = call.Workspace(kernel.PartialFloats);
        CpuStep sum = CpuStep.Of(kernel.Rows, (begin, end, worker) =>
            kernel.Run(begin, end, x.Floats, dy.Floats, partial.Floats, dw.Floats, worker.Scratch), $"{kernel}");
        return kernel.ReduceRows == 0 ? sum
            : CpuStep.InTurn([sum, CpuStep.Of(kernel.ReduceRows, (begin, end, _) => kernel.Reduce(begin, end, partial.Floats, dw.Floats), $"{kernel}")]);
    }
}
