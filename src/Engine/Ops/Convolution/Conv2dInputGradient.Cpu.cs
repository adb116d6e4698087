using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

public sealed partial record Conv2dInputGradient
{
    public override CpuStep Prepare(CpuCall call)
    {
        ConvGeometry g = Forward(call.Infer(), call.Output(0).Form.Pitch, call.Input(0).Form.Pitch);
        return ThinInputGradient.Fits(g) ? PrepareThin(call, g) : !g.IsDepthwise ? PrepareDense(call, g)
            : g is { StrideD: 1, StrideH: 1, StrideW: 1 } ? PrepareDepthwise(call, g) : PrepareStridedDepthwise(call, g);
    }

    private unsafe CpuStep PrepareDense(CpuCall call, ConvGeometry g)
    {
        Operand dy = call.Input(0), dx = call.Output(0);
        var kernel = call.Own(new ConvolutionInputGradient(g, call.Width));
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, $"conv input gradient {Groups} {(int)call.Width} {kernel.Form}", kernel.PackedLength, kernel.Pack, ref pack);
        Operand zeros = call.Zeros(Math.Max(kernel.ZeroFloats, kernel.PaddedBias));
        call.NeedScratch(kernel.ScratchFloats);
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, worker) =>
            kernel.Run(begin, end, dy.Floats, zeros.Floats, weights.Floats, dx.Floats, worker.Scratch), $"{kernel}");
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }

    private unsafe CpuStep PrepareThin(CpuCall call, ConvGeometry g)
    {
        Operand dy = call.Input(0), dx = call.Output(0);
        var kernel = call.Own(new ThinInputGradient(g, call.Width));
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, $"conv input gradient by taps {(int)call.Width}", kernel.PackedLength, kernel.Pack, ref pack);
        Operand zeros = call.Zeros(kernel.ZeroFloats);
        call.NeedScratch(kernel.ScratchFloats);
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, worker) =>
            kernel.Run(begin, end, dy.Floats, zeros.Floats, weights.Floats, dx.Floats, worker.Scratch), $"{kernel}");
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }

    private unsafe CpuStep PrepareDepthwise(CpuCall call, ConvGeometry g)
    {
        Operand dy = call.Input(0), dx = call.Output(0);
        var kernel = new Depthwise(GradientPhase.Of(g).Single().Geometry(g), call.Width);
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, $"depthwise mirrored {(int)call.Width}", kernel.PackedLength, kernel.PackMirrored, ref pack);
        Operand zeros = call.Zeros(kernel.ZeroFloats);
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, _) =>
            kernel.Run(begin, end, dy.Floats, zeros.Floats, weights.Floats, null, null, 0, dx.Floats, Activation.None), "depthwise");
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }

    private unsafe CpuStep PrepareStridedDepthwise(CpuCall call, ConvGeometry g)
    {
        Operand dy = call.Input(0), dx = call.Output(0);
        var kernel = new DepthwiseInputGradient(g, call.Width);
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, "depthwise by tap", kernel.PackedLength, kernel.Pack, ref pack);
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, dy.Floats, weights.Floats, dx.Floats), "depthwise");
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }
}
