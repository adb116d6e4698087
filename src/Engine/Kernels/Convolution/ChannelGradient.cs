using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Sums per channel of what comes back to a normalization or a bias, and what goes on to its input: pixels of channels-last memory in
/// chunks that depend on the shape alone; the chunks' sums are added in order.
/// </summary>
internal sealed unsafe class ChannelGradient(VectorWidth width, int pixels, int channels)
{
    private readonly int chunk = Math.Max(16, 8192 / Math.Max(1, channels));

    /// <summary>Chunks of pixels.</summary>
    public int Rows => (pixels + chunk - 1) / chunk;

    /// <summary>Floats of the chunks' sums: of dy, then of dy (x - mean).</summary>
    public long PartialFloats => 2L * Rows * channels;

    /// <summary>The sums of chunks; without <paramref name="x"/> of dy alone.</summary>
    public void Sums(int begin, int end, float* dy, int dyPitch, float* x, int xPitch, float* mean, float* partial)
    {
        var pass = new SumPass { Owner = this, Begin = begin, End = end, Dy = dy, DyPitch = dyPitch, X = x, XPitch = xPitch, Mean = mean, Partial = partial };
        VectorDispatch.Run(width, ref pass);
    }

    /// <summary>The sums of all chunks of one channel.</summary>
    public (double Plain, double Centered) Total(float* partial, int channel)
    {
        double plain = 0, centered = 0;
        for (int i = 0; i < Rows; i++)
        {
            plain += partial[2L * i * channels + channel];
            centered += partial[(2L * i + 1) * channels + channel];
        }
        return (plain, centered);
    }

    /// <summary>dx = a dy + b x + c, with a, b and c per channel.</summary>
    public void Apply(int begin, int end, float* dy, int dyPitch, float* x, int xPitch, float* a, float* b, float* c, float* dx, int dxPitch)
    {
        var pass = new ApplyPass { Owner = this, Begin = begin, End = end, Dy = dy, DyPitch = dyPitch, X = x, XPitch = xPitch, A = a, B = b, C = c, Dx = dx, DxPitch = dxPitch };
        VectorDispatch.Run(width, ref pass);
    }

    private (int First, int Last) Pixels(int begin, int end) => (begin * chunk, Math.Min(pixels, end * chunk));
    private int Channels => channels;

    private struct SumPass : IVectorAction
    {
        public ChannelGradient Owner;
        public int Begin, End, DyPitch, XPitch;
        public float* Dy, X, Mean, Partial;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            int channels = Owner.Channels;
            for (int row = Begin; row < End; row++)
            {
                (int first, int last) = Owner.Pixels(row, row + 1);
                float* sums = Partial + 2L * row * channels;
                for (int c = 0; c < channels; c += V.Count)
                {
                    int lanes = Math.Min(V.Count, channels - c);
                    V plain = V.Create(0), centered = V.Create(0), mean = X == null ? V.Create(0) : V.LoadPartial(Mean + c, lanes);
                    float* dy = Dy + (long)first * DyPitch + c, x = X + (long)first * XPitch + c;
                    if (X == null)
                        for (int p = first; p < last; p++, dy += DyPitch)
                            plain += V.LoadPartial(dy, lanes);
                    else
                        for (int p = first; p < last; p++, dy += DyPitch, x += XPitch)
                        {
                            V back = V.LoadPartial(dy, lanes);
                            plain += back;
                            centered = V.Fma(back, V.LoadPartial(x, lanes) - mean, centered);
                        }
                    V.StorePartial(plain, sums + c, lanes);
                    V.StorePartial(centered, sums + channels + c, lanes);
                }
            }
        }
    }

    private struct ApplyPass : IVectorAction
    {
        public ChannelGradient Owner;
        public int Begin, End, DyPitch, XPitch, DxPitch;
        public float* Dy, X, A, B, C, Dx;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            (int first, int last) = Owner.Pixels(Begin, End);
            int channels = Owner.Channels;
            for (int p = first; p < last; p++)
            {
                float* dy = Dy + (long)p * DyPitch, x = X + (long)p * XPitch, dx = Dx + (long)p * DxPitch;
                for (int c = 0; c < channels; c += V.Count)
                {
                    int lanes = Math.Min(V.Count, channels - c);
                    V value = V.Fma(V.LoadPartial(dy + c, lanes), V.LoadPartial(A + c, lanes),
                        V.Fma(V.LoadPartial(x + c, lanes), V.LoadPartial(B + c, lanes), V.LoadPartial(C + c, lanes)));
                    V.StorePartial(value, dx + c, lanes);
                }
            }
        }
    }
}
