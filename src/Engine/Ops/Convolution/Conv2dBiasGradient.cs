using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The gradient of a convolution with respect to its bias: the gradient of its output (N,K,...) summed over all but the channels.</summary>
internal sealed record Conv2dBiasGradient : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        if (call.Type(0) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(0)}, but convolutions run in Float32");
        if (call.Shape(0).Rank < 3)
            throw call.Error($"its input has shape {call.Shape(0)}, but N, K and one to three spatial axes are expected");
        call.Output(0, ElementType.Float32, [call.Shape(0)[1]]);
    }

    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), sums = call.Output(0);
        (int pixels, int channels, int pitch) = BatchNormalizationGradient.ChannelsOf(dy.Format);
        var kernel = new ChannelGradient(call.Width, pixels, channels);
        Operand partial = call.Workspace(Math.Max(1, kernel.PartialFloats));
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Sums(begin, end, dy.Floats, pitch, null, 0, null, partial.Floats)).Then(CpuStep.Of(1, (_, _, _) =>
        {
            for (int c = 0; c < channels; c++)
                sums.Floats[c] = (float)kernel.Total(partial.Floats, c).Plain;
        }));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand dy = call.Input(0), sums = call.Output(0);
        if (sums.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        if (dy.Format.Shape.ElementCount == 0)
            return [];
        int rank = dy.Format.Shape.Rank;
        bool[] reduced = [.. Enumerable.Range(0, rank).Select(axis => axis != 1)];
        long[] strides = [.. Enumerable.Range(0, rank).Select(axis => axis == 1 ? 1L : 0)];
        return ReduceShader.List(call, ReductionKind.Sum, dy, reduced, (new Binding.Output(0), strides, sums.Offset));
    }
}
