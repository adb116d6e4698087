using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Steps and dispatches of poolings whose windows become something by a rule of their own, and of their gradients.</summary>
internal static unsafe class RulePool
{
    public static CpuStep Prepare<TRule>(CpuCall call, PoolGeometry geometry, TRule rule) where TRule : struct, IPoolRule
    {
        Operand x = call.Input(0), y = call.Output(0);
        var kernel = new RulePooling<TRule>(geometry, rule);
        call.NeedScratch(kernel.ScratchFloats);
        return CpuStep.Of(kernel.Rows, (begin, end, worker) => kernel.Run(begin, end, x.Floats, y.Floats, worker.Scratch));
    }

    /// <summary>Inputs of a gradient: dy, x.</summary>
    public static CpuStep PrepareGradient<TRule>(CpuCall call, PoolGeometry geometry, TRule rule) where TRule : struct, IPoolRule
    {
        Operand dy = call.Input(0), x = call.Input(1), dx = call.Output(0);
        var kernel = new RulePooling<TRule>(geometry, rule);
        call.NeedScratch(kernel.ScratchFloats);
        int pitch = x.Format.Pitch;
        return CpuStep.Of(kernel.GradientRows, (begin, end, worker) => kernel.RunGradient(begin, end, dy.Floats, x.Floats, pitch, dx.Floats, worker.Scratch));
    }

    public static IEnumerable<ShaderCall> Shaders(GlCall call, PoolGeometry g, string file, params ReadOnlySpan<(string Name, string Value)> rule)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Format.Layout != Layout.ChannelsLast)
            return [];
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        ShaderBuilder shader = WindowPooling.Start(file, g, average: false).Bind(new Binding.Output(0))
            .Define(("X_PITCH", g.InputPitch), ("X_OFFSET", x.Offset), ("Y_PITCH", g.OutputPitch), ("Y_OFFSET", y.Offset));
        foreach ((string name, string value) in rule)
            shader.Define(name, value);
        return [shader.OverThreads((long)g.N * g.OutD * g.OutH * g.OutW * g.C, 64)];
    }

    public static IEnumerable<ShaderCall> GradientShaders(GlCall call, PoolGeometry g, string file, params ReadOnlySpan<(string Name, string Value)> rule)
    {
        GlOperand dy = call.Input(0), x = call.Input(1), dx = call.Output(0);
        if (x.Format.Layout != Layout.ChannelsLast || dy.Format.Layout != Layout.ChannelsLast)
            return [];
        if (dx.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        ShaderBuilder shader = WindowPooling.Start(file, g, average: false).Bind(new Binding.Input(1)).Bind(new Binding.Output(0))
            .Define(("DY_PITCH", g.OutputPitch), ("DY_OFFSET", dy.Offset), ("X_PITCH", x.Format.Pitch), ("X_OFFSET", x.Offset), ("DX_PITCH", g.InputPitch), ("DX_OFFSET", dx.Offset));
        foreach ((string name, string value) in rule)
            shader.Define(name, value);
        return [shader.OverThreads((long)g.N * g.D * g.H * g.W * g.C, 64)];
    }

    /// <summary>A window over a whole picture.</summary>
    public static PoolGeometry Whole(Shape x, int inputPitch, int outputPitch)
    {
        int pixels = x.CountOf(2, x.Rank);
        return new() { N = x[0], C = x[1], W = pixels, KernelW = pixels, OutW = 1, InputPitch = inputPitch, OutputPitch = outputPitch };
    }
}
