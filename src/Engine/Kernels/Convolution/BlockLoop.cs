using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Runs one block of columns over a run of rows, tile by tile. Long sums go in steps (whole taps, or ranges of channels), so that
/// the weights of a step stay in the second-level cache from tile to tile; between steps the sums wait in scratch.
/// </summary>
internal unsafe struct BlockLoop
{
    // The weights of this many terms and four vectors take three eighths of a 1 MiB second-level cache.
    private const int StepDepth = 1536;
    private const int CacheLine = 64;

    /// <summary>Addresses of the rows: [tap][<see cref="Stride"/>].</summary>
    public nint* Addresses;
    public nint Stride;
    public int Taps, Runs, RunGap, Channels, Lanes;

    /// <summary>Rows times the block's columns, where <see cref="Steps"/> is above one or there are <see cref="Places"/>.</summary>
    public float* Partial;

    /// <summary>Where each row goes, in rows of the output; null where they follow each other. Rows that have places have no residual.</summary>
    public int* Places;
    public Activation Activation;

    public float* Residual;
    public nint ResidualPitch;
    public float ResidualScale;

    /// <summary>Asks for the next tile's rows while this one is computed: for rows of one tap that no near cache holds yet.</summary>
    public bool RowsAhead;

    /// <summary>Steps that a sum of <paramref name="taps"/> taps of <paramref name="runs"/> runs of <paramref name="channels"/> terms takes.</summary>
    public static int Steps(int taps, int runs, int channels)
    {
        if (taps == 1)
            return runs > 1 ? 1 : Math.Max(1, (channels + StepDepth - 1) / StepDepth);
        int perStep = Math.Clamp(StepDepth / (runs * channels), 1, taps);
        return (taps + perStep - 1) / perStep;
    }

    /// <summary>Computes <paramref name="count"/> rows of one block.</summary>
    /// <param name="weights">The block's packed weights.</param>
    /// <param name="start">The block's bias, padded to whole vectors.</param>
    /// <param name="y">First row, the block's first column.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(in ColumnBlocks.Block block, int count, float* weights, float* start, float* y, nint pitch)
    {
        int columns = block.Vectors * Lanes, steps = Steps(Taps, Runs, Channels);
        int tiles = (count + block.MaxRows - 1) / block.MaxRows;
        bool clamp = Activation.IsClamp;
        MatrixTile tile = default;
        tile.RowStride = Stride;
        tile.Runs = Runs;
        tile.RunGap = RunGap;
        tile.ResidualPitch = ResidualPitch;
        tile.ResidualScale = ResidualScale;
        for (int step = 0; step < steps; step++)
        {
            bool begins = step == 0, ends = step == steps - 1, inPlace = ends && Places == null;
            nint* rows = Addresses;
            tile.Weights = weights;
            tile.StartPitch = begins ? 0 : columns;
            tile.OutputPitch = inPlace ? pitch : columns;
            tile.Lowest = ends ? Activation.Lowest : float.NegativeInfinity;
            tile.Highest = ends ? Activation.Highest : float.PositiveInfinity;
            tile.LastLanes = inPlace ? block.LastLanes : Lanes;
            if (Taps > 1)
            {
                int from = (int)((long)Taps * step / steps), to = (int)((long)Taps * (step + 1) / steps);
                rows += from * Stride;
                tile.Taps = to - from;
                tile.Channels = Channels;
                weights += (long)(to - from) * Runs * Channels * columns;
            }
            else
            {
                long from = (long)Channels * step / steps, to = (long)Channels * (step + 1) / steps;
                tile.Taps = Channels > 0 ? 1 : 0;
                tile.FirstChannel = (nint)from;
                tile.Channels = (nint)(to - from);
                weights += (to - from) * Runs * columns;
            }
            // Tiles differ by one row at most, so that none is too thin to keep the multipliers busy.
            for (int t = 0, at = 0; t < tiles; t++)
            {
                int height = (count - at + tiles - t - 1) / (tiles - t);
                tile.Rows = rows + at;
                tile.Start = begins ? start : Partial + (long)at * columns;
                tile.Output = inPlace ? y + at * pitch : Partial + (long)at * columns;
                tile.Residual = ends && Residual != null ? Residual + at * ResidualPitch : null;
                if (RowsAhead)
                    FetchRows(rows + at + height, Math.Min(count - at - height, height));
                block.Kernel(height)(&tile);
                if (ends && !clamp)
                    ActivationPass.Apply(Activation, tile.Output, tile.OutputPitch, height, columns - Lanes + block.LastLanes);
                if (ends && !inPlace)
                    Scatter(tile.Output, columns, height, columns - Lanes + block.LastLanes, Places + at, y, pitch);
                at += height;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(float* from, nint fromPitch, int rows, int columns, int* places, float* y, nint pitch)
    {
        for (int i = 0; i < rows; i++, from += fromPitch)
            new ReadOnlySpan<float>(from, columns).CopyTo(new Span<float>(y + places[i] * pitch, columns));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void FetchRows(nint* rows, int count)
    {
        if (!Sse.IsSupported)
            return;
        for (int i = 0; i < count; i++)
            for (nint at = 0; at < Channels * sizeof(float); at += CacheLine)
                Sse.Prefetch0((void*)(rows[i] + at));
    }
}
