namespace LiveCam.Engine.Kernels;

/// <summary>
/// One part of a convolution's gradient with respect to its input: the input pixels whose places leave the same remainder by the strides
/// are themselves a convolution, stride 1, of the output's gradient with the mirrored taps that reach them.
/// </summary>
/// <remarks>
/// dL/dx = W-hat * delta-hat (Klambauer, Deep Learning and Neural Networks I, unit 6, "Derivative w.r.t. inputs"), the taps in
/// reverse order. With stride s, dilation d and padding p, tap r reaches input place h from output (h + p - r d) / s where that is whole.
/// For the places h = a + s i those are every (s / gcd(s, d))-th tap, and the outputs lie d / gcd(s, d) apart.
/// </remarks>
internal sealed class GradientPhase
{
    private readonly Axis depth, height, width;

    private GradientPhase(Axis depth, Axis height, Axis width) => (this.depth, this.height, this.width) = (depth, height, width);

    /// <summary>All phases of a forward convolution; together they cover every input pixel once.</summary>
    public static IEnumerable<GradientPhase> Of(ConvGeometry g)
    {
        foreach (Axis depth in Axis.All(g.D, g.OutD, g.KernelD, g.StrideD, g.DilationD, g.PadFront))
            foreach (Axis height in Axis.All(g.H, g.OutH, g.KernelH, g.StrideH, g.DilationH, g.PadTop))
                foreach (Axis width in Axis.All(g.W, g.OutW, g.KernelW, g.StrideW, g.DilationW, g.PadLeft))
                    yield return new(depth, height, width);
    }

    /// <summary>No tap reaches these pixels: their gradient is zero.</summary>
    public bool IsEmpty => depth.Taps == 0 || height.Taps == 0 || width.Taps == 0;

    /// <summary>Pixels of one picture.</summary>
    public int Pixels => depth.Count * height.Count * width.Count;

    /// <summary>The convolution that gives this phase's pixels: output's gradient in, input's gradient out.</summary>
    /// <param name="forward">With the pitches of input and output.</param>
    public ConvGeometry Geometry(in ConvGeometry forward) => new()
    {
        N = forward.N, C = forward.K, K = forward.C, Groups = forward.Groups, InputPitch = forward.OutputPitch, OutputPitch = forward.InputPitch,
        D = forward.OutD, OutD = depth.Count, KernelD = depth.Taps, PadFront = depth.Pad, DilationD = depth.Dilation,
        H = forward.OutH, OutH = height.Count, KernelH = height.Taps, PadTop = height.Pad, DilationH = height.Dilation,
        W = forward.OutW, OutW = width.Count, KernelW = width.Taps, PadLeft = width.Pad, DilationW = width.Dilation,
    };

    /// <summary>Where this phase's pixels lie in the input's gradient.</summary>
    public OutputGrid Grid(in ConvGeometry forward) => new()
    {
        OutD = depth.Count, D = forward.D, FirstD = depth.First, StepD = forward.StrideD,
        OutH = height.Count, H = forward.H, FirstH = height.First, StepH = forward.StrideH,
        OutW = width.Count, W = forward.W, FirstW = width.First, StepW = forward.StrideW,
    };

    /// <summary>For each tap of <see cref="Geometry"/>, the forward kernel's tap it uses.</summary>
    public int[] Taps(in ConvGeometry forward)
    {
        var taps = new int[depth.Taps * height.Taps * width.Taps];
        int i = 0;
        for (int d = 0; d < depth.Taps; d++)
            for (int h = 0; h < height.Taps; h++)
                for (int w = 0; w < width.Taps; w++)
                    taps[i++] = (depth.Tap(d) * forward.KernelH + height.Tap(h)) * forward.KernelW + width.Tap(w);
        return taps;
    }

    /// <summary>One axis of a phase: its places First, First + stride, ... and its taps.</summary>
    private sealed record Axis(int First, int Count, int Taps, int FirstTap, int TapStep, int Pad, int Dilation)
    {
        public static IEnumerable<Axis> All(int input, int output, int kernel, int stride, int dilation, int pad)
        {
            int common = CommonDivisor(stride, dilation), step = stride / common, apart = dilation / common;
            for (int first = 0; first < Math.Min(stride, input); first++)
            {
                int count = (input - first + stride - 1) / stride, tap = 0;
                while (tap < Math.Min(kernel, step) && (first + pad - (long)tap * dilation) % stride != 0)
                    tap++;
                int taps = tap < Math.Min(kernel, step) ? (kernel - tap + step - 1) / step : 0;
                // The first tap sees output `from`, each later one `apart` before; mirrored, the last comes first.
                int from = (int)((first + pad - (long)tap * dilation) / stride);
                yield return new(first, count, taps, tap, step, (taps - 1) * apart - from, apart);
            }
        }

        private static int CommonDivisor(int a, int b) => b == 0 ? a : CommonDivisor(b, a % b);

        public int Tap(int mirrored) => FirstTap + (Taps - 1 - mirrored) * TapStep;
    }
}
