using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// The gradient of a depthwise convolution with respect to its weights: dw[c][tap] = the sum over pixels of dy[c] x[c], channels in the
/// lanes. Built once per geometry; any range of rows gives the same bits.
/// </summary>
/// <remarks>
/// Rows are chunks of output rows, cut by the geometry alone; <see cref="Reduce"/> adds their sums in order.
/// </remarks>
internal sealed unsafe class DepthwiseWeightGradient
{
    // Multiply-adds a row aims at, and chunks at most.
    private const long RowWork = 1_000_000;
    private const int MostChunks = 64;

    private readonly ConvGeometry g;
    private readonly VectorWidth width;
    private readonly int lines, paddedChannels;

    public DepthwiseWeightGradient(in ConvGeometry forward, VectorWidth width)
    {
        g = forward;
        this.width = width;
        if (g.Groups != g.C || g.K != g.C)
            throw new ArgumentException($"A convolution of {g.C} channels to {g.K} in {g.Groups} groups is not depthwise.", nameof(forward));
        paddedChannels = (g.C + 15) / 16 * 16;
        lines = g.N * g.OutD * g.OutH;
        Rows = (int)Math.Clamp((long)lines * g.OutW * g.Taps * g.C / RowWork, 1, Math.Min(lines, MostChunks));
        PartialFloats = (long)Rows * g.Taps * paddedChannels;
    }

    /// <summary>Work units of <see cref="Run"/>.</summary>
    public int Rows { get; }

    /// <summary>Floats between <see cref="Run"/> and <see cref="Reduce"/>.</summary>
    public long PartialFloats { get; }

    /// <summary>The sums of a range of chunks. Allocates nothing.</summary>
    /// <param name="input">First pixel of the first image; lanes beyond C are not read, as in <paramref name="outputGradient"/>.</param>
    public void Run(int begin, int end, float* input, float* outputGradient, float* partial)
    {
        for (int chunk = begin; chunk < end; chunk++)
        {
            var sums = new Chunk
            {
                G = g, PaddedChannels = paddedChannels, Input = input, Gradient = outputGradient, Sums = partial + (long)chunk * g.Taps * paddedChannels,
                Begin = (int)((long)lines * chunk / Rows), End = (int)((long)lines * (chunk + 1) / Rows),
            };
            VectorDispatch.Run(width, ref sums);
        }
    }

    /// <summary>Adds the chunks' sums in order, after all of <see cref="Run"/>.</summary>
    /// <param name="weightGradient">Dense [C][1][KernelD][KernelH][KernelW].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Reduce(float* partial, float* weightGradient)
    {
        int floats = g.Taps * paddedChannels;
        for (int chunk = 1; chunk < Rows; chunk++)
            for (int i = 0; i < floats; i++)
                partial[i] += partial[(long)chunk * floats + i];
        Transposition.Run(partial, paddedChannels, g.Taps, g.C, weightGradient, g.Taps);
    }

    private struct Chunk : IVectorAction
    {
        public ConvGeometry G;
        public int Begin, End, PaddedChannels;
        public float* Input, Gradient, Sums;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            new Span<float>(Sums, G.Taps * PaddedChannels).Clear();
            for (int line = Begin; line < End; line++)
            {
                int h = line % G.OutH, d = line / G.OutH % G.OutD, n = line / G.OutH / G.OutD;
                for (int tap = 0; tap < G.Taps; tap++)
                {
                    int z = d * G.StrideD - G.PadFront + tap / (G.KernelH * G.KernelW) * G.DilationD;
                    int y = h * G.StrideH - G.PadTop + tap / G.KernelW % G.KernelH * G.DilationH;
                    int left = tap % G.KernelW * G.DilationW - G.PadLeft;
                    int begin = left >= 0 ? 0 : (G.StrideW - 1 - left) / G.StrideW, end = Math.Min(G.OutW, (G.W - left + G.StrideW - 1) / G.StrideW);
                    if ((uint)z >= (uint)G.D || (uint)y >= (uint)G.H || begin >= end)
                        continue;
                    float* x = Input + ((((long)n * G.D + z) * G.H + y) * G.W + left + (long)begin * G.StrideW) * G.InputPitch;
                    Add<V>(x, Gradient + ((long)line * G.OutW + begin) * G.OutputPitch, end - begin, Sums + (long)tap * PaddedChannels);
                }
            }
        }

        /// <summary>Adds the products along one row; four sums at a time hide the multipliers' delay.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Add<V>(float* x, float* dy, int count, float* sums) where V : unmanaged, IVector<V>
        {
            nint step = (nint)G.StrideW * G.InputPitch;
            int c = 0;
            for (; c + 4 * V.Count <= G.C; c += 4 * V.Count)
            {
                float* a = x + c, b = dy + c;
                V s0 = V.Load(sums + c), s1 = V.Load(sums + c + V.Count), s2 = V.Load(sums + c + 2 * V.Count), s3 = V.Load(sums + c + 3 * V.Count);
                for (int i = 0; i < count; i++, a += step, b += G.OutputPitch)
                {
                    s0 = V.Fma(V.Load(a), V.Load(b), s0);
                    s1 = V.Fma(V.Load(a + V.Count), V.Load(b + V.Count), s1);
                    s2 = V.Fma(V.Load(a + 2 * V.Count), V.Load(b + 2 * V.Count), s2);
                    s3 = V.Fma(V.Load(a + 3 * V.Count), V.Load(b + 3 * V.Count), s3);
                }
                V.Store(s0, sums + c);
                V.Store(s1, sums + c + V.Count);
                V.Store(s2, sums + c + 2 * V.Count);
                V.Store(s3, sums + c + 3 * V.Count);
            }
            for (; c < G.C; c += V.Count)
            {
                int lanes = Math.Min(V.Count, G.C - c);
                float* a = x + c, b = dy + c;
                V sum = V.LoadPartial(sums + c, lanes);
                for (int i = 0; i < count; i++, a += step, b += G.OutputPitch)
                    sum = V.Fma(V.LoadPartial(a, lanes), V.LoadPartial(b, lanes), sum);
                V.StorePartial(sum, sums + c, lanes);
            }
        }
    }
}
