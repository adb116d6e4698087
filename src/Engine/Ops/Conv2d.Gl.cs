using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

public sealed partial record Conv2d
{
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        yield return Plain(call, Geometry(call.Infer(), x.Form, y.Form), x, y);
    }

    /// <summary>One thread per output element, weights as the model has them: the variant others are checked against.</summary>
    private ShaderCall Plain(GlCall call, ConvGeometry g, GlOperand x, GlOperand y)
    {
        long count = (long)g.N * g.OutputPixels * g.K;
        List<KeyValuePair<string, string>> defines = [.. Epilogue(call), .. Extents(g, x, y), new("COUNT", StridedShader.Text(count))];
        long weights = call.InputInfo(1).Shape.ElementCount;
        return new("conv2d_plain.comp", "plain", defines, Graphs.Groups.Fold((count + 63) / 64), Bindings(call, RawWeights(weights)));
    }

    private static unsafe Binding RawWeights(long count) =>
        new Binding.Derived(1, "raw floats", count, CopyFloats, 0, count * 4);

    private static unsafe void CopyFloats(Tensor source, float* destination) =>
        source.Span<float>().CopyTo(new Span<float>(destination, source.Count));

    /// <summary>x, weights, output, then bias and residual where there are any.</summary>
    private List<Binding> Bindings(GlCall call, Binding weights)
    {
        List<Binding> bindings = [new Binding.Input(0), call.Parameter(1) is null ? new Binding.Input(1) : weights, new Binding.Output(0)];
        if (call.Has(2))
            bindings.Add(new Binding.Input(2));
        if (Residual)
            bindings.Add(new Binding.Input(3));
        return bindings;
    }

    private IEnumerable<KeyValuePair<string, string>> Epilogue(GlCall call)
    {
        if (call.Has(2))
            yield return new("BIAS_BINDING", "3");
        if (Residual)
        {
            GlOperand residual = call.Input(3);
            yield return new("RESIDUAL_BINDING", call.Has(2) ? "4" : "3");
            yield return new("RESIDUAL_PITCH", StridedShader.Text(residual.Form.Pitch));
            yield return new("RESIDUAL_OFFSET", StridedShader.Text(residual.Offset));
        }
        yield return new("ACTIVATE(x)", ActivationShader.Expression(Activation, "x"));
    }

    private static IEnumerable<KeyValuePair<string, string>> Extents(ConvGeometry g, GlOperand x, GlOperand y)
    {
        foreach ((string name, long value) in new (string, long)[]
        {
            ("N", g.N), ("C", g.C), ("K", g.K), ("GROUP_C", g.GroupC), ("GROUP_K", g.GroupK),
            ("IN_D", g.D), ("IN_H", g.H), ("IN_W", g.W), ("OUT_D", g.OutD), ("OUT_H", g.OutH), ("OUT_W", g.OutW),
            ("KERNEL_D", g.KernelD), ("KERNEL_H", g.KernelH), ("KERNEL_W", g.KernelW),
            ("STRIDE_D", g.StrideD), ("STRIDE_H", g.StrideH), ("STRIDE_W", g.StrideW),
            ("PAD_D", g.PadFront), ("PAD_H", g.PadTop), ("PAD_W", g.PadLeft),
            ("DILATION_D", g.DilationD), ("DILATION_H", g.DilationH), ("DILATION_W", g.DilationW),
            ("X_PITCH", x.Form.Pitch), ("X_OFFSET", x.Offset), ("Y_PITCH", y.Form.Pitch), ("Y_OFFSET", y.Offset),
        })
            yield return new(name, StridedShader.Text(value));
    }
}
