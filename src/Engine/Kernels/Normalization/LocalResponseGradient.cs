using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// What <see cref="LocalResponse"/> passes back to its input over channels-last memory: with s the sum that is raised to a power,
/// dx = dy s^-beta - 2 alpha beta / size x T, T the sum of dy x s^(-beta - 1) over the channels whose window holds this one.
/// </summary>
internal sealed unsafe class LocalResponseGradient(VectorWidth width, int pixels, int channels, int dyPitch, int xPitch, int dxPitch,
    int size, float alpha, float beta, float bias)
{
    private const int Lanes = 16;
    private readonly int pixelsPerRow = Math.Max(1, 4096 / Math.Max(1, channels));
    private readonly int line = (channels + size - 1 + 2 * Lanes - 1) / Lanes * Lanes;

    /// <summary>Work units: groups of pixels.</summary>
    public int Rows => channels == 0 ? 0 : (pixels + pixelsPerRow - 1) / pixelsPerRow;

    /// <summary>Scratch a worker needs: squares, terms and powers of a pixel.</summary>
    public long ScratchFloats => 3L * line;

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/>. The result may overlap no operand.</summary>
    public void Run(int begin, int end, float* dy, float* x, float* dx, float* scratch)
    {
        var run = new PixelRange
        {
            Begin = begin * pixelsPerRow, End = Math.Min(pixels, end * pixelsPerRow), Channels = channels, Size = size, Line = line,
            DyPitch = dyPitch, XPitch = xPitch, DxPitch = dxPitch, Scale = alpha / size, Beta = beta, Bias = bias,
            Dy = dy, X = x, Dx = dx, Scratch = scratch,
        };
        VectorDispatch.Run(width, ref run);
    }

    private struct PixelRange : IVectorAction
    {
        public int Begin, End, Channels, Size, Line, DyPitch, XPitch, DxPitch;
        public float Scale, Beta, Bias;
        public float* Dy, X, Dx, Scratch;

        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            // Zeros stand for the channels before the first and behind the last.
            new Span<float>(Scratch, 2 * Line).Clear();
            for (int pixel = Begin; pixel < End; pixel++)
                One<V>(Dy + (long)pixel * DyPitch, X + (long)pixel * XPitch, Dx + (long)pixel * DxPitch);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void One<V>(float* dy, float* x, float* dx) where V : unmanaged, IVector<V>
        {
            int before = (Size - 1) / 2, after = Size - 1 - before;
            float* squares = Scratch, terms = squares + Line, powers = terms + Line;
            for (int c = 0; c < Channels; c += V.Count)
            {
                int lanes = Math.Min(V.Count, Channels - c);
                V value = V.LoadPartial(x + c, lanes);
                V.StorePartial(value * value, squares + before + c, lanes);
            }
            for (int c = 0; c < Channels; c += V.Count)
            {
                int lanes = Math.Min(V.Count, Channels - c);
                V s = V.Fma(Sum<V>(squares + c), V.Create(Scale), V.Create(Bias)), power = LocalResponse.Power(s, Beta);
                V.Store(power, powers + c);
                V.StorePartial(V.LoadPartial(dy + c, lanes) * V.LoadPartial(x + c, lanes) * power / s, terms + after + c, lanes);
            }
            for (int c = 0; c < Channels; c += V.Count)
            {
                int lanes = Math.Min(V.Count, Channels - c);
                V through = V.LoadPartial(x + c, lanes) * Sum<V>(terms + c) * V.Create(-2 * Scale * Beta);
                V.StorePartial(V.Fma(V.LoadPartial(dy + c, lanes), V.Load(powers + c), through), dx + c, lanes);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly V Sum<V>(float* from) where V : unmanaged, IVector<V>
        {
            V sum = V.Load(from);
            for (int i = 1; i < Size; i++)
                sum += V.Load(from + i);
            return sum;
        }
    }
}
