using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// The gradient of a strided depthwise convolution with respect to its input: every output row passes its products with each tap back to
/// where the tap saw it, channels in the lanes. Rows are channels of an image: within one, output rows come in order, so the bits are the
/// same on any number of threads. With stride 1 the gradient is itself a depthwise convolution (<see cref="Depthwise"/>).
/// </summary>
internal sealed unsafe class DepthwiseInputGradient
{
    private const int RowChannels = 64;

    private readonly ConvGeometry g;
    private readonly VectorWidth width;
    private readonly int slices;

    public DepthwiseInputGradient(in ConvGeometry forward, VectorWidth width)
    {
        g = forward;
        this.width = width;
        if (g.Groups != g.C || g.K != g.C)
            throw new ArgumentException($"A convolution of {g.C} channels to {g.K} in {g.Groups} groups is not depthwise.", nameof(forward));
        slices = (g.C + RowChannels - 1) / RowChannels;
        Rows = g.N * slices;
    }

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows { get; }

    /// <summary>Floats of the packed weights.</summary>
    public long PackedLength => (long)g.Taps * g.C;

    /// <summary>Packs weights given as dense [C][1][KernelD][KernelH][KernelW] to [tap][channel].</summary>
    public void Pack(ReadOnlySpan<float> weights, float* packed)
    {
        fixed (float* source = weights)
            Transposition.Run(source, g.Taps, g.C, g.Taps, packed, g.C);
    }

    /// <summary>Computes units <paramref name="begin"/> to <paramref name="end"/> (exclusive). Allocates nothing.</summary>
    public void Run(int begin, int end, float* outputGradient, float* packed, float* inputGradient)
    {
        for (int unit = begin; unit < end; unit++)
        {
            int n = unit / slices, first = unit % slices * RowChannels;
            var image = new Image
            {
                G = g, Channels = Math.Min(RowChannels, g.C - first), Weights = packed + first,
                Gradient = outputGradient + (long)n * g.OutputPixels * g.OutputPitch + first, Result = inputGradient + (long)n * g.InputPixels * g.InputPitch + first,
            };
            VectorDispatch.Run(width, ref image);
        }
    }

    private struct Image : IVectorAction
    {
        public ConvGeometry G;
        public int Channels;
        public float* Weights, Gradient, Result;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            for (int p = 0; p < G.InputPixels; p++)
                new Span<float>(Result + (long)p * G.InputPitch, Channels).Clear();
            for (int line = 0; line < G.OutD * G.OutH; line++)
                for (int tap = 0; tap < G.Taps; tap++)
                {
                    int z = line / G.OutH * G.StrideD - G.PadFront + tap / (G.KernelH * G.KernelW) * G.DilationD;
                    int y = line % G.OutH * G.StrideH - G.PadTop + tap / G.KernelW % G.KernelH * G.DilationH;
                    int left = tap % G.KernelW * G.DilationW - G.PadLeft;
                    int begin = left >= 0 ? 0 : (G.StrideW - 1 - left) / G.StrideW, end = Math.Min(G.OutW, (G.W - left + G.StrideW - 1) / G.StrideW);
                    if ((uint)z >= (uint)G.D || (uint)y >= (uint)G.H || begin >= end)
                        continue;
                    float* to = Result + (((long)z * G.H + y) * G.W + left + (long)begin * G.StrideW) * G.InputPitch;
                    Add<V>(Gradient + ((long)line * G.OutW + begin) * G.OutputPitch, Weights + (long)tap * G.C, end - begin, to);
                }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Add<V>(float* dy, float* weights, int count, float* dx) where V : unmanaged, IVector<V>
        {
            nint step = (nint)G.StrideW * G.InputPitch;
            for (int c = 0; c < Channels; c += V.Count)
            {
                int lanes = Math.Min(V.Count, Channels - c);
                V weight = V.LoadPartial(weights + c, lanes);
                float* from = dy + c, to = dx + c;
                for (int i = 0; i < count; i++, from += G.OutputPitch, to += step)
                    V.StorePartial(V.Fma(V.LoadPartial(from, lanes), weight, V.LoadPartial(to, lanes)), to, lanes);
            }
        }
    }
}
