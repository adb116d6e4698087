using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>What <see cref="Lrn"/> passes back to its input. Inputs: dy, x.</summary>
internal sealed record LrnGradient(int Size, float Alpha = 1e-4f, float Beta = 0.75f, float Bias = 1) : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        new Lrn(Size, Alpha, Beta, Bias).InferOne(call, input: 1);
        if (call.Type(0) != call.Type(1) || call.Shape(0) != call.Shape(1))
            throw call.Error($"the gradient of the output is {call.Type(0)} {call.Shape(0)}, but the input is {call.Type(1)} {call.Shape(1)}");
    }

    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount * 24L);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand dy = call.Input(0), x = call.Input(1), dx = call.Output(0);
        var kernel = new LocalResponseGradient(call.Width, x.Format.Pixels, x.Format.Shape[1], dy.Format.Pitch, x.Format.Pitch, dx.Format.Pitch, Size, Alpha, Beta, Bias);
        call.NeedScratch(kernel.ScratchFloats);
        return CpuStep.Of(kernel.Rows, (begin, end, worker) => kernel.Run(begin, end, dy.Floats, x.Floats, dx.Floats, worker.Scratch));
    }

    /// <summary>Two dispatches of lrn_gradient.comp: what every channel hands to its window, and the sums of that.</summary>
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(1), dx = call.Output(0);
        if (call.Input(0).Format.Layout != Layout.ChannelsLast || x.Format.Layout != Layout.ChannelsLast)
            return [];
        if (dx.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        var terms = new Binding.Workspace(0, x.Format.Shape.ElementCount * 4L);
        return [Stage(call, 0, terms) with { Next = Stage(call, 1, terms) }];
    }

    private ShaderCall Stage(GlCall call, int stage, Binding terms)
    {
        GlOperand dy = call.Input(0), x = call.Input(1), dx = call.Output(0);
        int before = (Size - 1) / 2;
        var shader = new ShaderBuilder("lrn_gradient.comp", "plain").Bind(new Binding.Input(0)).Bind(new Binding.Input(1)).Bind(terms).Define(
            ("STAGE", stage), ("PIXELS", x.Format.Pixels), ("CHANNELS", x.Format.Shape[1]), ("BEFORE", before), ("AFTER", Size - 1 - before),
            ("DY_PITCH", dy.Format.Pitch), ("DY_OFFSET", dy.Offset), ("X_PITCH", x.Format.Pitch), ("X_OFFSET", x.Offset))
            .Define("ALPHA", StridedShader.Text(Alpha / Size)).Define("BIAS", StridedShader.Text(Bias)).Define("POWER(x)", Lrn.Power(Beta));
        if (stage == 1)
            shader.Bind(new Binding.Output(0)).Define(("DX_PITCH", dx.Format.Pitch), ("DX_OFFSET", dx.Offset))
                .Define("FACTOR", StridedShader.Text(2 * Alpha * Beta / Size));
        return shader.OverThreads(x.Format.Shape.ElementCount, 64);
    }
}
