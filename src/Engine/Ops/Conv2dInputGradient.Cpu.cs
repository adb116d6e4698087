using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

public sealed partial record Conv2dInputGradient
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), dx = call.Output(0);
        var kernel = call.Own(new ConvolutionInputGradient(Forward(call.Infer(), dx.Form.Pitch, dy.Form.Pitch), call.Width));
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, $"conv input gradient {Groups} {(int)call.Width} {kernel.Form}", kernel.PackedLength, kernel.Pack, ref pack);
        Operand zeros = call.Zeros(Math.Max(kernel.ZeroFloats, kernel.PaddedBias));
        call.NeedScratch(kernel.ScratchFloats);
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, worker) =>
            kernel.Run(begin, end, dy.Floats, zeros.Floats, weights.Floats, dx.Floats, worker.Scratch), $"{kernel}");
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }
}
