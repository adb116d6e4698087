using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class GemmTests
{
    private static readonly (int M, int N, int Depth)[] Sizes =
    [
        (1, 1, 1), (1, 1000, 37), (1, 10, 130), (2, 65, 17), (5, 24, 0), (13, 17, 19), (49, 80, 33), (7, 48, 1601), (211, 130, 23), (500, 3, 5), (3, 5, 2),
    ];

    public static TheoryData<int, VectorWidth> Cases()
    {
        var data = new TheoryData<int, VectorWidth>();
        for (int i = 0; i < Sizes.Length; i++)
            foreach (VectorWidth width in VectorWidths.Available)
                data.Add(i, width);
        return data;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Equals_the_product_in_double_precision(int size, VectorWidth width)
    {
        (int m, int n, int depth) = Sizes[size];
        foreach (bool packed in new[] { false, true })
            foreach (bool transposeA in new[] { false, true })
                foreach (bool transposeB in new[] { false, true })
                    Check(new GemmGeometry { M = m, N = n, Depth = depth, TransposeA = transposeA, TransposeB = transposeB }, width, packed, 1, 0, 0, 0);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Scales_and_adds_every_form_of_C(int size, VectorWidth width)
    {
        (int m, int n, int depth) = Sizes[size];
        var g = new GemmGeometry { M = m, N = n, Depth = depth, APitch = depth + 3, BPitch = n + 5, OutputPitch = n + 2 };
        foreach (bool packed in new[] { false, true })
        {
            Check(g, width, packed, 0.5f, 2f, n + 1, 1);
            Check(g, width, packed, -1.5f, 0.25f, 0, 1);
            Check(g, width, packed, 1, 1, 3, 0);
            Check(g, width, packed, 1, -1, 0, 0);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Batches_read_and_write_at_their_offsets(int size, VectorWidth width)
    {
        (int m, int n, int depth) = Sizes[size];
        long a = (long)m * depth, b = (long)depth * n;
        // Item 2 shares A with item 0 and B with item 1, as a broadcast does.
        var g = new GemmGeometry { M = m, N = n, Depth = depth, Batch = 3, AOffsets = [0, a, 0], BOffsets = [b, 0, 0], OutputStep = (long)m * n + 7, TransposeB = true };
        Check(g, width, false, 1, 0, 0, 0);
        Check(g with { TransposeA = true, TransposeB = false }, width, false, 1, 0, 0, 0);
        Check(g with { BOffsets = null }, width, true, 1, 0, 0, 0);
    }

    [Theory]
    [InlineData(VectorWidth.Scalar), InlineData(VectorWidth.V128), InlineData(VectorWidth.V256), InlineData(VectorWidth.V512)]
    public void Applies_the_activation_last(VectorWidth width)
    {
        if (width > VectorWidths.Best)
            return;
        foreach (ActivationKind kind in Enum.GetValues<ActivationKind>())
            Check(new GemmGeometry { M = 9, N = 21, Depth = 11 }, width, true, 0.3f, 1, 0, 1, new Activation(kind, 0.2f, 0.6f));
    }

    private static void Check(GemmGeometry g, VectorWidth width, bool packed, float alpha, float beta, int cLineStep, int cColumnStep, Activation activation = default)
    {
        var random = new Random(3);
        int aLines = g.TransposeA ? g.Depth : g.M, aWidth = g.TransposeA ? g.M : g.Depth, bLines = g.TransposeB ? g.N : g.Depth, bWidth = g.TransposeB ? g.Depth : g.N;
        int aPitch = g.APitch != 0 ? g.APitch : aWidth, bPitch = g.BPitch != 0 ? g.BPitch : bWidth, yPitch = g.OutputPitch != 0 ? g.OutputPitch : g.N;
        long yStep = g.OutputStep != 0 ? g.OutputStep : (long)g.M * yPitch;
        using GuardedFloats a = Random((g.AOffsets?.Max() ?? 0) + Span(aLines, aWidth, aPitch), random), b = Random((g.BOffsets?.Max() ?? 0) + Span(bLines, bWidth, bPitch), random);
        using GuardedFloats c = Random((long)(g.M - 1) * cLineStep + (g.N - 1) * cColumnStep + 1, random);
        var kernel = new Gemm(g, width, packed);
        using var packedB = new GuardedFloats(kernel.PackedLength);
        if (packed)
            kernel.Pack(b.Pointer, alpha, packedB.Pointer);
        float[]? whole = null;
        for (int split = 0; split < 2; split++)
        {
            using var y = new GuardedFloats((g.Batch - 1) * yStep + Span(g.M, g.N, yPitch));
            using var scratch = new GuardedFloats(kernel.ScratchFloats);
            float* source = packed ? packedB.Pointer : b.Pointer, addend = beta == 0 ? null : c.Pointer;
            if (split == 0)
                kernel.Run(0, kernel.Rows, a.Pointer, source, alpha, addend, beta, cLineStep, cColumnStep, y.Pointer, activation, scratch.Pointer);
            for (int row = kernel.Rows - 1; split == 1 && row >= 0; row--)
                kernel.Run(row, row + 1, a.Pointer, source, alpha, addend, beta, cLineStep, cColumnStep, y.Pointer, activation, scratch.Pointer);
            float[] actual = y.Span.ToArray();
            if (whole != null)
            {
                Assert.Equal(Array.ConvertAll(whole, BitConverter.SingleToUInt32Bits), Array.ConvertAll(actual, BitConverter.SingleToUInt32Bits));
                return;
            }
            whole = actual;
            Compare(g, a, b, c, aPitch, bPitch, yPitch, yStep, alpha, beta, cLineStep, cColumnStep, activation, actual);
        }
    }

    private static void Compare(GemmGeometry g, GuardedFloats a, GuardedFloats b, GuardedFloats c, int aPitch, int bPitch, int yPitch, long yStep,
        float alpha, float beta, int cLineStep, int cColumnStep, Activation activation, float[] actual)
    {
        var expected = new double[actual.Length];
        Array.Fill(expected, double.NaN);
        double scale = 1e-3;
        for (int item = 0; item < g.Batch; item++)
            for (int m = 0; m < g.M; m++)
                for (int n = 0; n < g.N; n++)
                {
                    double sum = 0;
                    for (int d = 0; d < g.Depth; d++)
                        sum += (double)a.Pointer[(g.AOffsets?[item] ?? 0) + (g.TransposeA ? (long)d * aPitch + m : (long)m * aPitch + d)]
                            * b.Pointer[(g.BOffsets?[item] ?? 0) + (g.TransposeB ? (long)n * bPitch + d : (long)d * bPitch + n)];
                    sum *= alpha;
                    if (beta != 0)
                        sum += beta * (double)c.Pointer[(long)m * cLineStep + n * cColumnStep];
                    scale = Math.Max(scale, Math.Abs(sum));
                    expected[item * yStep + (long)m * yPitch + n] = ConvData.Apply(activation, sum);
                }
        double tolerance = 2e-7 * Math.Sqrt(g.Depth + 2) * scale;
        for (int i = 0; i < actual.Length; i++)
            if (double.IsNaN(expected[i]))
                Assert.True(GuardedFloats.IsUnset(actual[i]), $"float {i} between the lines was written");
            else
                Assert.True(Math.Abs(actual[i] - expected[i]) <= tolerance, $"{g}: float {i}: {actual[i]} instead of {expected[i]} (tolerance {tolerance:E1})");
    }

    private static long Span(int lines, int width, int pitch) => lines == 0 || width == 0 ? 0 : (long)(lines - 1) * pitch + width;

    private static GuardedFloats Random(long length, Random random)
    {
        var floats = new GuardedFloats(length);
        foreach (ref float x in floats.Span)
            x = random.NextSingle() * 2 - 1;
        return floats;
    }
}
