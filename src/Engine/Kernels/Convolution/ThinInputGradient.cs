using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// The gradient of a convolution of few input channels, or to few pixels, with respect to its input: for every output pixel what it passes
/// back through all taps, as one matrix product with taps and channels side by side in the lanes, then for every input pixel the sum of what
/// reaches it.
/// </summary>
/// <remarks>
/// With channels alone in the lanes most of them would be empty, and around an unpadded kernel half of the products zeros, of a kernel as large
/// as its input nearly all. Rows are images:
/// sums run over the taps in order, so the bits are the same on any number of threads.
/// </remarks>
internal sealed unsafe class ThinInputGradient : IDisposable
{
    private const int MostChannels = 8, FewerPixels = 4;
    private const long CachedFloats = 128 * 1024;

    private readonly ConvGeometry g;
    private readonly VectorWidth width;
    private readonly Convolution product;
    private readonly int columns, pitch;

    public ThinInputGradient(in ConvGeometry forward, VectorWidth width)
    {
        g = forward;
        this.width = width;
        if (!Fits(g))
            throw new ArgumentException($"A convolution of {g.C} channels with {g.Taps} taps to {g.OutputPixels} pixels is not thin.", nameof(forward));
        columns = g.Taps * g.C;
        // One vector more, so that a vector can be read at the last tap.
        pitch = (columns + 15) / 16 * 16 + 16;
        product = new Convolution(new ConvGeometry { W = g.OutputPixels, OutW = g.OutputPixels, C = g.K, K = columns, InputPitch = g.OutputPitch, OutputPitch = pitch }, width);
        ScratchFloats = checked(product.ScratchFloats + 15) / 16 * 16 + g.OutputPixels * pitch;
    }

    /// <summary>Whether a convolution is of the kind this is for: one or two axes, stride and dilation 1, few channels or far fewer pixels than before, products that stay in the cache.</summary>
    public static bool Fits(in ConvGeometry g) =>
        g is { Groups: 1, D: 1, KernelD: 1, OutD: 1, StrideH: 1, StrideW: 1, DilationH: 1, DilationW: 1, Taps: > 1 }
        && (g.C <= MostChannels || g.InputPixels >= FewerPixels * g.OutputPixels)
        && g.OutputPixels * ((long)g.Taps * g.C + 31) <= CachedFloats;

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows => g.N;

    /// <summary>Floats of the packed weights.</summary>
    public long PackedLength => product.PackedLength;

    /// <summary>Zeros that <see cref="Run"/> needs.</summary>
    public long ZeroFloats => Math.Max(product.PaddedBias, product.ZeroFloats);

    /// <summary>Floats of scratch a worker needs, 64-byte aligned.</summary>
    public int ScratchFloats { get; }

    public override string ToString() => $"taps in lanes, {product}";

    /// <summary>Packs the forward weights, dense [K][C][KernelH][KernelW].</summary>
    public void Pack(ReadOnlySpan<float> weights, float* packed)
    {
        if (weights.Length != (long)g.K * columns)
            throw new ArgumentException($"{weights.Length} weights given, {g.K}x{g.C}x{g.KernelH}x{g.KernelW} expected.", nameof(weights));
        var turned = new float[weights.Length];
        fixed (float* source = weights, target = turned)
        {
            for (int k = 0; k < g.K; k++)
                Transposition.Run(source + k * columns, g.Taps, g.C, g.Taps, target + k * columns, g.C);
            product.Pack(target, 1, columns, [0], packed);
        }
    }

    /// <summary>Computes images <paramref name="begin"/> to <paramref name="end"/> (exclusive). Allocates nothing.</summary>
    public void Run(int begin, int end, float* outputGradient, float* zeros, float* packed, float* inputGradient, float* scratch)
    {
        float* products = scratch + (product.ScratchFloats + 15) / 16 * 16;
        for (int n = begin; n < end; n++)
        {
            product.Run(0, product.Rows, outputGradient + (long)n * g.OutputPixels * g.OutputPitch, zeros, packed, zeros, null, 0, products, Activation.None, scratch);
            var sums = new Sums { G = g, Pitch = pitch, Products = products, Result = inputGradient + (long)n * g.InputPixels * g.InputPitch };
            VectorDispatch.Run(width, ref sums);
        }
    }

    public void Dispose() => product.Dispose();

    private struct Sums : IVectorAction
    {
        public ConvGeometry G;
        public nint Pitch;
        public float* Products, Result;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            float* dx = Result;
            // From one tap to the next along a row: the output pixel before, and the next channels.
            nint step = G.C - Pitch;
            for (int h = 0; h < G.H; h++)
            {
                int y = h + G.PadTop, firstRow = Math.Max(0, y - G.OutH + 1), lastRow = Math.Min(G.KernelH - 1, y);
                for (int w = 0; w < G.W; w++, dx += G.InputPitch)
                {
                    int x = w + G.PadLeft, first = Math.Max(0, x - G.OutW + 1), count = Math.Min(G.KernelW - 1, x) - first + 1;
                    for (int c = 0; c < G.C; c += V.Count)
                    {
                        V sum = V.Create(0);
                        for (int r = firstRow; r <= lastRow; r++)
                        {
                            float* from = Products + ((nint)(y - r) * G.OutW + x - first) * Pitch + (r * G.KernelW + first) * G.C + c;
                            for (int s = 0; s < count; s++, from += step)
                                sum += V.Load(from);
                        }
                        V.StorePartial(sum, dx + c, Math.Min(V.Count, G.C - c));
                    }
                }
            }
        }
    }
}
