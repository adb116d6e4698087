using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

/// <summary>One convolution with random operands in guarded memory, and the same sum in double precision.</summary>
internal sealed unsafe class ConvData : IDisposable
{
    private readonly ConvGeometry g;
    private readonly GuardedFloats packed, packedBias, zeros;

    public ConvData(ConvGeometry geometry, VectorWidth width)
    {
        g = geometry;
        Kernel = new Convolution(g, width);
        var random = new Random(7);
        // Lanes behind the last channel stay NaN: a kernel that uses them shows.
        Input = new GuardedFloats((long)g.N * g.InputPixels * g.InputPitch - (g.InputPitch - g.C));
        for (int p = 0; p < g.N * g.InputPixels; p++)
            for (int c = 0; c < g.C; c++)
                Input.Span[p * g.InputPitch + c] = random.NextSingle() * 2 - 1;
        Weights = new float[g.K * g.GroupC * g.Taps];
        foreach (ref float w in Weights.AsSpan())
            w = random.NextSingle() * 2 - 1;
        Bias = new float[g.K];
        foreach (ref float b in Bias.AsSpan())
            b = random.NextSingle() * 2 - 1;
        ResidualPitch = g.K + 3;
        Residual = new GuardedFloats((long)g.N * g.OutputPixels * ResidualPitch - 3);
        for (int p = 0; p < g.N * g.OutputPixels; p++)
            for (int k = 0; k < g.K; k++)
                Residual.Span[p * ResidualPitch + k] = random.NextSingle() * 2 - 1;
        packed = new GuardedFloats(Kernel.PackedLength);
        Kernel.Pack(Weights, packed.Pointer);
        packedBias = new GuardedFloats(Kernel.PaddedBias);
        Kernel.PackBias(Bias, packedBias.Pointer);
        zeros = new GuardedFloats(Kernel.ZeroFloats);
        zeros.Span.Clear();
    }

    public Convolution Kernel { get; }
    public GuardedFloats Input { get; }
    public float[] Weights { get; }
    public float[] Bias { get; }
    public GuardedFloats Residual { get; }
    public int ResidualPitch { get; }

    public float[] Run(Activation activation, bool withResidual, int begin, int end) => Run(activation, withResidual, (begin, end));

    public float[] Run(Activation activation, bool withResidual, params (int Begin, int End)[] parts)
    {
        using var output = new GuardedFloats((long)g.N * g.OutputPixels * g.OutputPitch - (g.OutputPitch - g.K));
        using var scratch = new GuardedFloats(Kernel.ScratchFloats);
        foreach ((int begin, int end) in parts)
            Kernel.Run(begin, end, Input.Pointer, zeros.Pointer, packed.Pointer, packedBias.Pointer, withResidual ? Residual.Pointer : null,
                ResidualPitch, output.Pointer, activation, scratch.Pointer);
        float[] result = new float[g.N * g.OutputPixels * g.OutputPitch];
        Array.Fill(result, GuardedFloats.Unset);
        output.Span.CopyTo(result);
        return result;
    }

    /// <summary>Dense [pixel][K] in double precision, straight from the definition.</summary>
    public double[] Reference(Activation activation, bool withResidual)
    {
        var output = new double[g.N * g.OutputPixels * g.K];
        for (int n = 0; n < g.N; n++)
            for (int p = 0; p < g.OutputPixels; p++)
                for (int k = 0; k < g.K; k++)
                {
                    int oz = p / (g.OutH * g.OutW), oy = p / g.OutW % g.OutH, ox = p % g.OutW, group = k / g.GroupK;
                    double sum = Bias[k];
                    for (int kd = 0; kd < g.KernelD; kd++)
                        for (int kh = 0; kh < g.KernelH; kh++)
                            for (int kw = 0; kw < g.KernelW; kw++)
                            {
                                int z = oz * g.StrideD - g.PadFront + kd * g.DilationD, y = oy * g.StrideH - g.PadTop + kh * g.DilationH, x = ox * g.StrideW - g.PadLeft + kw * g.DilationW;
                                if (z < 0 || z >= g.D || y < 0 || y >= g.H || x < 0 || x >= g.W)
                                    continue;
                                int pixel = ((n * g.D + z) * g.H + y) * g.W + x, tap = (kd * g.KernelH + kh) * g.KernelW + kw;
                                for (int c = 0; c < g.GroupC; c++)
                                    sum += (double)Input.Span[pixel * g.InputPitch + group * g.GroupC + c] * Weights[(k * g.GroupC + c) * g.Taps + tap];
                            }
                    int at = n * g.OutputPixels + p;
                    if (withResidual)
                        sum += Residual.Span[at * ResidualPitch + k];
                    output[at * g.K + k] = Apply(activation, sum);
                }
        return output;
    }

    public static double Apply(Activation activation, double x) => activation.Kind switch
    {
        ActivationKind.Relu => Math.Max(0, x),
        ActivationKind.LeakyRelu => x < 0 ? x * activation.Alpha : x,
        ActivationKind.Clip => Math.Min(Math.Max(x, activation.Alpha), activation.Beta),
        ActivationKind.Sigmoid => 1 / (1 + Math.Exp(-x)),
        ActivationKind.Tanh => Math.Tanh(x),
        ActivationKind.HardSigmoid => Math.Max(0, Math.Min(1, activation.Alpha * x + activation.Beta)),
        ActivationKind.HardSwish => x * Math.Max(0, Math.Min(1, x / 6 + 0.5)),
        _ => x,
    };

    public void Dispose()
    {
        Kernel.Dispose();
        Input.Dispose();
        Residual.Dispose();
        packed.Dispose();
        packedBias.Dispose();
        zeros.Dispose();
    }
}
