using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

internal sealed partial record Conv2d
{
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        if (x.Format.Layout != Layout.ChannelsLast)
            return [];
        if (call.OutputInfo(0).Shape.ElementCount == 0)
            return [Movement.Nothing];
        ConvGeometry g = Geometry(call.Infer(), x.Format, y.Format);
        var epilogue = new EpilogueShader(call, y, y.Format.Pitch, g.GroupK, Activation, call.Has(2) ? 2 : -1, Residual ? 3 : -1);
        ShaderCall plain = Plain(call, g, x, epilogue);
        if (call.Parameter(1) is null || ConvolutionShaders.PackedFloats(g) * 4 > call.MaxBlockBytes)
            return [plain];
        List<ShaderCall> candidates = [.. ConvolutionShaders.List(call, g, x.Offset, Weights(g), epilogue), plain];
        return g is { GroupC: 1, GroupK: 1 } && g.KernelW * g.DilationW <= 16
            ? [Depthwise(g, x, epilogue with { Columns = g.K }, 4), Depthwise(g, x, epilogue with { Columns = g.K }, 1), .. candidates]
            : candidates;
    }

    private static ShaderCall Depthwise(ConvGeometry g, GlOperand x, EpilogueShader epilogue, int strip)
    {
        long quads = (g.K + 3) / 4;
        var weights = new Binding.Derived(1, "gl depthwise", g.Taps * quads * 4, PackDepthwise(g), 0, g.Taps * quads * 16)
        {
            Copies = [new([1, 1, g.K, g.Taps], [0, 0, g.Taps, 1], [0, 0, 1, (int)quads * 4])],
        };
        ShaderBuilder shader = ConvolutionShaders.Start("conv2d_depthwise.comp", $"depthwise {strip}", g, x.Offset, channelsMix: false)
            .Bind(weights).Define(("STRIP", strip), ("CHANNELS", g.K));
        return epilogue.AddTo(shader).OverThreads((long)g.N * g.OutD * g.OutH * ((g.OutW + strip - 1) / strip) * quads, 64);
    }

    /// <summary>One thread per output element, weights as the model has them: the variant others are checked against.</summary>
    private static ShaderCall Plain(GlCall call, ConvGeometry g, GlOperand x, EpilogueShader epilogue)
    {
        GlOperand w = call.Input(1);
        long[] strides = w.Format.Strides;
        ShaderBuilder shader = ConvolutionShaders.Start("conv2d_plain.comp", "plain", g, x.Offset).Bind(new Binding.Input(1))
            .Define(("W_K", strides[0]), ("W_C", strides[1]), ("W_TAP", strides[^1]), ("W_OFFSET", w.Offset));
        return epilogue.AddTo(shader, quads: false).OverThreads((long)g.N * g.OutputPixels * g.K, 64);
    }

    private static unsafe Binding.Derived Weights(ConvGeometry g)
    {
        long floats = ConvolutionShaders.PackedFloats(g);
        int rows = (g.GroupC + 3) / 4 * 4, columns = (g.GroupK + 3) / 4 * 4;
        return new(1, $"gl {g.Groups}", floats, PackWeights(g), 0, floats * 4)
        {
            Copies = [new([g.Groups, g.GroupK, g.GroupC, g.Taps], [g.GroupK * g.GroupC * g.Taps, g.GroupC * g.Taps, g.Taps, 1], [g.Taps * rows * columns, 1, columns, rows * columns])],
        };
    }

    /// <summary>From [k][c][tap] to [group][tap][c][k], c and k filled up to multiples of 4.</summary>
    private static unsafe Pack PackWeights(ConvGeometry g) => (source, packed) =>
    {
        ReadOnlySpan<float> w = source.Span<float>();
        long rows = (g.GroupC + 3) / 4 * 4, columns = (g.GroupK + 3) / 4 * 4;
        for (int k = 0, from = 0; k < g.K; k++)
            for (int c = 0; c < g.GroupC; c++)
                for (int tap = 0; tap < g.Taps; tap++, from++)
                    packed[(((long)k / g.GroupK * g.Taps + tap) * rows + c) * columns + k % g.GroupK] = w[from];
    };

    /// <summary>From [k][tap] to [tap][k], k filled up to a multiple of 4.</summary>
    private static unsafe Pack PackDepthwise(ConvGeometry g) => (source, packed) =>
    {
        ReadOnlySpan<float> w = source.Span<float>();
        int columns = (g.K + 3) / 4 * 4;
        for (int k = 0; k < g.K; k++)
            for (int tap = 0; tap < g.Taps; tap++)
                packed[tap * columns + k] = w[k * g.Taps + tap];
    };
}
