using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// A convolution as a matrix product over channels-last memory, with bias, residual sum and activation on the way to memory.
/// Built once per geometry; <see cref="Run"/> then computes any range of rows, in any order and on any thread, to the same bits.
/// </summary>
/// <remarks>
/// Rows are units of (group, image, run of pixels, blocks of output channels). A sum is one chain of multiply-adds over
/// taps (planes, rows, columns) and then input channels, started from the bias. NaN and infinity propagate as in plain arithmetic;
/// in the padding the factor is a true zero. Dispose it when no run is under way.
/// </remarks>
public sealed unsafe class Convolution : IDisposable
{
    // A row aims at so many multiply-adds, about 20 microseconds with 512-bit vectors; in a small convolution at its eighth part,
    // so that several threads find enough of them, but not below 5 microseconds.
    private const long MostRowWork = 2_500_000, LeastRowWork = 600_000, LeastRows = 8;
    // Weights that stay in the second-level cache beside the input; row addresses that stay in the first-level cache.
    private const int CachedFloats = 128 * 1024, AddressEntries = 4096;

    private readonly ConvGeometry g;
    private readonly ColumnBlocks blocks;
    private readonly TapRows taps;
    private readonly int images, pixels, groupPixels, pixelGroups, groupBlocks, blockGroups;
    private readonly bool cached, pixelsOuter;
    private readonly int addressPixels;
    private readonly long windowFloats;

    /// <summary>Chooses kernels and work units; a function of geometry and width alone.</summary>
    public Convolution(in ConvGeometry geometry, VectorWidth width)
    {
        g = geometry;
        if (g.Groups < 1 || g.C % g.Groups != 0 || g.K % g.Groups != 0 || g.InputPitch < g.C || g.OutputPitch < g.K)
            throw new ArgumentException($"Convolution of {g.C} channels at pitch {g.InputPitch} to {g.K} at pitch {g.OutputPitch} cannot be in {g.Groups} groups.", nameof(geometry));
        blocks = new ColumnBlocks(g.GroupK, width);
        taps = new TapRows(g);
        images = g.Pointwise ? 1 : g.N;
        pixels = g.Pointwise ? g.N * g.OutputPixels : g.OutputPixels;

        long perPixel = Depth * blocks.PaddedColumns;
        long rowWork = Math.Clamp(g.Groups * (long)images * pixels * perPixel / LeastRows, LeastRowWork, MostRowWork);
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
        Rows = checked(g.Groups * images * pixelGroups * blockGroups);

        addressPixels = (groupPixels + 3 + 7) / 8 * 8;
        windowFloats = (taps.WindowFloats(groupPixels) + 15) / 16 * 16;
        long partialFloats = BlockLoop.Steps(taps.Taps, taps.Runs, taps.Channels) > 1 ? (long)groupPixels * 4 * blocks.Lanes : 0;
        ScratchFloats = checked((int)((long)addressPixels * taps.Taps * 2 + windowFloats + partialFloats));
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
        int tapCount = g.Taps, channels = g.GroupC;
        int inner = tapCount * channels;
        float[] reordered = new float[blocks.Columns * (long)inner];
        fixed (float* source = weightsOIHW, target = reordered)
            for (int group = 0; group < g.Groups; group++)
            {
                for (int k = 0; k < g.GroupK; k++)
                {
                    float* from = source + ((long)group * g.GroupK + k) * inner, to = target + (long)k * inner;
                    for (int t = 0; t < tapCount; t++)
                        for (int c = 0; c < channels; c++)
                            to[t * channels + c] = from[c * tapCount + t];
                }
                blocks.Pack(target, inner, 1, inner, 1, packed + group * blocks.PackedLength(Depth));
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
        float* windows = scratch + (long)addressPixels * taps.Taps * 2;
        var loop = new BlockLoop
        {
            Addresses = addresses, Stride = addressPixels, Taps = taps.Taps, Runs = taps.Runs, RunGap = taps.RunGap, Channels = taps.Channels,
            Lanes = blocks.Lanes, Partial = windows + windowFloats, Activation = activation, ResidualPitch = residualPitch, ResidualScale = 1,
        };
        int filled = -1;
        for (int unit = beginRow; unit < endRow; unit++)
        {
            int inner = unit % (pixelGroups * blockGroups), outer = unit / (pixelGroups * blockGroups);
            int pixelGroup = pixelsOuter ? inner / blockGroups : inner % pixelGroups;
            int blockGroup = pixelsOuter ? inner % blockGroups : inner / pixelGroups;
            int image = outer % images, group = outer / images;
            int first = pixelGroup * groupPixels, count = Math.Min(pixels - first, groupPixels);
            int place = outer * pixelGroups + pixelGroup;
            if (place != filled)
            {
                float* source = input + (long)image * g.InputPixels * g.InputPitch + group * g.GroupC;
                taps.Fill(source, zeroRow, first, count, addresses, addressPixels, windows);
                filled = place;
            }
            float* groupWeights = packedWeights + group * blocks.PackedLength(Depth);
            float* groupBias = packedBias + (long)group * blocks.PaddedColumns;
            long pixel = (long)image * pixels + first;
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
