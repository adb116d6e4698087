using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record Conv2d
{
    public override CpuStep Prepare(CpuCall call)
    {
        ConvGeometry geometry = Geometry(call.Infer(), call.Input(0).Format, call.Output(0).Format);
        return geometry.IsDepthwise ? PrepareDepthwise(call, geometry)
            : !Residual && ThinConvolution.Fits(geometry) ? PrepareThin(call, geometry)
            : MemoryFormat(call, geometry) is { } form ? PrepareWinograd(call, geometry, form) : PrepareDense(call, geometry);
    }

    /// <summary>The fast algorithm for a convolution, if one pays. Weights that every run changes, or computes, would have to be transformed in every run.</summary>
    private static WinogradForm? MemoryFormat(CpuCall call, in ConvGeometry geometry) =>
        call.Exact || call.Parameter(1) is null || call.Assigns(1) ? null : WinogradConvolution.FormFor(geometry);

    private unsafe CpuStep PrepareWinograd(CpuCall call, ConvGeometry geometry, WinogradForm form)
    {
        Operand x = call.Input(0), y = call.Output(0);
        var kernel = new WinogradConvolution(geometry, call.Width, form);
        // The packed form depends on the weights alone, so plans for other picture sizes share it.
        string key = $"winograd {form.Outputs} {(int)call.Width}";
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, key, kernel.PackedLength, kernel.Pack, ref pack);
        Operand bias = call.Has(2) ? PackedWeights.Of(call, 2, key, kernel.PaddedBias, kernel.PackBias, ref pack) : call.Zeros(kernel.PaddedBias);
        Operand? residual = Residual ? call.Input(3) : null;
        Operand shared = call.Shared(kernel.SharedFloats);
        call.NeedScratch(kernel.ScratchFloats);
        Activation activation = Activation;
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, worker) => kernel.Run(begin, end, x.Floats, shared.Floats, weights.Floats, bias.Floats,
            residual is null ? null : residual.Floats, residual?.Format.Pitch ?? 0, y.Floats, activation, worker.Scratch), $"{kernel}");
        if (kernel.TransformRows > 0)
            step = CpuStep.Of(kernel.TransformRows, (begin, end, _) => kernel.Transform(begin, end, x.Floats, shared.Floats)).Then(step);
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }

    private unsafe CpuStep PrepareThin(CpuCall call, ConvGeometry geometry)
    {
        Operand x = call.Input(0), y = call.Output(0);
        var kernel = new ThinConvolution(geometry, call.Width);
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, "conv by columns", kernel.PackedLength, kernel.Pack, ref pack);
        Operand? bias = call.Has(2) ? call.Input(2) : null;
        call.NeedScratch(kernel.ScratchFloats);
        Activation activation = Activation;
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, worker) => kernel.Run(begin, end, x.Floats, weights.Floats, bias is null ? null : bias.Floats,
            y.Floats, activation, worker.Scratch), $"{kernel}");
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }

    private unsafe CpuStep PrepareDense(CpuCall call, ConvGeometry geometry)
    {
        Operand x = call.Input(0), y = call.Output(0);
        var kernel = call.Own(new Convolution(geometry, call.Width));
        // The packed form depends on the weights alone, so plans for other picture sizes share it.
        string form = $"conv {Groups} {(int)call.Width}";
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, form, kernel.PackedLength, kernel.Pack, ref pack);
        Operand bias = call.Has(2)
            ? PackedWeights.Of(call, 2, form, kernel.PaddedBias, kernel.PackBias, ref pack)
            : call.Zeros(kernel.PaddedBias);
        Operand? residual = Residual ? call.Input(3) : null;
        Operand zeros = call.Zeros(kernel.ZeroFloats);
        call.NeedScratch(kernel.ScratchFloats);
        Activation activation = Activation;
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, worker) => kernel.Run(begin, end, x.Floats, zeros.Floats, weights.Floats, bias.Floats,
            residual is null ? null : residual.Floats, residual?.Format.Pitch ?? 0, y.Floats, activation, worker.Scratch), $"{kernel}");
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }

    private unsafe CpuStep PrepareDepthwise(CpuCall call, ConvGeometry geometry)
    {
        Operand x = call.Input(0), y = call.Output(0);
        var kernel = new Depthwise(geometry, call.Width);
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, $"depthwise {(int)call.Width}", kernel.PackedLength, kernel.Pack, ref pack);
        Operand? bias = call.Has(2) ? call.Input(2) : null, residual = Residual ? call.Input(3) : null;
        Operand zeros = call.Zeros(kernel.ZeroFloats);
        Activation activation = Activation;
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, zeros.Floats, weights.Floats,
            bias is null ? null : bias.Floats, residual is null ? null : residual.Floats, residual?.Format.Pitch ?? 0, y.Floats, activation), "depthwise");
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }
}
