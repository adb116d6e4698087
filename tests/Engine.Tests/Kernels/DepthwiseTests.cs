using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class DepthwiseTests
{
    public static TheoryData<VectorWidth> Widths => KernelCheck.Widths;

    private static ConvGeometry Square(int c, int h, int w, int kernel, int stride, int pad, int dilation = 1, int n = 1, int gap = 0, int padLess = 0) => new()
    {
        N = n, H = h, W = w, C = c, K = c, Groups = c, KernelH = kernel, KernelW = kernel, StrideH = stride, StrideW = stride,
        PadTop = pad, PadLeft = pad, DilationH = dilation, DilationW = dilation,
        OutH = (h + 2 * pad - padLess - dilation * (kernel - 1) - 1) / stride + 1,
        OutW = (w + 2 * pad - padLess - dilation * (kernel - 1) - 1) / stride + 1,
        InputPitch = c + gap, OutputPitch = c + 2 * gap,
    };

    internal static double[] Reference(in ConvGeometry g, ReadOnlySpan<float> x, float[] weights, float[]? bias, float[]? residual, int residualPitch, Func<double, double> activation)
    {
        var y = new double[g.N * g.OutputPixels * g.C];
        for (int n = 0, i = 0; n < g.N; n++)
            for (int d = 0; d < g.OutD; d++)
                for (int h = 0; h < g.OutH; h++)
                    for (int w = 0; w < g.OutW; w++)
                        for (int c = 0; c < g.C; c++, i++)
                        {
                            double sum = bias?[c] ?? 0;
                            for (int t = 0; t < g.Taps; t++)
                            {
                                int z = d * g.StrideD - g.PadFront + t / g.KernelW / g.KernelH * g.DilationD;
                                int row = h * g.StrideH - g.PadTop + t / g.KernelW % g.KernelH * g.DilationH;
                                int column = w * g.StrideW - g.PadLeft + t % g.KernelW * g.DilationW;
                                if (z >= 0 && z < g.D && row >= 0 && row < g.H && column >= 0 && column < g.W)
                                    sum += (double)x[(((n * g.D + z) * g.H + row) * g.W + column) * g.InputPitch + c] * weights[c * g.Taps + t];
                            }
                            if (residual is not null)
                                sum += residual[i / g.C * residualPitch + c];
                            y[i] = activation(sum);
                        }
        return y;
    }

    private static void Check(VectorWidth width, in ConvGeometry geometry, Activation activation, Func<double, double> exact, bool bias = true, bool residual = false)
    {
        ConvGeometry g = geometry;
        int pixels = g.N * g.InputPixels, outputs = g.N * g.OutputPixels;
        using var x = new GuardedFloats((long)(pixels - 1) * g.InputPitch + g.C);
        float[] values = KernelCheck.Random(pixels * g.C, 1);
        for (int i = 0; i < values.Length; i++)
            x.Span[i / g.C * g.InputPitch + i % g.C] = values[i];
        float[] weights = KernelCheck.Random(g.C * g.Taps, 2), biases = KernelCheck.Random(g.C, 3);
        var kernel = new Depthwise(g, width);
        using var packed = new GuardedFloats(kernel.PackedLength);
        kernel.Pack(weights, packed.Pointer);
        using GuardedFloats zeros = KernelCheck.Guarded(new float[kernel.ZeroFloats]), b = KernelCheck.Guarded(biases);
        int residualPitch = g.C + 3;
        float[] added = KernelCheck.Random(outputs * residualPitch, 4);
        using GuardedFloats r = KernelCheck.Guarded(added);
        float[] actual = KernelCheck.AnySplit(kernel.Rows, (outputs - 1) * g.OutputPitch + g.C, (begin, end, y) =>
            kernel.Run(begin, end, x.Pointer, zeros.Pointer, packed.Pointer, bias ? b.Pointer : null,
                residual ? r.Pointer : null, residualPitch, y.Pointer, activation));
        double[] expected = Reference(g, x.Span, weights, bias ? biases : null, residual ? added : null, residualPitch, exact);
        var dense = new float[expected.Length];
        for (int i = 0; i < actual.Length; i++)
        {
            if (i % g.OutputPitch < g.C)
                dense[i / g.OutputPitch * g.C + i % g.OutputPitch] = actual[i];
            else
                Assert.True(GuardedFloats.IsUnset(actual[i]), "the gap behind a pixel was written");
        }
        KernelCheck.Near(expected, dense, KernelCheck.Fp32(g.Taps));
    }

    [Theory, MemberData(nameof(Widths))]
    public void Three_by_three_matches_at_every_width_of_map(VectorWidth width)
    {
        for (int w = 1; w <= 19; w++)
        {
            Check(width, Square(19, 5, w, 3, 1, 1, gap: 5), Activation.Relu, v => Math.Max(0, v));
            Check(width, Square(37, 6, w, 3, 2, 1, n: 2), new(ActivationKind.Clip, -0.3f, 0.6f), v => Math.Clamp(v, -0.3f, 0.6f));
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Kernels_of_any_kind_match(VectorWidth width)
    {
        Check(width, Square(20, 11, 13, 5, 1, 2), Activation.None, v => v, residual: true);
        Check(width, Square(17, 11, 13, 5, 2, 2, gap: 3), Activation.None, v => v, bias: false);
        Check(width, Square(33, 9, 9, 3, 1, 2, dilation: 2), Activation.None, v => v);
        Check(width, Square(7, 12, 12, 2, 2, 0), Activation.None, v => v);
        Check(width, Square(16, 9, 10, 3, 3, 1), Activation.None, v => v);
        Check(width, Square(16, 8, 8, 3, 2, 1, padLess: 1), Activation.None, v => v, residual: true);
        Check(width, Square(5, 1, 1, 1, 1, 0), Activation.None, v => v);
        Check(width, Square(9, 2, 2, 7, 1, 3), Activation.None, v => v);
        Check(width, Square(16, 2, 2, 3, 1, 4), Activation.None, v => v);     // whole rows and columns of padding
        Check(width, Square(11, 4, 4, 3, 1, 1) with { D = 3, OutD = 3, KernelD = 3, PadFront = 1 }, Activation.None, v => v);
        Check(width, Square(24, 1, 31, 3, 1, 1) with { KernelH = 1, PadTop = 0, OutH = 1 }, Activation.None, v => v);
        Check(width, Square(18, 6, 6, 3, 1, 1), new(ActivationKind.HardSwish), v => v * Math.Clamp(v / 6 + 0.5, 0, 1));
        Check(width, Square(18, 6, 6, 3, 1, 1), new(ActivationKind.Sigmoid), v => 1 / (1 + Math.Exp(-v)), residual: true);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Many_rows_are_grouped_into_units(VectorWidth width) =>
        Check(width, Square(48, 61, 57, 3, 1, 1), Activation.None, v => v);
}
