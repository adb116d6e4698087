using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The sum of every channel over pictures and pixels: the gradient of a convolution's bias.</summary>
public sealed record ChannelSum : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        Shape x = call.Shape(0);
        if (call.Type(0) != ElementType.Float32 || x.Rank < 2)
            throw call.Error($"its input is {call.Type(0)} {x}, but Float32 with N and C is expected");
        call.Output(0, ElementType.Float32, [x[1]]);
    }

    public override Cost Cost(InferCall call) => new(call.Shape(0).ElementCount);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        (int pixels, int channels, int pitch) = ChannelsOf(x.Form);
        var kernel = new ChannelGradient(call.Width, pixels, channels);
        Operand partial = call.Workspace(Math.Max(1, kernel.PartialFloats));
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Sums(begin, end, x.Floats, pitch, null, 0, null, partial.Floats)).Then(CpuStep.Of(1, (_, _, _) =>
        {
            for (int c = 0; c < channels; c++)
                y.Floats[c] = (float)kernel.Total(partial.Floats, c).Plain;
        }));
    }

    /// <summary>Pixels of the whole batch, channels, and elements from one pixel to the next.</summary>
    internal static (int Pixels, int Channels, int Pitch) ChannelsOf(Form form) =>
        (form.Pixels, form.Shape[1], form.Layout == Layout.ChannelsLast ? form.Pitch : form.Shape[1]);

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Form.Shape.ElementCount == 0)
            return [];
        int rank = x.Form.Shape.Rank;
        var channel = new long[rank];
        channel[1] = 1;
        return ReduceShader.List(call, ReduceShader.Kind.Sum, x, [.. Enumerable.Range(0, rank).Select(axis => axis != 1)], (new Binding.Output(0), channel, y.Offset));
    }
}
