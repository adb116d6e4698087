using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// A convolution of few channels over channels-last memory, neighbouring output columns in the lanes: a picture's first layer, whose
/// channels would leave most lanes empty and whose taps are too short for <see cref="Convolution"/>. The input is turned line by line first.
/// </summary>
/// <remarks>
/// A sum is the same chain of multiply-adds as there: from the bias over taps (rows, columns), then channels. Rows are bands of an image.
/// </remarks>
internal sealed unsafe class ThinConvolution
{
    private const int MostChannels = 4, MostOutputs = 16, LeastColumns = 8;

    // Sums of a tile: so many channels of two vectors fill 16 registers with what they need besides.
    private const int MostTile = 6;

    // A band's lines stay in the first-level cache; a small batch has bands enough for several threads.
    private const int CachedFloats = 8192, LeastBands = 4;

    private readonly ConvGeometry g;
    private readonly VectorWidth width;
    private readonly TapLines lines;
    private readonly nint[] offsets;
    private readonly int blocks, bands, bandRows, lineFloats, columns;

    public ThinConvolution(in ConvGeometry geometry, VectorWidth width)
    {
        g = geometry;
        this.width = width;
        if (!Fits(g))
            throw new ArgumentException($"A convolution of {g.C} channels to {g.K} in {g.OutW} columns is not thin.", nameof(geometry));
        blocks = (g.K + MostTile - 1) / MostTile;
        long image = new TapLines(g, g.OutH, g.OutW, g.C).Floats(1);
        bands = (int)Math.Clamp(Math.Max(image / CachedFloats + 1, LeastBands / g.N), 1, g.OutH);
        bandRows = (g.OutH + bands - 1) / bands;
        bands = (g.OutH + bandRows - 1) / bandRows;
        lines = new TapLines(g, bandRows, g.OutW, g.C);
        offsets = [.. from tap in Enumerable.Range(0, g.Taps) from c in Enumerable.Range(0, g.C) select lines.Offset(0, c, tap)];
        // Two vectors may be read from the last column on.
        lineFloats = checked((int)((lines.Floats(1) + 2 * 16 + 15) / 16 * 16));
        columns = (g.OutW + 2 * 16 - 1) / 16 * 16;
    }

    /// <summary>Whether a convolution is of the kind this is for.</summary>
    public static bool Fits(in ConvGeometry g) =>
        g is { Groups: 1, C: <= MostChannels, K: > 1 and <= MostOutputs, D: 1, KernelD: 1, OutD: 1, KernelW: > 1, OutW: >= LeastColumns };

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows => g.N * bands;

    /// <summary>Floats of the packed weights.</summary>
    public long PackedLength => (long)g.Taps * g.C * g.K;

    /// <summary>Floats of scratch a worker needs.</summary>
    public int ScratchFloats => lineFloats + MostTile * columns;

    public override string ToString() => $"columns in lanes, {TileOf(0)} channels";

    /// <summary>Packs weights given as dense [K][C][KernelH][KernelW]: block by block [tap][input channel][output channel].</summary>
    public void Pack(ReadOnlySpan<float> weights, float* packed)
    {
        if (weights.Length != PackedLength)
            throw new ArgumentException($"{weights.Length} weights given, {g.K}x{g.C}x{g.KernelH}x{g.KernelW} expected.", nameof(weights));
        for (int block = 0; block < blocks; block++)
            for (int tap = 0; tap < g.Taps; tap++)
                for (int c = 0; c < g.C; c++)
                    for (int k = First(block); k < First(block + 1); k++)
                        *packed++ = weights[(k * g.C + c) * g.Taps + tap];
    }

    /// <summary>output = activation(convolution(input) + bias) for a range of rows. Allocates nothing.</summary>
    /// <param name="bias">One for each output channel; null for none.</param>
    /// <param name="scratch">This worker's <see cref="ScratchFloats"/> floats.</param>
    public void Run(int begin, int end, float* input, float* packed, float* bias, float* output, in Activation activation, float* scratch)
    {
        fixed (nint* places = offsets)
        {
            var band = new Band
            {
                Offsets = places, Terms = offsets.Length, LineFloats = lines.LineFloats, Lines = scratch, Sums = scratch + lineFloats, SumStride = columns,
                Columns = g.OutW, Pitch = g.OutputPitch, Lowest = activation.Lowest, Highest = activation.Highest,
            };
            for (int unit = begin; unit < end; unit++)
            {
                int n = unit / bands, row = unit % bands * bandRows;
                band.Rows = Math.Min(bandRows, g.OutH - row);
                lines.Fill(input, g.C, 0, n, 0, row, band.Rows, 0, scratch);
                float* y = output + ((long)n * g.OutH + row) * g.OutW * g.OutputPitch;
                for (int block = 0; block < blocks; block++)
                {
                    int first = First(block);
                    band.Channels = TileOf(block);
                    band.Weights = packed + (long)first * offsets.Length;
                    band.Bias = bias == null ? null : bias + first;
                    band.Output = y + first;
                    VectorDispatch.Run(width, ref band);
                }
                if (!activation.IsClamp)
                    ActivationPass.Apply(activation, y, g.OutputPitch, band.Rows * g.OutW, g.K);
            }
        }
    }

    /// <summary>Blocks of channels differ by one at most.</summary>
    private int First(int block) => (int)((long)g.K * block / blocks);

    private int TileOf(int block) => First(block + 1) - First(block);

    private struct Band : IVectorAction
    {
        public nint* Offsets;
        public int Terms, Rows, Columns, Channels;
        public nint LineFloats, SumStride, Pitch;
        public float* Lines, Sums, Weights, Bias, Output;
        public float Lowest, Highest;

        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            for (int row = 0; row < Rows; row++)
            {
                float* x = Lines + row * LineFloats;
                switch (Channels)
                {
                    case 6: Line<V, Rows6>(x); break;
                    case 5: Line<V, Rows5>(x); break;
                    case 4: Line<V, Rows4>(x); break;
                    case 3: Line<V, Rows3>(x); break;
                    case 2: Line<V, Rows2>(x); break;
                    default: Line<V, Rows1>(x); break;
                }
                Turn(Output + (nint)row * Columns * Pitch);
            }
        }

        private readonly void Line<V, TRows>(float* x) where V : unmanaged, IVector<V> where TRows : IRowCount
        {
            int column = 0;
            for (; column + V.Count < Columns; column += 2 * V.Count)
                Tile<V, TRows, Rows2>(x + column, Sums + column);
            if (column < Columns)
                Tile<V, TRows, Rows1>(x + column, Sums + column);
        }

        /// <summary>All channels of the block (their number is a constant of the instantiation) for one or two vectors of columns.</summary>
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private readonly void Tile<V, TRows, TVectors>(float* x, float* sums) where V : unmanaged, IVector<V> where TRows : IRowCount where TVectors : IRowCount
        {
            V a0 = Start<V>(0), b0 = Start<V>(1), c0 = Start<V>(2), d0 = Start<V>(3), e0 = Start<V>(4), f0 = Start<V>(5);
            V a1 = a0, b1 = b0, c1 = c0, d1 = d0, e1 = e0, f1 = f0;
            float* w = Weights;
            nint* offset = Offsets;
            for (int term = Terms; term > 0; term--, offset++, w += TRows.Count)
            {
                V x0 = V.Load(x + *offset), x1 = TVectors.Count > 1 ? V.Load(x + *offset + V.Count) : x0;
                V weight = V.Create(w[0]);
                a0 = V.Fma(x0, weight, a0);
                if (TVectors.Count > 1) a1 = V.Fma(x1, weight, a1);
                if (TRows.Count > 1)
                {
                    weight = V.Create(w[1]);
                    b0 = V.Fma(x0, weight, b0);
                    if (TVectors.Count > 1) b1 = V.Fma(x1, weight, b1);
                }
                if (TRows.Count > 2)
                {
                    weight = V.Create(w[2]);
                    c0 = V.Fma(x0, weight, c0);
                    if (TVectors.Count > 1) c1 = V.Fma(x1, weight, c1);
                }
                if (TRows.Count > 3)
                {
                    weight = V.Create(w[3]);
                    d0 = V.Fma(x0, weight, d0);
                    if (TVectors.Count > 1) d1 = V.Fma(x1, weight, d1);
                }
                if (TRows.Count > 4)
                {
                    weight = V.Create(w[4]);
                    e0 = V.Fma(x0, weight, e0);
                    if (TVectors.Count > 1) e1 = V.Fma(x1, weight, e1);
                }
                if (TRows.Count > 5)
                {
                    weight = V.Create(w[5]);
                    f0 = V.Fma(x0, weight, f0);
                    if (TVectors.Count > 1) f1 = V.Fma(x1, weight, f1);
                }
            }
            Store<V, TVectors>(a0, a1, sums);
            if (TRows.Count > 1) Store<V, TVectors>(b0, b1, sums + SumStride);
            if (TRows.Count > 2) Store<V, TVectors>(c0, c1, sums + 2 * SumStride);
            if (TRows.Count > 3) Store<V, TVectors>(d0, d1, sums + 3 * SumStride);
            if (TRows.Count > 4) Store<V, TVectors>(e0, e1, sums + 4 * SumStride);
            if (TRows.Count > 5) Store<V, TVectors>(f0, f1, sums + 5 * SumStride);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly V Start<V>(int channel) where V : unmanaged, IVector<V> =>
            V.Create(Bias == null || channel >= Channels ? 0 : Bias[channel]);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Store<V, TVectors>(V first, V second, float* to) where V : unmanaged, IVector<V> where TVectors : IRowCount
        {
            V low = V.Create(Lowest), high = V.Create(Highest);
            V.Store(V.Min(high, V.Max(low, first)), to);
            if (TVectors.Count > 1)
                V.Store(V.Min(high, V.Max(low, second)), to + V.Count);
        }

        /// <summary>From channel by channel to pixel by pixel; of four channels and more the last four are written whole, some of them twice.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Turn(float* y)
        {
            Transposition.Run(Sums, SumStride, Channels & ~3, Columns, y, Pitch);
            int last = Channels & 3;
            if (last == 0)
                return;
            int again = Channels < 4 ? last : 4;
            Transposition.Run(Sums + (Channels - again) * SumStride, SumStride, again, Columns, y + Channels - again, Pitch);
        }
    }
}
