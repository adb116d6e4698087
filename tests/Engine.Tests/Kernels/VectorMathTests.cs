using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Tests.Kernels;

public sealed unsafe class VectorMathTests
{
    public static TheoryData<VectorWidth> Widths => KernelCheck.Widths;

    private static readonly float[] Special =
        [0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon, 1e-38f, -1e-38f, 88.7f, 88.73f, -87.4f, -103f, -104.5f, 1f, -1f];

    private static float[] Apply<TBody>(VectorWidth width, TBody body, float[] x) where TBody : struct, IUnaryBody
    {
        var kernel = new UnaryElementwise<TBody>(width, body, [x.Length], [1], [1]);
        using var input = KernelCheck.Guarded(x);
        return KernelCheck.AnySplit(kernel.Rows, x.Length, (begin, end, y) => kernel.Run(begin, end, input.Pointer, y.Pointer));
    }

    private static void WithinUlps<TBody>(VectorWidth width, TBody body, float[] x, Func<double, double> exact, double ulps)
        where TBody : struct, IUnaryBody
    {
        float[] y = Apply(width, body, x);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = exact(x[i]);
            float nearest = (float)expected;
            if (!float.IsFinite(nearest) || !float.IsFinite(y[i]))
            {
                Assert.True(nearest.Equals(y[i]), $"f({x[i]:g9}) is {y[i]:g9}, expected {nearest:g9}");
                continue;
            }
            double ulp = Math.Max(float.Epsilon, Math.Abs(MathF.Abs(nearest) - (double)MathF.BitDecrement(MathF.Abs(nearest))));
            Assert.True(Math.Abs(y[i] - expected) <= ulps * ulp, $"f({x[i]:g9}) is {y[i]:g9}, expected {expected:g9}: {Math.Abs(y[i] - expected) / ulp:f2} ulp");
        }
    }

    private static float[] Range(float low, float high, int count)
    {
        var x = new float[count + Special.Length];
        for (int i = 0; i < count; i++)
            x[i] = low + (high - low) * i / (count - 1);
        Special.CopyTo(x, count);
        return x;
    }

    [Theory, MemberData(nameof(Widths))]
    public void Exp_is_within_two_units(VectorWidth width) =>
        WithinUlps(width, new ExpBody(), Range(-106, 90, 30011), Math.Exp, 2);

    [Theory, MemberData(nameof(Widths))]
    public void Log_is_within_two_units(VectorWidth width)
    {
        WithinUlps(width, new LogBody(), Range(1e-6f, 4, 30011), Math.Log, 2);
        WithinUlps(width, new LogBody(), [.. Range(-100, 88, 5003).Select(MathF.Exp)], Math.Log, 2);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Tanh_is_within_three_units(VectorWidth width)
    {
        WithinUlps(width, new TanhBody(), Range(-12, 12, 30011), Math.Tanh, 3);
        WithinUlps(width, new TanhBody(), Range(-1e-3f, 1e-3f, 1009), Math.Tanh, 3);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Sigmoid_is_within_three_units(VectorWidth width) =>
        WithinUlps(width, new SigmoidBody(), Range(-86, 30, 30011), x => 1 / (1 + Math.Exp(-x)), 3);

    [Theory, MemberData(nameof(Widths))]
    public void Simple_functions_match_and_pass_NaN_on(VectorWidth width)
    {
        float[] x = Range(-9, 9, 131);
        WithinUlps(width, new ReluBody(), x, v => double.IsNaN(v) ? v : v > 0 ? v : 0, 0);
        WithinUlps(width, new LeakyReluBody(0.1f), x, v => v < 0 ? v * 0.1f : v, 1);
        WithinUlps(width, new ClipBody(-1, 6), x, v => Math.Min(6, Math.Max(-1, v)), 0);
        WithinUlps(width, new NegBody(), x, v => -v, 0);
        WithinUlps(width, new AbsBody(), x, Math.Abs, 0);
        WithinUlps(width, new SqrtBody(), x, Math.Sqrt, 1);
        WithinUlps(width, new IdentityBody(), x, v => v, 0);
        float[] finite = Range(-9, 9, 131)[..131];
        static double Gate(double v) => Math.Max(0, Math.Min(1, v));
        KernelCheck.Near([.. finite.Select(v => Gate(0.2 * v + 0.5))], Apply(width, new HardSigmoidBody(0.2f, 0.5f), finite), KernelCheck.Fp32(2));
        KernelCheck.Near([.. finite.Select(v => v * Gate(v / 6.0 + 0.5))], Apply(width, new HardSwishBody(), finite), KernelCheck.Fp32(2));
        Assert.True(float.IsNaN(Apply(width, new HardSwishBody(), [1, float.NaN, 2])[1]));
        Assert.True(float.IsNaN(Apply(width, new HardSigmoidBody(1, 0), [1, float.NaN, 2])[1]));
    }
}
