using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// The gradient of a convolution with respect to its weights: for every channel and tap a row of sums over the pixels of the batch, the
/// output channels in the lanes. Built once per geometry; any range of rows gives the same bits.
/// </summary>
/// <remarks>
/// It is the matrix product of the input, turned to lines (<see cref="TapLines"/>), with the output's gradient, by the convolution's own
/// micro-kernels. Rows are units of (group, range of channels, chunk of pixels). How pixels are cut into chunks follows from the geometry
/// alone; a sum is one chain of multiply-adds over a chunk's pixels, and the chunks' sums are added in order by <see cref="Reduce"/>.
/// </remarks>
internal sealed unsafe class ConvolutionWeightGradient
{
    // Multiply-adds a row aims at; pixels multiplied between two visits of the sums; channels worth copying the gradient for.
    private const long RowWork = 3_000_000;
    private const int BandPixels = 768, LeastChannels = 16;
    // Sums and turned input that stay in the second-level cache beside the gradient's panel; sums of all chunks together.
    private const long CachedFloats = 128 * 1024, ChunkFloats = 4 * 1024 * 1024;

    private readonly ConvGeometry g;
    private readonly VectorWidth width;
    private readonly ColumnBlocks blocks;
    private readonly TapLines lines;
    private readonly int channels, ranges, chunks, bands, rows;
    private readonly int bandPlanes, bandRows, bandColumns, rowGroups, columnGroups;
    private readonly long sums, addressFloats, lineFloats, panelFloats;
    private readonly nint[] offsets;
    // Sums that are complete after one band go out block by block.
    private readonly bool atOnce;

    /// <summary>Chooses kernels and work units.</summary>
    public ConvolutionWeightGradient(in ConvGeometry forward, VectorWidth width)
    {
        g = forward;
        this.width = width;
        blocks = new ColumnBlocks(g.GroupK, width);
        long pixels = (long)g.N * g.OutputPixels;
        int planes = g.N * g.OutD;

        bandColumns = Evenly(g.OutW, BandPixels);
        bandRows = bandColumns < g.OutW ? 1 : Evenly(g.OutH, Math.Max(1, BandPixels / bandColumns));
        bandPlanes = Evenly(planes, bandRows < g.OutH ? 1 : Math.Max(1, BandPixels / (bandRows * bandColumns)));
        columnGroups = Parts(g.OutW, bandColumns);
        rowGroups = Parts(g.OutH, bandRows);
        bands = Parts(planes, bandPlanes) * rowGroups * columnGroups;

        // Independent of the vectors' width, so that the chunks are.
        long perChannel = (long)g.Taps * ((g.GroupK + 15) / 16 * 16);
        long lineOfOne = new TapLines(g, bandRows, bandColumns, 1).Floats(bandPlanes);
        long fits = Math.Min(CachedFloats / Math.Max(perChannel, lineOfOne), RowWork / (perChannel * pixels));
        channels = Evenly(g.GroupC, (int)Math.Clamp(fits / 4 * 4, LeastChannels, Math.Max(LeastChannels, g.GroupC)));
        if (channels < g.GroupC)
            channels = (channels + 3) / 4 * 4;
        ranges = Parts(g.GroupC, channels);
        long most = Math.Max(1, ChunkFloats / (g.Groups * ranges * channels * perChannel));
        chunks = (int)Math.Clamp(perChannel * channels * pixels / RowWork, 1, Math.Min(bands, most));
        Rows = checked(g.Groups * ranges * chunks);
        ReduceRows = chunks > 1 ? checked(g.Groups * ranges * blocks.Count) : 0;

        rows = channels * g.Taps;
        atOnce = bands == 1;
        sums = (long)rows * (atOnce ? Math.Min(blocks.PaddedColumns, 4 * blocks.Lanes) : blocks.PaddedColumns);
        lines = new TapLines(g, bandRows, bandColumns, channels);
        offsets = new nint[bandPlanes * rows];
        for (int i = 0; i < offsets.Length; i++)
            offsets[i] = lines.Offset(i / rows, i % rows / g.Taps, i % g.Taps);
        addressFloats = ((long)bandPlanes * rows * 2 + 15) / 16 * 16;
        lineFloats = (lines.Floats(bandPlanes) + 15) / 16 * 16;
        panelFloats = (long)bandPlanes * bandRows * bandColumns * Math.Min(blocks.PaddedColumns, 4 * blocks.Lanes);
        ScratchFloats = checked((int)(addressFloats + lineFloats + panelFloats + 64 + (chunks > 1 ? 0 : sums)));
        PartialFloats = chunks > 1 ? Rows * sums : 0;
    }

    /// <summary>Work units of <see cref="Run"/>.</summary>
    public int Rows { get; }

    /// <summary>Work units of <see cref="Reduce"/>; 0 where <see cref="Run"/> gives the result.</summary>
    public int ReduceRows { get; }

    /// <summary>Floats between <see cref="Run"/> and <see cref="Reduce"/>.</summary>
    public long PartialFloats { get; }

    /// <summary>Floats of scratch a worker needs, 64-byte aligned.</summary>
    public int ScratchFloats { get; }

    public override string ToString() => chunks > 1 ? $"{blocks}, {chunks} chunks" : $"{blocks}";

    /// <summary>The sums of a range of units. Allocates nothing.</summary>
    /// <param name="input">First pixel of the first image; lanes beyond C may hold anything.</param>
    /// <param name="outputGradient">As the input, of K channels.</param>
    /// <param name="partial"><see cref="PartialFloats"/>, 64-byte aligned.</param>
    /// <param name="weightGradient">Dense [K][C / Groups][KernelD][KernelH][KernelW].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int begin, int end, float* input, float* outputGradient, float* partial, float* weightGradient, float* scratch)
    {
        nint* addresses = (nint*)scratch;
        float* turned = scratch + addressFloats, panel = turned + lineFloats, zeros = panel + panelFloats, own = zeros + 64;
        new Span<float>(zeros, 64).Clear();
        for (int i = 0; i < offsets.Length; i++)
            addresses[i] = (nint)(turned + offsets[i]);
        for (int unit = begin; unit < end; unit++)
        {
            int chunk = unit % chunks, range = unit / chunks % ranges, group = unit / chunks / ranges;
            int first = range * channels, count = Math.Min(channels, g.GroupC - first);
            float* target = chunks > 1 ? partial + unit * sums : own;
            int from = (int)((long)bands * chunk / chunks), to = (int)((long)bands * (chunk + 1) / chunks);
            for (int band = from; band < to; band++)
                Add(band, group, first, count, input, outputGradient, addresses, turned, panel, band == from ? zeros : null, target, weightGradient);
            if (chunks == 1 && !atOnce)
                for (int b = 0; b < blocks.Count; b++)
                    Write(group, first, count, b, target + (long)rows * blocks[b].First, weightGradient);
        }
    }

    /// <summary>Adds the chunks' sums in order, for a range of units, after all of <see cref="Run"/>. Allocates nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Reduce(int begin, int end, float* partial, float* weightGradient)
    {
        for (int unit = begin; unit < end; unit++)
        {
            int b = unit % blocks.Count, range = unit / blocks.Count % ranges, group = unit / blocks.Count / ranges;
            float* first = partial + (long)(group * ranges + range) * chunks * sums + (long)rows * blocks[b].First;
            var sum = new ChunkSum { First = first, Stride = sums, Chunks = chunks, Count = rows * blocks[b].Vectors * blocks.Lanes };
            VectorDispatch.Run(width, ref sum);
            Write(group, range * channels, Math.Min(channels, g.GroupC - range * channels), b, first, weightGradient);
        }
    }

    /// <summary>Adds one band of pixels to the sums of a range of channels.</summary>
    /// <param name="zeros">What the sums start from where this is the first band.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int band, int group, int first, int count, float* input, float* gradient, nint* addresses, float* turned, float* panel,
        float* zeros, float* target, float* weightGradient)
    {
        int plane = band / (rowGroups * columnGroups) * bandPlanes, planes = Math.Min(bandPlanes, g.N * g.OutD - plane);
        int row = band / columnGroups % rowGroups * bandRows, height = Math.Min(bandRows, g.OutH - row);
        int column = band % columnGroups * bandColumns, across = Math.Min(bandColumns, g.OutW - column);
        for (int i = 0; i < planes; i++)
            lines.Fill(input + group * g.GroupC + first, count, i, (plane + i) / g.OutD, (plane + i) % g.OutD, row, height, column, turned);

        bool joined = lines.LineFloats == across;
        MatrixTile tile = default;
        tile.RowStride = rows;
        tile.Taps = planes;
        tile.Runs = joined ? 1 : height;
        tile.Channels = joined ? height * across : across;
        tile.RunGap = lines.LineFloats - across;
        tile.Weights = panel;
        tile.Lowest = float.NegativeInfinity;
        tile.Highest = float.PositiveInfinity;
        tile.LastLanes = blocks.Lanes;
        int total = count * g.Taps;
        for (int b = 0; b < blocks.Count; b++)
        {
            ref readonly ColumnBlocks.Block block = ref blocks[b];
            int padded = block.Vectors * blocks.Lanes;
            // A band is one run of pixels: it has whole rows, or one; whole planes, or one.
            var copy = new PixelPanel
            {
                From = gradient + (((long)plane * g.OutH + row) * g.OutW + column) * g.OutputPitch + group * g.GroupK + block.First,
                Pitch = g.OutputPitch, Pixels = planes * height * across, Channels = padded - blocks.Lanes + block.LastLanes, To = panel, Padded = padded,
            };
            VectorDispatch.Run(width, ref copy);

            float* sum = atOnce ? target : target + (long)rows * block.First;
            tile.StartPitch = zeros == null ? padded : 0;
            tile.OutputPitch = padded;
            int tiles = (total + block.MaxRows - 1) / block.MaxRows;
            for (int t = 0, at = 0; t < tiles; t++)
            {
                int size = (total - at + tiles - t - 1) / (tiles - t);
                tile.Rows = addresses + at;
                tile.Output = sum + (nint)at * padded;
                tile.Start = zeros == null ? tile.Output : zeros;
                block.Kernel(size)(&tile);
                at += size;
            }
            if (atOnce)
                Write(group, first, count, b, sum, weightGradient);
        }
    }

    private void Write(int group, int first, int count, int b, float* sum, float* weightGradient)
    {
        ref readonly ColumnBlocks.Block block = ref blocks[b];
        int padded = block.Vectors * blocks.Lanes, columns = padded - blocks.Lanes + block.LastLanes;
        long inner = (long)g.GroupC * g.Taps;
        float* to = weightGradient + ((long)group * g.GroupK + block.First) * inner + (long)first * g.Taps;
        Transposition.Run(sum, padded, count * g.Taps, columns, to, (nint)inner);
    }

    /// <summary>The largest size not above <paramref name="most"/> that cuts an extent into parts as equal as can be.</summary>
    private static int Evenly(int extent, int most) => extent <= most ? extent : Parts(extent, Parts(extent, most));

    private static int Parts(int extent, int size) => (extent + size - 1) / size;

    /// <summary>Adds the sums of all chunks to those of the first.</summary>
    private struct ChunkSum : IVectorAction
    {
        public float* First;
        public long Stride;
        public int Chunks, Count;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Invoke<V>() where V : unmanaged, IVector<V>
        {
            for (int i = 0; i < Count; i += V.Count)
            {
                float* at = First + i;
                V sum = V.Load(at);
                for (int chunk = 1; chunk < Chunks; chunk++)
                    sum += V.Load(at + chunk * Stride);
                V.Store(sum, First + i);
            }
        }
    }
}
