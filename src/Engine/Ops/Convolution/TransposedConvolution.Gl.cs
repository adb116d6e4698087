using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

internal static partial class TransposedConvolution
{
    // Strides of 2 along two axes. With more every phase is small, and each has a program of its own.
    private const int MostPhases = 4;

    // Slices of the packed weights begin where any driver binds: at multiples of 256 bytes.
    private const long SliceFloats = 64;

    /// <inheritdoc cref="Prepare"/>
    public static IEnumerable<ShaderCall> Shaders(GlCall call, ConvGeometry forward, int bias = -1)
    {
        GlOperand dy = call.Input(0), dx = call.Output(0);
        if (dy.Format.Layout != Layout.ChannelsLast)
            return [];
        if (call.OutputInfo(0).Shape.ElementCount == 0)
            return [Movement.Nothing];
        ConvGeometry g = forward;
        var epilogue = new EpilogueShader(call, dx, dx.Format.Pitch, g.GroupC, Activation.None, bias);
        ShaderCall plain = Plain(call, g, dy, epilogue);
        GradientPhase[] all = [.. GradientPhase.Of(g)], phases = [.. all.Where(phase => !phase.IsEmpty)];
        long largest = phases.Select(phase => ConvolutionShaders.PackedFloats(phase.Geometry(g))).DefaultIfEmpty().Max();
        if (call.Parameter(1) is null || largest * 4 > call.MaxBlockBytes || phases.Length is 0 or > MostPhases || bias >= 0 && phases.Length < all.Length)
            return [plain];

        string form = string.Join('|', phases.Select(phase => string.Join(',', phase.Taps(g))));
        long floats = phases.Sum(phase => Slice(phase.Geometry(g))), first = 0;
        PackCopy[] copies = [.. Copies(g, phases)];
        IEnumerable<ShaderCall>? joined = null;
        foreach (GradientPhase phase in phases)
        {
            ConvGeometry own = phase.Geometry(g);
            var weights = new Binding.Derived(1, $"gl input gradient {g.Groups} {form}", floats, PackPhases(g, phases), first * 4, Slice(own) * 4) { Copies = copies };
            first += Slice(own);
            IEnumerable<ShaderCall> candidates = ConvolutionShaders.List(call, own, dy.Offset, weights, epilogue with { Pixel = Pixel(own, phase.Grid(g)) });
            joined = joined is null ? candidates : joined.Join(candidates, one => one.Variant, two => two.Variant, MatrixShaders.Chain);
        }
        if (phases.Length < all.Length)
            joined = joined!.Select(candidate => Zeros(dx) with { Variant = candidate.Variant, Next = candidate });
        return [.. joined!, plain];
    }

    /// <summary>One thread per element of the result, weights as the model has them: the variant others are checked against.</summary>
    private static ShaderCall Plain(GlCall call, ConvGeometry g, GlOperand dy, EpilogueShader epilogue)
    {
        GlOperand w = call.Input(1);
        long[] strides = w.Format.Strides;
        ShaderBuilder shader = ConvolutionShaders.Start("conv2d_input_gradient_plain.comp", "plain", g, 0).Bind(new Binding.Input(1))
            .Define(("DY_PITCH", g.OutputPitch), ("DY_OFFSET", dy.Offset), ("W_K", strides[0]), ("W_C", strides[1]), ("W_TAP", strides[^1]), ("W_OFFSET", w.Offset));
        return epilogue.AddTo(shader, quads: false).OverThreads((long)g.N * g.InputPixels * g.C, 64);
    }

    /// <summary>What no tap reaches stays as this leaves it.</summary>
    private static ShaderCall Zeros(GlOperand dx) =>
        StridedShader.Call("fill.comp", LoopNest.Over(dx.Format), [new("Y", 0, dx.Offset)], [new Binding.Output(0)], ("VALUE", "0.0"));

    /// <summary>The pixel of the result that pixel p of a phase is; null where they are the same.</summary>
    private static string? Pixel(ConvGeometry phase, OutputGrid grid) => grid.IsDense ? null :
        $"((((p) / {phase.OutputPixels} * {grid.D} + {grid.FirstD} + (p) / {phase.OutH * phase.OutW} % {phase.OutD} * {grid.StepD}) * {grid.H} + {grid.FirstH}"
        + $" + (p) / {phase.OutW} % {phase.OutH} * {grid.StepH}) * {grid.W} + {grid.FirstW} + (p) % {phase.OutW} * {grid.StepW})";

    private static long Slice(ConvGeometry phase) => (ConvolutionShaders.PackedFloats(phase) + SliceFloats - 1) / SliceFloats * SliceFloats;

    /// <summary>What <see cref="PackPhases"/> does, tap by tap: within a phase they are no even distance apart.</summary>
    private static IEnumerable<PackCopy> Copies(ConvGeometry g, GradientPhase[] phases)
    {
        int rows = (g.GroupK + 3) / 4 * 4, columns = (g.GroupC + 3) / 4 * 4, first = 0;
        foreach (GradientPhase phase in phases)
        {
            int[] taps = phase.Taps(g);
            for (int t = 0; t < taps.Length; t++)
                yield return new([1, g.Groups, g.GroupK, g.GroupC], [0, g.GroupK * g.GroupC * g.Taps, g.GroupC * g.Taps, g.Taps],
                    [0, taps.Length * rows * columns, columns, 1], taps[t], first + t * rows * columns);
            first += (int)Slice(phase.Geometry(g));
        }
    }

    /// <summary>From [k][c][tap] to, phase after phase, [group][mirrored tap][k][c], k and c filled up to multiples of 4.</summary>
    private static unsafe Pack PackPhases(ConvGeometry g, GradientPhase[] phases) => (source, packed) =>
    {
        ReadOnlySpan<float> w = source.Span<float>();
        long rows = (g.GroupK + 3) / 4 * 4, columns = (g.GroupC + 3) / 4 * 4;
        foreach (GradientPhase phase in phases)
        {
            int[] taps = phase.Taps(g);
            for (int group = 0; group < g.Groups; group++)
                for (int t = 0; t < taps.Length; t++)
                    for (int k = 0; k < g.GroupK; k++)
                        for (int c = 0; c < g.GroupC; c++)
                            packed[(((long)group * taps.Length + t) * rows + k) * columns + c] = w[((group * g.GroupK + k) * g.GroupC + c) * g.Taps + taps[t]];
            packed += Slice(phase.Geometry(g));
        }
    };
}
