using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The reverse of a convolution's sum, as its gradient and as a layer of its own: input 0 is what has the forward convolution's output's
/// shape, input 1 the weights, output 0 has its input's shape.
/// </summary>
internal static partial class TransposedConvolution
{
    /// <param name="forward">The forward convolution: input 0 stands where its output does, output 0 where its input does.</param>
    /// <param name="bias">The input that is added channel by channel; -1 for none.</param>
    public static CpuStep Prepare(CpuCall call, ConvGeometry forward, int bias = -1)
    {
        ConvGeometry g = forward;
        CpuStep step = ThinInputGradient.Fits(g) ? PrepareThin(call, g) : !g.IsDepthwise ? PrepareDense(call, g)
            : g is { StrideD: 1, StrideH: 1, StrideW: 1 } ? PrepareDepthwise(call, g) : PrepareStridedDepthwise(call, g);
        return bias < 0 ? step : step.Then(AddBias(call, bias));
    }

    private static unsafe CpuStep AddBias(CpuCall call, int input)
    {
        Operand bias = call.Input(input), y = call.Output(0);
        LoopNest nest = LoopNest.Over(y.Format, [.. Enumerable.Range(0, y.Format.Shape.Rank).Select(axis => axis == 1 ? 1L : 0)]);
        var kernel = new BinaryElementwise<AddBody>(call.Width, default, nest.Extents, nest.Strides[0], nest.Strides[1], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, y.Floats, bias.Floats, y.Floats), "bias");
    }

    private static unsafe CpuStep PrepareDense(CpuCall call, ConvGeometry g)
    {
        Operand dy = call.Input(0), dx = call.Output(0);
        var kernel = call.Own(new ConvolutionInputGradient(g, call.Width));
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, $"conv input gradient {g.Groups} {(int)call.Width} {kernel.Form}", kernel.PackedLength, kernel.Pack, ref pack);
        Operand zeros = call.Zeros(Math.Max(kernel.ZeroFloats, kernel.PaddedBias));
        call.NeedScratch(kernel.ScratchFloats);
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, worker) =>
            kernel.Run(begin, end, dy.Floats, zeros.Floats, weights.Floats, dx.Floats, worker.Scratch), $"{kernel}");
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }

    private static unsafe CpuStep PrepareThin(CpuCall call, ConvGeometry g)
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

    private static unsafe CpuStep PrepareDepthwise(CpuCall call, ConvGeometry g)
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

    private static unsafe CpuStep PrepareStridedDepthwise(CpuCall call, ConvGeometry g)
    {
        Operand dy = call.Input(0), dx = call.Output(0);
        var kernel = new DepthwiseInputGradient(g, call.Width);
        CpuStep? pack = null;
        Operand weights = PackedWeights.Of(call, 1, "depthwise by tap", kernel.PackedLength, kernel.Pack, ref pack);
        CpuStep step = CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, dy.Floats, weights.Floats, dx.Floats), "depthwise");
        return pack is null ? step : CpuStep.InTurn([pack, step]);
    }
}
