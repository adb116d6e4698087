namespace LiveCam.Engine.Kernels;

/// <summary>What a window becomes, and what each of its elements gets of what comes back.</summary>
internal interface IPoolRule
{
    float Forward(Span<float> window);

    /// <param name="shares">For every element the derivative of the result with respect to it.</param>
    void Backward(Span<float> window, Span<float> shares);
}

/// <summary>The p-norm: the p-th root of the sum of magnitudes to the power of p.</summary>
internal readonly struct PowerRule(int p) : IPoolRule
{
    public float Forward(Span<float> window)
    {
        float sum = 0;
        foreach (float x in window)
            sum += Power(MathF.Abs(x), p);
        return Root(sum);
    }

    /// <summary>sign(x) (|x| / y)^(p - 1); nothing where all are zero.</summary>
    public void Backward(Span<float> window, Span<float> shares)
    {
        float y = Forward(window);
        for (int i = 0; i < window.Length; i++)
            shares[i] = y == 0 ? 0 : MathF.Sign(window[i]) * Power(MathF.Abs(window[i]) / y, p - 1);
    }

    private float Root(float sum) => p == 1 ? sum : p == 2 ? MathF.Sqrt(sum) : MathF.Pow(sum, 1f / p);

    private static float Power(float x, int exponent)
    {
        float power = 1;
        for (int i = 0; i < exponent; i++)
            power *= x;
        return power;
    }
}

/// <summary>The mean of the n largest elements; of all where the window has fewer. Of equal ones the first counts.</summary>
internal readonly struct LargestRule(int n) : IPoolRule
{
    public float Forward(Span<float> window)
    {
        int count = Math.Min(n, window.Length);
        float sum = 0;
        for (int i = 0; i < window.Length; i++)
            if (Rank(window, i) < count)
                sum += window[i];
        return sum / Math.Max(1, count);
    }

    public void Backward(Span<float> window, Span<float> shares)
    {
        int count = Math.Min(n, window.Length);
        for (int i = 0; i < window.Length; i++)
            shares[i] = Rank(window, i) < count ? 1f / count : 0;
    }

    /// <summary>How many elements come before this one.</summary>
    private static int Rank(Span<float> window, int i)
    {
        int rank = 0;
        for (int j = 0; j < window.Length; j++)
            if (window[j] > window[i] || j < i && window[j] == window[i])
                rank++;
        return rank;
    }
}

/// <summary>Pooling of channels-last memory by a rule, one window and channel after the other. Padding is no element. Scalar code.</summary>
internal sealed unsafe class RulePooling<TRule>(PoolGeometry geometry, TRule rule) where TRule : struct, IPoolRule
{
    private readonly PoolGeometry g = geometry;

    /// <summary>One per output row.</summary>
    public int Rows => g.OutputRows;

    /// <summary>One per image.</summary>
    public int GradientRows => g.N;

    /// <summary>Floats of scratch a worker needs.</summary>
    public long ScratchFloats => 2L * g.KernelD * g.KernelH * g.KernelW;

    /// <summary>Computes rows <paramref name="begin"/> to <paramref name="end"/> (exclusive). Allocates nothing.</summary>
    public void Run(int begin, int end, float* x, float* y, float* scratch)
    {
        for (int row = begin; row < end; row++)
        {
            PoolGeometry.Window window = g.RowWindow(row);
            for (int w = 0; w < g.OutW; w++)
            {
                PoolGeometry.Span columns = g.ColumnSpan(w);
                for (int c = 0; c < g.C; c++)
                    y[((long)row * g.OutW + w) * g.OutputPitch + c] = rule.Forward(Collect(window, columns, x + c, g.InputPitch, scratch));
            }
        }
    }

    /// <summary>The gradient of the input, for images <paramref name="begin"/> to <paramref name="end"/>: windows in order, so the bits are always the same.</summary>
    /// <param name="xPitch">Floats from one pixel of the forward input to the next; the geometry's pitches are those of the gradients.</param>
    public void RunGradient(int begin, int end, float* dy, float* x, int xPitch, float* dx, float* scratch)
    {
        int pixels = g.D * g.H * g.W, rows = g.OutD * g.OutH;
        for (long pixel = (long)begin * pixels; pixel < (long)end * pixels; pixel++)
            new Span<float>(dx + pixel * g.InputPitch, g.C).Clear();
        for (int row = begin * rows; row < end * rows; row++)
        {
            PoolGeometry.Window window = g.RowWindow(row);
            for (int w = 0; w < g.OutW; w++)
            {
                PoolGeometry.Span columns = g.ColumnSpan(w);
                for (int c = 0; c < g.C; c++)
                {
                    Span<float> values = Collect(window, columns, x + c, xPitch, scratch);
                    var shares = new Span<float>(scratch + values.Length, values.Length);
                    rule.Backward(values, shares);
                    float gradient = dy[((long)row * g.OutW + w) * g.OutputPitch + c];
                    for (int i = 0; i < shares.Length; i++)
                        dx[Pixel(window, columns, i) * g.InputPitch + c] += gradient * shares[i];
                }
            }
        }
    }

    private Span<float> Collect(in PoolGeometry.Window window, PoolGeometry.Span columns, float* channel, int pitch, float* scratch)
    {
        int count = window.Planes.Inside * window.Rows.Inside * columns.Inside;
        for (int i = 0; i < count; i++)
            scratch[i] = channel[Pixel(window, columns, i) * pitch];
        return new(scratch, count);
    }

    /// <summary>The input pixel of a window's i-th element.</summary>
    private long Pixel(in PoolGeometry.Window window, PoolGeometry.Span columns, int i)
    {
        int k = i % columns.Inside, j = i / columns.Inside % window.Rows.Inside, d = i / columns.Inside / window.Rows.Inside;
        return (((long)window.Image * g.D + window.Planes.First + d * g.DilationD) * g.H + window.Rows.First + j * g.DilationH) * g.W + columns.First + k * g.DilationW;
    }
}
