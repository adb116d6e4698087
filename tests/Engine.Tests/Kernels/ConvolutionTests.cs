using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class ConvolutionTests
{
    private static ConvGeometry Square(int size, int c, int k, int kernel, int stride = 1, int pad = 0, int dilation = 1, int groups = 1, int n = 1, int? width = null)
    {
        int w = width ?? size, reach = (kernel - 1) * dilation + 1;
        return new ConvGeometry
        {
            N = n, H = size, W = w, C = c, K = k, Groups = groups,
            OutH = (size + 2 * pad - reach) / stride + 1, OutW = (w + 2 * pad - reach) / stride + 1,
            KernelH = kernel, KernelW = kernel, StrideH = stride, StrideW = stride, PadTop = pad, PadLeft = pad,
            DilationH = dilation, DilationW = dilation, InputPitch = Pitch(c), OutputPitch = Pitch(k),
        };
    }

    private static int Pitch(int c) => c <= 4 ? 4 : c <= 8 ? 8 : (c + 15) / 16 * 16;

    private static readonly (string Name, ConvGeometry Geometry)[] All =
    [
        ("one pixel", Square(1, 1, 1, 1)),
        ("pointwise prime", Square(7, 17, 65, 1)),
        ("pointwise batch", Square(5, 20, 24, 1, n: 3)),
        ("pointwise 1000", Square(3, 40, 1000, 1)),
        ("pointwise 49 pixels", Square(7, 33, 144, 1)),
        ("pointwise long sum", Square(3, 1700, 70, 1)),
        ("pointwise stride", Square(9, 17, 48, 1, stride: 2)),
        ("pointwise pad", Square(4, 17, 20, 1, pad: 1)),
        ("3x3", Square(11, 20, 24, 3, pad: 1)),
        ("3x3 batch stride", Square(13, 16, 96, 3, stride: 2, pad: 1, n: 2)),
        ("3x3 dilation", Square(13, 19, 10, 3, pad: 2, dilation: 2)),
        ("3x3 in steps", Square(5, 400, 80, 3, pad: 1)),
        ("3x3 larger than image", Square(2, 17, 33, 3, pad: 1)),
        ("3x3 many pixels", Square(41, 16, 65, 3, pad: 1, width: 53)),
        ("stem 3x3", Square(23, 3, 64, 3, stride: 2)),
        ("stem 3x3 pad", Square(23, 3, 32, 3, stride: 2, pad: 1, n: 2)),
        ("stem 7x7", Square(29, 3, 64, 7, stride: 2, pad: 3)),
        ("stem 11x11", Square(47, 3, 96, 11, stride: 4, pad: 2)),
        ("stem gray 5x5", Square(17, 1, 6, 5, pad: 2)),
        ("five channels", Square(9, 5, 10, 3, pad: 1)),
        ("eight channels joined", Square(9, 8, 17, 3, pad: 1)),
        ("stem dilated", Square(19, 3, 17, 3, pad: 2, dilation: 2)),
        ("dense three channels", Square(12, 3, 16, 5, pad: 2) with { InputPitch = 3 }),
        ("slice of a wide output", Square(6, 16, 20, 3, pad: 1) with { OutputPitch = 67, InputPitch = 53 }),
        ("groups", Square(7, 24, 36, 3, pad: 1, groups: 3)),
        ("groups of long runs", Square(7, 64, 96, 1, groups: 2, n: 2)),
        ("depthwise", Square(7, 17, 17, 3, pad: 1, groups: 17)),
        ("asymmetric", new ConvGeometry
        {
            N = 2, H = 9, W = 14, C = 18, K = 35, OutH = 5, OutW = 13, KernelH = 4, KernelW = 2, StrideH = 2, PadTop = 2, PadLeft = 0,
            DilationW = 3, InputPitch = 32, OutputPitch = 48,
        }),
        ("wide asymmetric pad", new ConvGeometry
        {
            H = 3, W = 5, C = 3, K = 5, OutH = 6, OutW = 11, KernelH = 2, KernelW = 3, PadTop = 4, PadLeft = 7, InputPitch = 4, OutputPitch = 8,
        }),
        ("one axis", new ConvGeometry { N = 2, W = 37, C = 20, K = 17, OutW = 37, KernelW = 5, PadLeft = 2, InputPitch = 32, OutputPitch = 32 }),
        ("one axis joined", new ConvGeometry { W = 37, C = 8, K = 17, OutW = 35, KernelW = 3, InputPitch = 8, OutputPitch = 32 }),
        ("three axes", new ConvGeometry
        {
            N = 2, D = 5, H = 6, W = 7, C = 17, K = 18, OutD = 3, OutH = 6, OutW = 4, KernelD = 3, KernelH = 3, KernelW = 3,
            StrideD = 2, StrideW = 2, PadFront = 1, PadTop = 1, PadLeft = 1, InputPitch = 32, OutputPitch = 32,
        }),
        ("three axes of a stem", new ConvGeometry
        {
            D = 5, H = 6, W = 7, C = 3, K = 18, OutD = 5, OutH = 6, OutW = 7, KernelD = 3, KernelH = 3, KernelW = 3,
            PadFront = 1, PadTop = 1, PadLeft = 1, InputPitch = 4, OutputPitch = 32,
        }),
    ];

    public static TheoryData<string, VectorWidth> Cases()
    {
        var data = new TheoryData<string, VectorWidth>();
        foreach ((string name, _) in All)
            foreach (VectorWidth width in VectorWidths.Available)
                data.Add(name, width);
        return data;
    }

    public static TheoryData<string, VectorWidth> Activations()
    {
        var data = new TheoryData<string, VectorWidth>();
        foreach (string kind in Enum.GetNames<ActivationKind>())
            foreach (VectorWidth width in VectorWidths.Available)
                data.Add(kind, width);
        return data;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Equals_the_sum_in_double_precision(string name, VectorWidth width) =>
        Check(Named(name), width, Activation.None, residual: false);

    [Theory, MemberData(nameof(Cases))]
    public void Adds_the_residual_before_the_activation(string name, VectorWidth width) =>
        Check(Named(name), width, Activation.Relu, residual: true);

    [Theory, MemberData(nameof(Activations))]
    public void Applies_every_activation(string name, VectorWidth width)
    {
        var kind = Enum.Parse<ActivationKind>(name);
        Activation activation = kind switch
        {
            ActivationKind.LeakyRelu => new(kind, 0.1f),
            ActivationKind.Clip => new(kind, -0.3f, 0.4f),
            ActivationKind.HardSigmoid => new(kind, 0.2f, 0.5f),
            _ => new(kind),
        };
        Check(Square(7, 20, 65, 3, pad: 1), width, activation, residual: true);
        Check(Square(5, 3, 17, 1), width, activation, residual: false);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Any_split_of_the_rows_gives_the_same_bits(string name, VectorWidth width)
    {
        ConvGeometry g = Named(name);
        using var data = new ConvData(g, width);
        float[] whole = data.Run(Activation.Relu, true, 0, data.Kernel.Rows);
        var order = Enumerable.Range(0, data.Kernel.Rows).Reverse().Select(row => (row, row + 1)).ToArray();
        Assert.Equal(Bits(whole), Bits(data.Run(Activation.Relu, true, order)));
        int third = data.Kernel.Rows / 3;
        Assert.Equal(Bits(whole), Bits(data.Run(Activation.Relu, true, (third, data.Kernel.Rows), (0, third))));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_width_gives_the_same_bits(string name, VectorWidth width)
    {
        ConvGeometry g = Named(name);
        using ConvData one = new(g, VectorWidth.Scalar), other = new(g, width);
        Assert.Equal(Bits(one.Run(Activation.None, true, 0, one.Kernel.Rows)), Bits(other.Run(Activation.None, true, 0, other.Kernel.Rows)));
    }

    [Theory]
    [InlineData(VectorWidth.Scalar), InlineData(VectorWidth.V128), InlineData(VectorWidth.V256), InlineData(VectorWidth.V512)]
    public void Not_a_number_reaches_exactly_the_outputs_that_see_it(VectorWidth width)
    {
        if (width > VectorWidths.Best)
            return;
        foreach (ActivationKind kind in Enum.GetValues<ActivationKind>())
        {
            using var data = new ConvData(Square(7, 17, 20, 3, pad: 1), width);
            data.Input.Span[(3 * 7 + 6) * 32 + 5] = float.NaN;
            float[] output = data.Run(new Activation(kind, 0.1f, 0.7f), false, 0, data.Kernel.Rows);
            for (int p = 0; p < 49; p++)
                for (int k = 0; k < 20; k++)
                    Assert.Equal(p / 7 is >= 2 and <= 4 && p % 7 >= 5, float.IsNaN(output[p * 32 + k]));
        }
    }

    private static ConvGeometry Named(string name) => All.Single(x => x.Name == name).Geometry;

    private static uint[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);

    private static void Check(ConvGeometry g, VectorWidth width, Activation activation, bool residual)
    {
        using var data = new ConvData(g, width);
        float[] actual = data.Run(activation, residual, 0, data.Kernel.Rows);
        double[] expected = data.Reference(activation, residual);
        // Before the activation, which may have cut the large sums whose rounding the others share.
        double scale = data.Reference(Activation.None, residual).Max(Math.Abs), tolerance = 2e-7 * Math.Sqrt(g.Taps * g.GroupC + 2) * Math.Max(scale, 1e-3);
        long pixels = (long)g.N * g.OutputPixels;
        for (long p = 0; p < pixels; p++)
            for (int k = 0; k < g.OutputPitch; k++)
            {
                float value = actual[p * g.OutputPitch + k];
                if (k >= g.K)
                    Assert.True(GuardedFloats.IsUnset(value), $"pixel {p}: lane {k} behind {g.K} channels was written");
                else
                    Assert.True(Math.Abs(value - expected[p * g.K + k]) <= tolerance, $"pixel {p} channel {k}: {value} instead of {expected[p * g.K + k]} (tolerance {tolerance:E1})");
            }
    }
}
