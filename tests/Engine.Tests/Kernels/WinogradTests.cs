using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class WinogradTests
{
    private static ConvGeometry Square(int size, int c, int k, int pad = 1, int n = 1, int? width = null) => new()
    {
        N = n, H = size, W = width ?? size, C = c, K = k, OutH = size + 2 * pad - 2, OutW = (width ?? size) + 2 * pad - 2, KernelH = 3, KernelW = 3,
        PadTop = pad, PadLeft = pad, InputPitch = (c + 15) / 16 * 16, OutputPitch = (k + 15) / 16 * 16,
    };

    private static readonly (string Name, ConvGeometry Geometry)[] All =
    [
        ("one tile", Square(4, 16, 8)),
        ("part of a tile", Square(1, 16, 24)),
        ("odd channels", Square(7, 17, 35)),
        ("no padding", Square(9, 20, 40, pad: 0)),
        ("more padding than picture", Square(3, 16, 16, pad: 4)),
        ("batch", Square(6, 33, 50, n: 3)),
        ("wide", Square(5, 16, 65, width: 23)),
        ("many tiles", Square(41, 16, 24, width: 53)),
        ("many tiles of a batch", Square(18, 19, 13, n: 9)),
        ("few tiles, many channels", Square(7, 70, 130)),
        ("long sums", Square(4, 1601, 8)),
        ("slices of wider values", Square(6, 16, 20) with { InputPitch = 53, OutputPitch = 67 }),
        ("asymmetric padding", Square(8, 16, 16) with { PadTop = 0, PadLeft = 2, OutH = 9, OutW = 7 }),
    ];

    private static readonly WinogradForm[] Forms = [WinogradForm.Two, WinogradForm.Four];

    public static TheoryData<string, int, VectorWidth> Cases
    {
        get
        {
            var data = new TheoryData<string, int, VectorWidth>();
            foreach ((string name, _) in All)
                foreach (WinogradForm form in Forms)
                    foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
                        data.Add(name, form.Outputs, width);
            return data;
        }
    }

    public static TheoryData<string> Activations => [.. Enum.GetNames<ActivationKind>()];

    [Theory, MemberData(nameof(Cases))]
    public void Equals_the_sum_in_double_precision_within_its_bound(string name, int outputs, VectorWidth width)
    {
        ConvGeometry g = All.Single(line => line.Name == name).Geometry;
        using var data = new WinogradData(g, width, Form(outputs));
        data.Check(data.Run(Activation.None, residual: true), Activation.None, residual: true);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Any_split_and_width_gives_the_same_bits(string name, int outputs, VectorWidth width)
    {
        ConvGeometry g = All.Single(line => line.Name == name).Geometry;
        using WinogradData data = new(g, width, Form(outputs)), narrow = new(g, VectorWidth.Scalar, Form(outputs));
        float[] whole = data.Run(Activation.Relu, residual: true);
        Assert.Equal(Bits(whole), Bits(data.Run(Activation.Relu, residual: true, rowByRow: true)));
        Assert.Equal(Bits(whole), Bits(narrow.Run(Activation.Relu, residual: true)));
    }

    [Theory, MemberData(nameof(Activations))]
    public void Applies_every_activation(string name)
    {
        var kind = Enum.Parse<ActivationKind>(name);
        Activation activation = kind switch
        {
            ActivationKind.LeakyRelu => new(kind, 0.1f),
            ActivationKind.Clip => new(kind, -0.3f, 0.4f),
            ActivationKind.HardSigmoid => new(kind, 0.2f, 0.5f),
            _ => new(kind),
        };
        using var data = new WinogradData(Square(7, 20, 65), VectorWidths.Best, WinogradForm.Four);
        data.Check(data.Run(activation, residual: false), activation, residual: false);
    }

    [Theory, InlineData(2), InlineData(4)]
    public void The_matrices_give_the_correlation(int outputs)
    {
        WinogradForm form = Form(outputs);
        var random = new Random(3);
        double[] x = Numbers(form.Inputs), w = Numbers(3);
        for (int o = 0; o < form.Outputs; o++)
        {
            double sum = 0;
            for (int i = 0; i < form.Inputs; i++)
                sum += form.A[o, i] * Enumerable.Range(0, 3).Sum(t => form.G[i, t] * w[t]) * Enumerable.Range(0, form.Inputs).Sum(j => form.B[i, j] * x[j]);
            Assert.Equal(x[o] * w[0] + x[o + 1] * w[1] + x[o + 2] * w[2], sum, 1e-13);
        }

        double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1)];
    }

    /// <summary>The bound is no number so large that nothing exceeds it: wrong points (0, ±1, ±2 have four times the growth) would.</summary>
    [Theory, InlineData(2, 64), InlineData(4, 64), InlineData(4, 512)]
    public void The_bound_is_near_the_errors_of_random_data(int outputs, int channels)
    {
        using var data = new WinogradData(Square(16, channels, 16), VectorWidths.Best, Form(outputs));
        double error = data.Error(data.Run(Activation.None, residual: false), Activation.None, residual: false);
        Assert.InRange(error, Form(outputs).ErrorBound(channels) / 20, Form(outputs).ErrorBound(channels));
    }

    [Theory, InlineData(64, 56, 4), InlineData(512, 7, 2), InlineData(128, 28, 4)]
    public void Deep_convolutions_take_a_form_and_thin_ones_none(int channels, int size, int outputs)
    {
        Assert.Equal(outputs, WinogradConvolution.FormFor(Square(size, channels, channels))!.Outputs);
        Assert.Null(WinogradConvolution.FormFor(Square(size, 3, channels)));
        Assert.Null(WinogradConvolution.FormFor(Square(size, channels, channels) with { StrideH = 2, StrideW = 2 }));
    }

    private static WinogradForm Form(int outputs) => Forms.Single(form => form.Outputs == outputs);

    private static uint[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToUInt32Bits);
}
