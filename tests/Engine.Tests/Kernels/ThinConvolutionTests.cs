using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

/// <summary>The kernel with columns in its lanes against the one with channels in them: the same chain of multiply-adds, so the same bits.</summary>
public sealed unsafe class ThinConvolutionTests
{
    private static readonly ConvGeometry[] Cases =
    [
        new() { N = 5, H = 28, W = 28, C = 1, K = 6, OutH = 28, OutW = 28, KernelH = 5, KernelW = 5, PadTop = 2, PadLeft = 2, InputPitch = 4, OutputPitch = 8 },
        new() { H = 61, W = 200, C = 3, K = 16, OutH = 59, OutW = 198, KernelH = 3, KernelW = 3, InputPitch = 4, OutputPitch = 16 },
        new() { N = 2, H = 11, W = 33, C = 4, K = 13, OutH = 5, OutW = 17, KernelH = 3, KernelW = 2, StrideH = 2, StrideW = 2, PadLeft = 1, InputPitch = 5, OutputPitch = 29 },
        new() { W = 40, C = 2, K = 3, OutW = 34, KernelW = 3, DilationW = 3, InputPitch = 2, OutputPitch = 3 },
    ];

    public static TheoryData<int, VectorWidth> All
    {
        get
        {
            var data = new TheoryData<int, VectorWidth>();
            for (int i = 0; i < Cases.Length; i++)
                foreach (VectorWidth width in VectorWidths.Available)
                    data.Add(i, width);
            return data;
        }
    }

    [Theory, MemberData(nameof(All))]
    public void Equals_the_matrix_kernel_to_the_bit_in_any_split(int number, VectorWidth width)
    {
        ConvGeometry g = Cases[number];
        Assert.True(ThinConvolution.Fits(g));
        // Lanes behind the last channel of a pixel are no numbers.
        using var input = new GuardedFloats((long)g.N * g.InputPixels * g.InputPitch - (g.InputPitch - g.C));
        float[] x = KernelCheck.Random(g.N * g.InputPixels * g.C, 3), w = KernelCheck.Random(g.K * g.C * g.Taps, 4), b = KernelCheck.Random(g.K, 5);
        for (int i = 0; i < x.Length; i++)
            input.Span[i / g.C * g.InputPitch + i % g.C] = x[i];
        int floats = g.N * g.OutputPixels * g.OutputPitch - (g.OutputPitch - g.K);
        foreach (Activation activation in new[] { Activation.None, Activation.Relu, new(ActivationKind.Tanh) })
        {
            using var matrix = new Convolution(g, width);
            using GuardedFloats weights = new(matrix.PackedLength), bias = new(matrix.PaddedBias), zeros = new(matrix.ZeroFloats), scratch = new(matrix.ScratchFloats);
            matrix.Pack(w, weights.Pointer);
            matrix.PackBias(b, bias.Pointer);
            zeros.Span.Clear();
            float[] expected = KernelCheck.AnySplit(matrix.Rows, floats, (begin, end, y) =>
                matrix.Run(begin, end, input.Pointer, zeros.Pointer, weights.Pointer, bias.Pointer, null, 0, y.Pointer, activation, scratch.Pointer));

            var thin = new ThinConvolution(g, width);
            using GuardedFloats packed = new(thin.PackedLength), ownBias = KernelCheck.Guarded(b), ownScratch = new(thin.ScratchFloats);
            thin.Pack(w, packed.Pointer);
            float[] actual = KernelCheck.AnySplit(thin.Rows, floats, (begin, end, y) =>
                thin.Run(begin, end, input.Pointer, packed.Pointer, ownBias.Pointer, y.Pointer, activation, ownScratch.Pointer));
            Assert.Equal(Array.ConvertAll(expected, BitConverter.SingleToUInt32Bits), Array.ConvertAll(actual, BitConverter.SingleToUInt32Bits));
        }
    }
}
