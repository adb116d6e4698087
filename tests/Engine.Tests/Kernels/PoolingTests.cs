using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class PoolingTests
{
    public static TheoryData<VectorWidth> Widths => KernelCheck.Widths;

    private static readonly PoolGeometry[] Cases =
    [
        new() { N = 2, C = 19, H = 9, W = 11, KernelH = 3, KernelW = 3, StrideH = 2, StrideW = 2, PadTop = 1, PadLeft = 1, PadBottom = 1, PadRight = 1, OutH = 5, OutW = 6, InputPitch = 24, OutputPitch = 32 },
        new() { C = 37, H = 7, W = 5, KernelH = 2, KernelW = 3, StrideH = 2, StrideW = 2, OutH = 4, OutW = 3, InputPitch = 37, OutputPitch = 40 },   // ceil_mode reaches beyond
        new() { C = 5, H = 7, W = 5, KernelH = 3, KernelW = 3, PadTop = 2, PadLeft = 1, PadRight = 2, OutH = 7, OutW = 6, InputPitch = 5, OutputPitch = 5 },
        new() { C = 16, H = 9, W = 9, KernelH = 3, KernelW = 2, DilationH = 3, DilationW = 2, PadTop = 2, PadLeft = 1, OutH = 5, OutW = 8, InputPitch = 16, OutputPitch = 16 },
        new() { N = 2, C = 33, D = 4, H = 5, W = 6, KernelD = 2, KernelH = 3, KernelW = 3, StrideD = 2, PadFront = 1, PadBack = 1, PadTop = 1, PadLeft = 1, PadBottom = 1, PadRight = 1, OutD = 3, OutH = 5, OutW = 6, InputPitch = 48, OutputPitch = 33 },
        new() { N = 3, C = 1, W = 50, KernelW = 7, StrideW = 3, PadLeft = 3, OutW = 16, InputPitch = 4, OutputPitch = 1 },
    ];

    private static double Reduce(in PoolGeometry g, float[] x, bool average, int n, int c, int d, int h, int w, out long index)
    {
        double most = double.NegativeInfinity, sum = 0;
        int inside = 0, counted = 0;
        index = -1;
        for (int i = 0; i < g.KernelD; i++)
            for (int j = 0; j < g.KernelH; j++)
                for (int k = 0; k < g.KernelW; k++)
                {
                    int z = d * g.StrideD - g.PadFront + i * g.DilationD, row = h * g.StrideH - g.PadTop + j * g.DilationH, column = w * g.StrideW - g.PadLeft + k * g.DilationW;
                    if (z < g.D + g.PadBack && row < g.H + g.PadBottom && column < g.W + g.PadRight)
                        counted++;
                    if (z < 0 || z >= g.D || row < 0 || row >= g.H || column < 0 || column >= g.W)
                        continue;
                    inside++;
                    double value = x[(((n * g.D + z) * g.H + row) * g.W + column) * g.C + c];
                    sum += value;
                    if (value > most)
                        (most, index) = (value, ((((long)n * g.C + c) * g.D + z) * g.H + row) * g.W + column);
                }
        return !average ? most : sum / (g.CountPadding ? counted : inside);
    }

    private static void Check(VectorWidth width, PoolGeometry g, bool average)
    {
        int inPixels = g.N * g.D * g.H * g.W, outPixels = g.N * g.OutD * g.OutH * g.OutW;
        float[] x = KernelCheck.Random(inPixels * g.C, 6);
        using var input = new GuardedFloats((inPixels - 1) * g.InputPitch + g.C);
        for (int i = 0; i < x.Length; i++)
            input.Span[i / g.C * g.InputPitch + i % g.C] = x[i];
        Pooling pooling = average ? Pooling.Average(g, width) : Pooling.Max(g, width);
        float[] y = KernelCheck.AnySplit(pooling.Rows, (outPixels - 1) * g.OutputPitch + g.C, (begin, end, output) => pooling.Run(begin, end, input.Pointer, output.Pointer));
        var expected = new double[outPixels * g.C];
        var actual = new float[expected.Length];
        for (int p = 0; p < outPixels; p++)
            for (int c = 0; c < g.OutputPitch && p * g.OutputPitch + c < y.Length; c++)
            {
                if (c >= g.C)
                {
                    Assert.True(GuardedFloats.IsUnset(y[p * g.OutputPitch + c]));
                    continue;
                }
                int w = p % g.OutW, h = p / g.OutW % g.OutH, d = p / g.OutW / g.OutH % g.OutD, n = p / g.OutW / g.OutH / g.OutD;
                expected[p * g.C + c] = Reduce(g, x, average, n, c, d, h, w, out _);
                actual[p * g.C + c] = y[p * g.OutputPitch + c];
            }
        KernelCheck.Near(expected, actual, average ? KernelCheck.Fp32(g.KernelD * g.KernelH * g.KernelW) : 0);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Maximum_and_both_averages_match(VectorWidth width)
    {
        foreach (PoolGeometry g in Cases)
        {
            Check(width, g, false);
            Check(width, g, true);
            Check(width, g with { CountPadding = true }, true);
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void Global_pooling_is_one_window(VectorWidth width)
    {
        const int N = 2, Pixels = 3137, C = 21, Pitch = 32;
        float[] x = KernelCheck.Random(N * Pixels * Pitch, 8);
        using GuardedFloats input = KernelCheck.Guarded(x);
        var mean = new double[N * C];
        var most = new double[N * C];
        Array.Fill(most, double.NegativeInfinity);
        for (int i = 0; i < x.Length; i++)
        {
            int n = i / Pitch / Pixels, c = i % Pitch;
            if (c >= C)
                continue;
            mean[n * C + c] += (double)x[i] / Pixels;
            most[n * C + c] = Math.Max(most[n * C + c], x[i]);
        }
        Pooling average = Pooling.Global(true, N, Pixels, C, Pitch, C, width), max = Pooling.Global(false, N, Pixels, C, Pitch, C, width);
        KernelCheck.Near(mean, KernelCheck.AnySplit(average.Rows, N * C, (b, e, y) => average.Run(b, e, input.Pointer, y.Pointer)), KernelCheck.Fp32(64));
        KernelCheck.Near(most, KernelCheck.AnySplit(max.Rows, N * C, (b, e, y) => max.Run(b, e, input.Pointer, y.Pointer)), 0);
    }

    [Fact]
    public void Indices_point_into_the_row_major_input()
    {
        foreach (PoolGeometry g in Cases)
        {
            float[] x = KernelCheck.Random(g.N * g.D * g.H * g.W * g.C, 9);
            long[] lanes = [(long)g.D * g.H * g.W * g.C, 1, g.H * g.W * g.C, g.W * g.C, g.C];
            int outputs = g.N * g.C * g.OutD * g.OutH * g.OutW;
            long[] rowMajor = [(long)g.C * g.OutD * g.OutH * g.OutW, g.OutD * g.OutH * g.OutW, g.OutH * g.OutW, g.OutW, 1];
            float[] values = new float[outputs];
            long[] indices = new long[outputs], turned = new long[outputs];
            fixed (float* from = x, to = values)
            fixed (long* at = indices, other = turned)
            {
                var pool = new MaxPoolIndices<float>(g, lanes, rowMajor);
                pool.Run(0, pool.Rows, from, to, at);
                new MaxPoolIndices<float>(g, lanes, rowMajor, columnMajor: true).Run(0, pool.Rows, from, to, other);
            }
            for (int i = 0; i < outputs; i++)
            {
                int w = i % g.OutW, h = i / g.OutW % g.OutH, d = i / g.OutW / g.OutH % g.OutD, c = i / g.OutW / g.OutH / g.OutD % g.C, n = i / g.OutW / g.OutH / g.OutD / g.C;
                Assert.Equal(Reduce(g, x, false, n, c, d, h, w, out long index), values[i]);
                Assert.Equal(index, indices[i]);
                if (index >= 0)
                {
                    long volume = g.D * g.H * g.W, inside = index % volume;
                    long z = inside / g.W / g.H, row = inside / g.W % g.H, column = inside % g.W;
                    Assert.Equal(index - inside + z + row * g.D + column * g.D * g.H, turned[i]);
                }
            }
        }
    }

    [Fact]
    public void Bytes_are_pooled_too()
    {
        byte[] x = [3, 200, 7, 1, 9, 255, 0, 4], y = new byte[4];
        var g = new PoolGeometry { C = 1, W = 8, KernelW = 2, StrideW = 2, OutW = 4 };
        fixed (byte* from = x, to = y)
            new MaxPoolIndices<byte>(g, [8, 8, 8, 8, 1], [4, 4, 4, 4, 1]).Run(0, 1, from, to, null);
        Assert.Equal<byte>([200, 7, 255, 4], y);
    }
}
