using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// What <see cref="GlobalMaxPool"/> passes back: everything to a channel's largest element, the first in scan order where several are
/// equal. Inputs: dy, x.
/// </summary>
internal sealed record GlobalMaxPoolGradient : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape pooled = GlobalPooling.Pooled(call, input: 1);
        if (call.Type(0) != ElementType.Float32 || call.Shape(0) != pooled)
            throw call.Error($"the gradient of the output is {call.Type(0)} {call.Shape(0)}, but the pooling's output is Float32 {pooled}");
        call.OutputLike(0, 1);
    }

    public override Cost Cost(InferCall call) => new(call.Shape(1).ElementCount);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), x = call.Input(1), dx = call.Output(0);
        (int n, int c, int pixels) = (x.Format.Shape[0], x.Format.Shape[1], x.Format.Shape.CountOf(2, x.Format.Shape.Rank));
        var whole = new PoolGeometry { N = n, C = c, W = pixels, KernelW = pixels, OutW = 1, InputPitch = dx.Format.Pitch, OutputPitch = dy.Format.Pitch };
        PoolingGradient kernel = PoolingGradient.Max(whole, x.Format.Pitch, call.Width);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, dy.Floats, x.Floats, dx.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand dy = call.Input(0), x = call.Input(1), dx = call.Output(0);
        Shape shape = x.Format.Shape;
        if (dy.Format.Layout != Layout.ChannelsLast || x.Format.Layout != Layout.ChannelsLast)
            return [];
        if (shape.ElementCount == 0)
            return [Movement.Nothing];
        return [new ShaderBuilder("global_max_pool_gradient.comp", "plain").Bind(new Binding.Input(0)).Bind(new Binding.Input(1)).Bind(new Binding.Output(0))
            .Define(("N", shape[0]), ("CHANNELS", shape[1]), ("PIXELS", shape.CountOf(2, shape.Rank)), ("DY_PITCH", dy.Format.Pitch), ("DY_OFFSET", dy.Offset),
                ("X_PITCH", x.Format.Pitch), ("X_OFFSET", x.Offset), ("DX_PITCH", dx.Format.Pitch), ("DX_OFFSET", dx.Offset))
            .OverThreads((long)shape[0] * shape[1], 64)];
    }
}
