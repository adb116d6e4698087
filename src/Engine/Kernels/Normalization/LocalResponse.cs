using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Local response normalization over channels-last memory: y = x / (bias + alpha / size * S)^beta, S the sum of the squares
/// of the channels from c - floor((size - 1) / 2) to c + ceil((size - 1) / 2). Krizhevsky et al. 2012, section 3.3.
/// </summary>
internal sealed unsafe class LocalResponse(VectorWidth width, int pixels, int channels, int inputPitch, int outputPitch,
    int size, float alpha, float beta, float bias)
{
    private const int Chunk = 1024, MaxSize = 512;
    private readonly int pixelsPerRow = Math.Max(1, 8192 / Math.Max(1, channels));

    /// <summary>Work units: groups of pixels.</summary>
    public int Rows => channels == 0 ? 0 : (pixels + pixelsPerRow - 1) / pixelsPerRow;

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/>. The operands must not overlap.</summary>
    /// <exception cref="ArgumentException">A window of more than 512 channels.</exception>
    public void Run(int begin, int end, float* input, float* output)
    {
        if (size is < 1 or > MaxSize)
            throw new ArgumentException($"A window of {size} channels lies outside 1..{MaxSize}.");
        var run = new PixelRange
        {
            Begin = begin * pixelsPerRow, End = Math.Min(pixels, end * pixelsPerRow), Channels = channels, Size = size,
            InputPitch = inputPitch, OutputPitch = outputPitch, Scale = alpha / size, Beta = beta, Bias = bias, X = input, Y = output,
        };
        VectorDispatch.Run(width, ref run);
    }

    private struct PixelRange : IVectorAction
    {
        public int Begin, End, Channels, Size, InputPitch, OutputPitch;
        public float Scale, Beta, Bias;
        public float* X, Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            int before = (Size - 1) / 2;
            float* squares = stackalloc float[Chunk + MaxSize + 32];
            for (int pixel = Begin; pixel < End; pixel++)
            {
                float* x = X + (long)pixel * InputPitch, y = Y + (long)pixel * OutputPitch;
                for (int first = 0; first < Channels; first += Chunk)
                {
                    int last = Math.Min(Channels, first + Chunk);
                    Squares<V>(x, first - before, last + Size - 1 - before, squares);
                    for (int c = first; c < last; c += V.Count)
                    {
                        int lanes = Math.Min(V.Count, last - c);
                        V sum = V.Load(squares + c - first);
                        for (int i = 1; i < Size; i++)
                            sum += V.Load(squares + c - first + i);
                        V value = V.LoadPartial(x + c, lanes) * Power(V.Fma(sum, V.Create(Scale), V.Create(Bias)), Beta);
                        V.StorePartial(value, y + c, lanes);
                    }
                }
            }
        }

        // squares[i] = x[from + i]^2, zero outside of the channels, and zeros behind as far as a vector may read
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Squares<V>(float* x, int from, int to, float* squares) where V : unmanaged, IVector<V>
        {
            int i = from;
            for (; i < 0; i++)
                squares[i - from] = 0;
            for (int stop = Math.Min(to, Channels); i < stop; i += V.Count)
            {
                V value = V.LoadPartial(x + i, Math.Min(V.Count, stop - i));
                V.Store(value * value, squares + (i - from));
            }
            for (i = Math.Max(0, Math.Min(to, Channels)); i < to + V.Count; i++)
                squares[i - from] = 0;
        }
    }

    /// <summary>s to the power of -<paramref name="beta"/>, the usual ones by square roots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Power<V>(V s, float beta) where V : unmanaged, IVector<V>
    {
        if (beta == 0.75f)
        {
            V root = V.Sqrt(s);
            return V.Create(1) / (root * V.Sqrt(root));
        }
        return beta == 0.5f ? V.Create(1) / V.Sqrt(s)
            : beta == 1 ? V.Create(1) / s
            : VectorMath.Exp(VectorMath.Log(s) * V.Create(-beta));
    }
}
