using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// A convolution as a matrix product over channels-last memory, with bias, residual sum and activation on the way to memory.
/// Built once per geometry; <see cref="Run"/> then computes any range of rows, in any order and on any thread, to the same bits.
/// </summary>
/// <remarks>
/// Rows are units of (group, run of pixels of the batch, blocks of output channels). A sum is one chain of multiply-adds over
/// taps (planes, rows, columns) and then input channels, started from the bias. NaN and infinity propagate as in plain arithmetic;
/// in the padding the factor is a true zero. Dispose it when no run is under way.
/// </remarks>
internal sealed unsafe class Convolution : IDisposable
{
    // A row aims at so many multiply-adds, about 20 microseconds with 512-bit vectors; in a small convolution at its eighth part,
    // so that several threads find enough of them, but not below 5 microseconds.
    private const long MostRowWork = 2_500_000, LeastRowWork = 600_000, LeastRows = 8;
    // Weights that stay in the second-level cache beside the input; row addresses that stay in the first-level cache.
    private const int CachedFloats = 128 * 1024, AddressEntries = 4096;

    private readonly ConvGeometry g;
    private readonly ColumnBlocks blocks;
    private readonly IndirectionBuffer taps;
    private readonly OutputGrid grid;
    private readonly int pixels, groupPixels, pixelGroups, groupBlocks, blockGroups;
    private readonly bool cached, pixelsOuter;
    private readonly int addressPixels;
    private readonly long windowFloats, partialFloats;

    /// <summary>Chooses kernels and work units; a function of geometry and width alone.</summary>
    public Convolution(in ConvGeometry geometry, VectorWidth width) : this(geometry, width, OutputGrid.Of(geometry)) { }

    /// <summary>A convolution whose output pixels lie on a grid in larger pictures.</summary>
    internal Convolution(in ConvGeometry geometry, VectorWidth width, OutputGrid outputGrid)
    {
        g = geometry;
        grid = outputGrid;
        if (g.Groups < 1 || g.C % g.Groups != 0 || g.K % g.Groups != 0 || g.InputPitch < g.C || g.OutputPitch < g.K)
            throw new ArgumentException($"Convolution of {g.C} channels at pitch {g.InputPitch} to {g.K} at pitch {g.OutputPitch} cannot be in {g.Groups} groups.", nameof(geometry));
        blocks = new ColumnBlocks(g.GroupK, width);
        taps = new IndirectionBuffer(g);
        pixels = checked(g.N * g.OutputPixels);

        long perPixel = Depth * blocks.PaddedColumns;
        long rowWork = Math.Clamp(g.Groups * (long)pixels * perPixel / LeastRows, LeastRowWork, MostRowWork);
        int tile = blocks.Count == 0 ? 1 : blocks[0].MaxRows, addressLimit = Math.Max(tile, AddressEntries / taps.Taps);
        cached = perPixel <= CachedFloats;
        pixelsOuter = cached || Depth * (long)g.GroupK <= (long)pixels * g.GroupC;
        if (pixelsOuter)
        {
            groupPixels = (int)Math.Clamp(rowWork / perPixel, 48, Math.Max(48, addressLimit));
            groupBlocks = (int)Math.Clamp(2 * rowWork * blocks.Count / (perPixel * groupPixels), 1, blocks.Count);
        }
        else
        {
            groupBlocks = 1;
            groupPixels = (int)Math.Clamp(3 * rowWork * blocks.Count / perPixel, 64, Math.Max(64, addressLimit));
        }
        if (pixels <= groupPixels + tile)
            groupPixels = pixels;
        else
        {
            int evenly = (pixels + groupPixels - 1) / groupPixels;
            groupPixels = ((pixels + evenly - 1) / evenly + tile - 1) / tile * tile;
        }
        pixelGroups = (pixels + groupPixels - 1) / groupPixels;
        blockGroups = (blocks.Count + groupBlocks - 1) / groupBlocks;
        Rows = checked(g.Groups * pixelGroups * blockGroups);

        addressPixels = (groupPixels + 3 + 7) / 8 * 8;
        windowFloats = (taps.WindowFloats(groupPixels) + 15) / 16 * 16;
        partialFloats = BlockLoop.Steps(taps.Taps, taps.Runs, taps.Channels) > 1 || !grid.IsDense ? (long)groupPixels * 4 * blocks.Lanes : 0;
        long placeFloats = grid.IsDense ? 0 : (groupPixels + 15) / 16 * 16;
        ScratchFloats = checked((int)((long)addressPixels * taps.Taps * 2 + windowFloats + partialFloats + placeFloats));
    }

    /// <summary>Terms of one sum.</summary>
    private long Depth => (long)g.Taps * g.GroupC;

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows { get; }

    /// <summary>Floats of the packed weights.</summary>
    public long PackedLength => g.Groups * blocks.PackedLength(Depth);

    /// <summary>Floats of the packed bias.</summary>
    public long PaddedBias => (long)g.Groups * blocks.PaddedColumns;

    /// <summary>Floats of scratch a worker needs, 64-byte aligned.</summary>
    public int ScratchFloats { get; }

    /// <summary>Floats that must be zero behind the zero row's address.</summary>
    public int ZeroFloats => taps.ZeroFloats;

    /// <summary>Packs weights given as dense [K][C / Groups][KernelD][KernelH][KernelW] for <see cref="Run"/>.</summary>
    public void Pack(ReadOnlySpan<float> weightsOIHW, float* packed)
    {
        if (weightsOIHW.Length != g.K * Depth)
            throw new ArgumentException($"{weightsOIHW.Length} weights given, {g.K}x{g.GroupC}x{g.KernelD}x{g.KernelH}x{g.KernelW} expected.", nameof(weightsOIHW));
        fixed (float* source = weightsOIHW)
            Pack(source, Depth, g.Taps, Enumerable.Range(0, g.Taps).ToArray(), packed);
    }

    /// <summary>Packs weights that lie anywhere: those of output channel k, input channel c and tap t of a group at
    /// k * <paramref name="outputStride"/> + c * <paramref name="inputStride"/> + <paramref name="tapOffsets"/>[t], groups one after the other.</summary>
    internal void Pack(float* source, long outputStride, long inputStride, int[] tapOffsets, float* packed)
    {
        long groupStride = Math.Max(outputStride * g.GroupK, inputStride * g.GroupC);
        for (int group = 0; group < g.Groups; group++, source += groupStride)
            for (int i = 0; i < blocks.Count; i++)
            {
                ref readonly ColumnBlocks.Block block = ref blocks[i];
                int padded = block.Vectors * blocks.Lanes, columns = padded - blocks.Lanes + block.LastLanes;
                float* to = packed + group * blocks.PackedLength(Depth) + Depth * block.First;
                WeightPanel.Pack(source + block.First * outputStride, outputStride, inputStride, tapOffsets, g.GroupC, columns, padded, to);
            }
    }

    /// <summary>Packs the bias of every output channel; an empty span means zero.</summary>
    public void PackBias(ReadOnlySpan<float> bias, float* packed)
    {
        if (bias.Length != 0 && bias.Length != g.K)
            throw new ArgumentException($"{bias.Length} biases given, {g.K} expected.", nameof(bias));
        for (int group = 0; group < g.Groups; group++)
            for (int k = 0; k < blocks.PaddedColumns; k++)
                packed[(long)group * blocks.PaddedColumns + k] = k < g.GroupK && bias.Length != 0 ? bias[group * g.GroupK + k] : 0;
    }

    /// <summary>output = activation(convolution(input) + bias + residual) for a range of rows. Allocates nothing.</summary>
    /// <param name="input">First pixel of the first image; lanes beyond C in a pixel may hold anything.</param>
    /// <param name="zeroRow">At least <see cref="ZeroFloats"/> zeros, anywhere in memory.</param>
    /// <param name="residual">Added before the activation, pixel by pixel as the output; null for none. May be the output itself.</param>
    /// <param name="residualPitch">Floats from one residual pixel to the next.</param>
    /// <param name="scratch">This worker's <see cref="ScratchFloats"/> floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int beginRow, int endRow, float* input, float* zeroRow, float* packedWeights, float* packedBias,
        float* residual, int residualPitch, float* output, in Activation activation, float* scratch)
    {
        nint* addresses = (nint*)scratch;
        float* windows = scratch + (long)addressPixels * taps.Taps * 2, partial = windows + windowFloats;
        int* places = grid.IsDense ? null : (int*)(partial + partialFloats);
        var loop = new BlockLoop
        {
            Addresses = addresses, Stride = addressPixels, Taps = taps.Taps, Runs = taps.Runs, RunGap = taps.RunGap, Channels = taps.Channels,
            Lanes = blocks.Lanes, Partial = partial, Places = places, Activation = activation, ResidualPitch = residualPitch, ResidualScale = 1,
        };
        int filled = -1;
        for (int unit = beginRow; unit < endRow; unit++)
        {
            int inner = unit % (pixelGroups * blockGroups), group = unit / (pixelGroups * blockGroups);
            int pixelGroup = pixelsOuter ? inner / blockGroups : inner % pixelGroups;
            int blockGroup = pixelsOuter ? inner % blockGroups : inner / pixelGroups;
            int first = pixelGroup * groupPixels, count = Math.Min(pixels - first, groupPixels);
            int place = group * pixelGroups + pixelGroup;
            if (place != filled)
            {
                taps.Fill(input + group * g.GroupC, zeroRow, first, count, addresses, addressPixels, windows);
                if (places != null)
                    grid.Fill(first, count, places);
                filled = place;
            }
            float* groupWeights = packedWeights + group * blocks.PackedLength(Depth);
            float* groupBias = packedBias + (long)group * blocks.PaddedColumns;
            long pixel = places == null ? first : 0;
            for (int b = blockGroup * groupBlocks, end = Math.Min(blocks.Count, b + groupBlocks); b < end; b++)
            {
                ref readonly ColumnBlocks.Block block = ref blocks[b];
                int channel = group * g.GroupK + block.First;
                loop.Residual = residual == null ? null : residual + pixel * residualPitch + channel;
                loop.RowsAhead = taps.Taps == 1 && b == 0;
                loop.Run(block, count, groupWeights + Depth * block.First, groupBias + block.First, output + pixel * g.OutputPitch + channel, g.OutputPitch);
            }
        }
    }

    public void Dispose() => taps.Dispose();

    public override string ToString() => $"{blocks}";
}
