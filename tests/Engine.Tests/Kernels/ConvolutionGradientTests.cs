using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

/// <summary>
/// The backward kernels of convolution: bits that no cutting of the work changes, and memory left alone. What they compute is held against
/// double precision by the operator cases.
/// </summary>
public sealed unsafe class ConvolutionGradientTests
{
    private static ConvGeometry Square(int n, int c, int size, int k, int kernel, int stride, int pad, int groups = 1) => new()
    {
        N = n, C = c, K = k, Groups = groups, H = size, W = size, OutH = (size + 2 * pad - kernel) / stride + 1, OutW = (size + 2 * pad - kernel) / stride + 1,
        KernelH = kernel, KernelW = kernel, StrideH = stride, StrideW = stride, PadTop = pad, PadLeft = pad, InputPitch = c + 3, OutputPitch = k + 5,
    };

    private static readonly (string Name, ConvGeometry Geometry)[] All =
    [
        ("many pixels, few weights", Square(9, 3, 33, 20, 3, 1, 1)),
        ("strided", Square(2, 20, 13, 70, 3, 2, 1)),
        ("small maps, many weights", Square(5, 130, 2, 96, 3, 1, 1)),
        ("groups", Square(3, 24, 9, 36, 3, 2, 1, groups: 3)),
        ("unpadded", Square(20, 6, 14, 16, 5, 1, 0)),
    ];

    public static TheoryData<string, VectorWidth> Cases()
    {
        var data = new TheoryData<string, VectorWidth>();
        foreach ((string name, _) in All)
            foreach (VectorWidth width in VectorWidths.Available)
                data.Add(name, width);
        return data;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Weight_gradients_have_the_same_bits_for_any_split_of_the_rows_and_any_width(string name, VectorWidth width)
    {
        ConvGeometry g = Named(name);
        float[] one = Weights(g, VectorWidth.Scalar, forwards: true);
        Assert.Equal(Bits(one), Bits(Weights(g, width, forwards: true)));
        Assert.Equal(Bits(one), Bits(Weights(g, width, forwards: false)));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Input_gradients_have_the_same_bits_for_any_split_of_the_rows_and_any_width(string name, VectorWidth width)
    {
        ConvGeometry g = Named(name);
        float[] one = Inputs(g, VectorWidth.Scalar, forwards: true);
        Assert.Equal(Bits(one), Bits(Inputs(g, width, forwards: true)));
        Assert.Equal(Bits(one), Bits(Inputs(g, width, forwards: false)));
    }

    [Fact]
    public void Many_pixels_are_cut_into_chunks_that_are_added_up()
    {
        var kernel = new ConvolutionWeightGradient(Named("many pixels, few weights"), VectorWidths.Best);
        Assert.True(kernel.Rows > 1 && kernel.ReduceRows > 0);
    }

    [Fact]
    public void Weights_of_another_size_are_refused()
    {
        using var kernel = new ConvolutionInputGradient(Named("unpadded"), VectorWidths.Best);
        Assert.Throws<ArgumentException>(() => kernel.Pack(new float[7], null));
    }

    private static float[] Weights(ConvGeometry g, VectorWidth width, bool forwards)
    {
        var kernel = new ConvolutionWeightGradient(g, width);
        using GuardedFloats x = Pixels(g.N * g.InputPixels, g.C, g.InputPitch, 3), dy = Pixels(g.N * g.OutputPixels, g.K, g.OutputPitch, 4);
        using GuardedFloats partial = new(kernel.PartialFloats), scratch = new(kernel.ScratchFloats), dw = new((long)g.K * g.GroupC * g.Taps);
        foreach (int row in Order(kernel.Rows, forwards))
            kernel.Run(row, row + 1, x.Pointer, dy.Pointer, partial.Pointer, dw.Pointer, scratch.Pointer);
        foreach (int row in Order(kernel.ReduceRows, forwards))
            kernel.Reduce(row, row + 1, partial.Pointer, dw.Pointer);
        Assert.DoesNotContain(dw.Span.ToArray(), float.IsNaN);
        return dw.Span.ToArray();
    }

    private static float[] Inputs(ConvGeometry g, VectorWidth width, bool forwards)
    {
        using var kernel = new ConvolutionInputGradient(g, width);
        using GuardedFloats dy = Pixels(g.N * g.OutputPixels, g.K, g.OutputPitch, 4), packed = new(kernel.PackedLength), scratch = new(kernel.ScratchFloats);
        using GuardedFloats zeros = new(Math.Max(kernel.ZeroFloats, kernel.PaddedBias)), dx = new((long)g.N * g.InputPixels * g.InputPitch - (g.InputPitch - g.C));
        zeros.Span.Clear();
        kernel.Pack(KernelCheck.Random(g.K * g.GroupC * g.Taps, 5), packed.Pointer);
        foreach (int row in Order(kernel.Rows, forwards))
            kernel.Run(row, row + 1, dy.Pointer, zeros.Pointer, packed.Pointer, dx.Pointer, scratch.Pointer);
        float[] values = dx.Span.ToArray();
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(i % g.InputPitch >= g.C, GuardedFloats.IsUnset(values[i]));
        return values;
    }

    private static IEnumerable<int> Order(int rows, bool forwards) => forwards ? Enumerable.Range(0, rows) : Enumerable.Range(0, rows).Reverse();

    /// <summary>Lanes behind the last channel stay NaN: a kernel that uses them shows.</summary>
    private static GuardedFloats Pixels(int pixels, int channels, int pitch, int seed)
    {
        var memory = new GuardedFloats((long)pixels * pitch - (pitch - channels));
        float[] values = KernelCheck.Random(pixels * channels, seed);
        for (int i = 0; i < values.Length; i++)
            memory.Span[i / channels * pitch + i % channels] = values[i];
        return memory;
    }

    private static ConvGeometry Named(string name) => All.Single(x => x.Name == name).Geometry;

    private static uint[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);
}
