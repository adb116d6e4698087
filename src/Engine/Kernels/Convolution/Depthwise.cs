using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// A depthwise convolution (one filter per channel) over channels-last memory, with bias, residual sum and activation on
/// the way to memory. Built once per geometry; any range of rows gives the same bits.
/// </summary>
/// <remarks>
/// A row is a group of output rows of one image. A sum is one chain of multiply-adds over the taps in order, started from
/// the bias. Three kernel columns at stride 1 or 2 read each input column once per tile; other kernels go tap by tap.
/// Kernel rows outside the picture are left out; columns outside read zeros.
/// </remarks>
internal sealed unsafe class Depthwise
{
    private const int MaxPixels = 8;
    private const long RowWork = 1_000_000;

    private readonly ConvGeometry g;
    private readonly VectorWidth width;
    private readonly int tiles, outputRows, rowsPerUnit, paddedChannels, addresses;
    private readonly bool threeColumns;

    /// <summary>A depthwise convolution with K = C = Groups.</summary>
    /// <exception cref="ArgumentException">The geometry is no depthwise convolution or a pitch is below C.</exception>
    public Depthwise(in ConvGeometry geometry, VectorWidth width)
    {
        g = geometry;
        this.width = width;
        if (g.Groups != g.C || g.K != g.C || g.InputPitch < g.C || g.OutputPitch < g.C)
            throw new ArgumentException($"A convolution of {g.C} channels at pitch {g.InputPitch} to {g.K} at pitch {g.OutputPitch} in {g.Groups} groups is not depthwise.", nameof(geometry));
        threeColumns = g.KernelD == 1 && g.KernelW == 3 && g.DilationW == 1 && g.StrideW is 1 or 2;
        paddedChannels = (g.C + 15) / 16 * 16;
        int most = threeColumns || g.Taps <= 1024 ? MaxPixels : 1;
        tiles = (g.OutW + most - 1) / most;
        addresses = threeColumns ? g.KernelH * ((MaxPixels - 1) * g.StrideW + 3) : g.Taps * most;
        outputRows = g.N * g.OutD * g.OutH;
        long rowWork = Math.Max(1, (long)g.OutW * g.C * g.Taps);
        rowsPerUnit = (int)Math.Clamp(RowWork / rowWork, 1, Math.Max(1, (outputRows + 3) / 4));
        Rows = g.OutW == 0 || g.C == 0 ? 0 : (outputRows + rowsPerUnit - 1) / rowsPerUnit;
    }

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows { get; }

    /// <summary>Floats of the packed weights.</summary>
    public long PackedLength => (long)g.Taps * paddedChannels;

    /// <summary>Floats that must be zero behind the zero row's address.</summary>
    public int ZeroFloats => g.C;

    /// <summary>Packs weights given as dense [C][1][KernelD][KernelH][KernelW] to [tap][channel].</summary>
    public void Pack(ReadOnlySpan<float> weights, float* packed) => Pack(weights, mirrored: false, packed);

    /// <summary>Packs weights with the taps in reverse order: a gradient with respect to the input reads them so.</summary>
    public void PackMirrored(ReadOnlySpan<float> weights, float* packed) => Pack(weights, mirrored: true, packed);

    private void Pack(ReadOnlySpan<float> weights, bool mirrored, float* packed)
    {
        if (weights.Length != (long)g.C * g.Taps)
            throw new ArgumentException($"{weights.Length} weights given, {g.C}x{g.Taps} expected.", nameof(weights));
        for (int t = 0; t < g.Taps; t++)
            for (int c = 0; c < paddedChannels; c++)
                packed[t * paddedChannels + c] = c < g.C ? weights[c * g.Taps + (mirrored ? g.Taps - 1 - t : t)] : 0;
    }

    /// <summary>output = activation(convolution(input) + bias + residual) for a range of units. Allocates nothing.</summary>
    /// <param name="input">First pixel of the first image; lanes beyond C in a pixel may hold anything.</param>
    /// <param name="zeroRow">At least <see cref="ZeroFloats"/> zeros, anywhere in memory.</param>
    /// <param name="bias">C floats, or null.</param>
    /// <param name="residual">Added before the activation, pixel by pixel as the output; null for none. May be the output itself.</param>
    /// <param name="residualPitch">Floats from one residual pixel to the next.</param>
    public void Run(int begin, int end, float* input, float* zeroRow, float* packed, float* bias,
        float* residual, int residualPitch, float* output, in Activation activation)
    {
        var rows = new RowRange
        {
            Owner = this,
            Begin = begin * rowsPerUnit,
            End = Math.Min(outputRows, end * rowsPerUnit),
            Input = input,
            Zeros = zeroRow,
            Packed = packed,
            Residual = residual,
            Output = output,
            Activation = activation,
            Tile = new DepthwiseTile
            {
                Channels = g.C,
                ColumnStep = g.InputPitch,
                WeightStep = paddedChannels,
                Bias = bias,
                ResidualPitch = residualPitch,
                OutputPitch = g.OutputPitch,
                Lowest = activation.Lowest,
                Highest = activation.Highest,
            },
        };
        VectorDispatch.Run(width, ref rows);
    }

    private struct RowRange : IVectorAction
    {
        public Depthwise Owner;
        public int Begin, End;
        public float* Input, Zeros, Packed, Residual, Output;
        public Activation Activation;
        public DepthwiseTile Tile;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Invoke<V>() where V : unmanaged, IVector<V>
        {
            ref readonly ConvGeometry g = ref Owner.g;
            float** addresses = stackalloc float*[Owner.addresses];
            DepthwiseTile tile = Tile;
            tile.Rows = addresses;
            for (int row = Begin; row < End; row++)
            {
                int h = row % g.OutH, d = row / g.OutH % g.OutD, n = row / g.OutH / g.OutD;
                float* image = Input + (long)n * g.InputPixels * g.InputPitch;
                long pixel = (long)row * g.OutW;
                for (int t = 0, w = 0; t < Owner.tiles;)
                {
                    int count = Owner.TileAt(t, w);
                    tile.Output = Output + (pixel + w) * g.OutputPitch;
                    tile.Residual = Residual == null ? null : Residual + (pixel + w) * tile.ResidualPitch;
                    tile.Count = 1;
                    if (Owner.threeColumns)
                    {
                        bool edge = Owner.RowAddresses(ref tile, image, Zeros, Packed, h, w, count);
                        while (!edge && Owner.Inside(w + tile.Count * count, count) && Owner.TileAt(t + tile.Count, w + tile.Count * count) == count)
                            tile.Count++;
                        if (g.StrideW == 1)
                            DepthwiseTiles.ThreeColumns<V, Const1>(count, edge, &tile);
                        else
                            DepthwiseTiles.ThreeColumns<V, Const2>(count, edge, &tile);
                    }
                    else
                    {
                        Owner.TapAddresses(ref tile, image, Zeros, Packed, d, h, w, count);
                        DepthwiseTiles.AnyTaps<V>(count, &tile);
                    }
                    int pixels = tile.Count * count;
                    if (!Activation.IsClamp)
                        ActivationPass.Apply(Activation, tile.Output, g.OutputPitch, pixels, g.C);
                    t += tile.Count;
                    w += pixels;
                }
            }
        }
    }

    // Tiles of a row differ by one pixel at most, the wider ones first.
    private int TileAt(int tile, int pixel) => tile < tiles ? (g.OutW - pixel + tiles - tile - 1) / (tiles - tile) : 0;

    private bool Inside(int pixel, int count)
    {
        int left = pixel * g.StrideW - g.PadLeft;
        return left >= 0 && left + (count - 1) * g.StrideW + 3 <= g.W;
    }

    // The kernel rows that lie inside the picture; true when some column does not and every column got its own address.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool RowAddresses(ref DepthwiseTile tile, float* image, float* zeros, float* packed, int h, int w, int count)
    {
        int top = h * g.StrideH - g.PadTop, left = w * g.StrideW - g.PadLeft;
        int columns = (count - 1) * g.StrideW + 3;
        bool edge = !Inside(w, count);
        int rows = 0, first = 0;
        for (int r = 0; r < g.KernelH; r++)
        {
            int y = top + r * g.DilationH;
            if ((uint)y >= (uint)g.H)
                continue;
            if (rows == 0)
                first = r;
            float* start = image + ((long)y * g.W + left) * g.InputPitch;
            if (!edge)
                tile.Rows[rows] = start;
            else
                for (int i = 0; i < columns; i++)
                    tile.Rows[rows * columns + i] = (uint)(left + i) < (uint)g.W ? start + i * (nint)g.InputPitch : zeros;
            rows++;
        }
        tile.RowCount = rows;
        tile.Weights = packed + first * 3 * paddedChannels;
        return edge;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TapAddresses(ref DepthwiseTile tile, float* image, float* zeros, float* packed, int d, int h, int w, int count)
    {
        float** at = tile.Rows;
        nint pitch = g.InputPitch, columnStep = g.StrideW * pitch;
        for (int q = 0; q < g.KernelD; q++)
        {
            int z = d * g.StrideD - g.PadFront + q * g.DilationD;
            for (int r = 0; r < g.KernelH; r++)
            {
                int y = h * g.StrideH - g.PadTop + r * g.DilationH;
                bool inside = (uint)z < (uint)g.D && (uint)y < (uint)g.H;
                float* row = inside ? image + ((long)z * g.H + y) * g.W * g.InputPitch : zeros;
                for (int s = 0; s < g.KernelW; s++)
                {
                    int x = w * g.StrideW - g.PadLeft + s * g.DilationW;
                    bool whole = inside && x >= 0 && x + (count - 1) * g.StrideW < g.W;
                    float* from = row + x * pitch;
                    if (whole)
                        for (int i = 0; i < count; i++, from += columnStep)
                            at[i] = from;
                    else
                        for (int i = 0; i < count; i++, x += g.StrideW)
                            at[i] = inside && (uint)x < (uint)g.W ? row + x * pitch : zeros;
                    at += count;
                }
            }
        }
        tile.RowCount = g.Taps;
        tile.Weights = packed;
    }
}
