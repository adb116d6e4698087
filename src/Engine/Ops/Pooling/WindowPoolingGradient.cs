using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What the gradients of max and average pooling share: the gradient of the output and the input in, the input's gradient out.</summary>
internal abstract record WindowPoolingGradient(Window Window) : WindowPooling(Window)
{
    private protected override int Pooled => 1;

    public override void Infer(InferCall call)
    {
        Shape expected = Extents(call).Output(call.Shape(1)[0], call.Shape(1)[1]);
        if (call.Type(0) != ElementType.Float32 || call.Type(1) != ElementType.Float32)
            throw call.Error($"its inputs are {call.Type(0)} and {call.Type(1)}, but it runs in Float32");
        if (call.Shape(0) != expected)
            throw call.Error($"the gradient of the output has shape {call.Shape(0)}, but the pooling's output has shape {expected}");
        call.Output(0, ElementType.Float32, call.Shape(1));
    }

    private protected unsafe CpuStep Prepare(CpuCall call, bool average, bool countPadding)
    {
        Operand dy = call.Input(0), dx = call.Output(0);
        Operand? x = average ? null : call.Input(1);
        PoolGeometry g = Geometry(call.Infer(), dx.Format, dy.Format, countPadding);
        PoolingGradient kernel = x is null ? PoolingGradient.Average(g, call.Width) : PoolingGradient.Max(g, x.Format.Pitch, call.Width);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, dy.Floats, x is null ? null : x.Floats, dx.Floats));
    }

    /// <summary>One dispatch of pool_gradient.comp: every input pixel asks the windows over it.</summary>
    private protected new IEnumerable<ShaderCall> Shaders(GlCall call, bool average, bool countPadding)
    {
        GlOperand dy = call.Input(0), x = call.Input(1), dx = call.Output(0);
        if (dy.Format.Layout != Layout.ChannelsLast || !average && x.Format.Layout != Layout.ChannelsLast)
            return [];
        if (dx.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        PoolGeometry g = Geometry(call.Infer(), dx.Format, dy.Format, countPadding);
        ShaderBuilder shader = Start("pool_gradient.comp", g, average)
            .Define(("X_PITCH", g.OutputPitch), ("X_OFFSET", dy.Offset), ("X_VEC", g.OutputPitch % 4 == 0 && dy.Offset % 4 == 0 ? 1 : 0));
        if (!average)
            shader.Bind(new Binding.Input(1)).Define(
                ("V_PITCH", x.Format.Pitch), ("V_OFFSET", x.Offset), ("V_VEC", x.Format.Pitch % 4 == 0 && x.Offset % 4 == 0 ? 1 : 0));
        return [new EpilogueShader(call, dx, dx.Format.Pitch, g.C, Activation.None).AddTo(shader)
            .OverThreads((long)g.N * g.D * g.H * g.W * ((g.C + 3) / 4), 64)];
    }
}
