using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal abstract partial record WindowPooling
{
    /// <summary>One dispatch of pool.comp; none where values are no floats or places are asked for.</summary>
    protected IEnumerable<ShaderCall> Shaders(GlCall call, bool average, bool countPadding)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Format.Layout != Layout.ChannelsLast || call.Wants(1))
            return [];
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        PoolGeometry g = Geometry(call.Infer(), x.Format, y.Format, countPadding);
        ShaderBuilder shader = Start("pool.comp", g, average)
            .Define(("X_PITCH", g.InputPitch), ("X_OFFSET", x.Offset), ("X_VEC", g.InputPitch % 4 == 0 && x.Offset % 4 == 0 ? 1 : 0));
        return [new EpilogueShader(call, y, y.Format.Pitch, g.C, Activation.None).AddTo(shader)
            .OverThreads((long)g.N * g.OutD * g.OutH * g.OutW * ((g.C + 3) / 4), 64)];
    }

    /// <summary>A dispatch that has input 0 bound and knows the windows.</summary>
    internal static ShaderBuilder Start(string file, PoolGeometry g, bool average) =>
        new ShaderBuilder(file, "pool").Bind(new Binding.Input(0)).Define(
            ("AVERAGE", average ? 1 : 0), ("COUNT_PADDING", g.CountPadding ? 1 : 0), ("N", g.N), ("CHANNELS", g.C),
            ("IN_D", g.D), ("IN_H", g.H), ("IN_W", g.W), ("OUT_D", g.OutD), ("OUT_H", g.OutH), ("OUT_W", g.OutW),
            ("KERNEL_D", g.KernelD), ("KERNEL_H", g.KernelH), ("KERNEL_W", g.KernelW),
            ("STRIDE_D", g.StrideD), ("STRIDE_H", g.StrideH), ("STRIDE_W", g.StrideW),
            ("PAD_D", g.PadFront), ("PAD_H", g.PadTop), ("PAD_W", g.PadLeft),
            ("PAD_BACK", g.PadBack), ("PAD_BOTTOM", g.PadBottom), ("PAD_RIGHT", g.PadRight),
            ("DILATION_D", g.DilationD), ("DILATION_H", g.DilationH), ("DILATION_W", g.DilationW));
}
