using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// A 3x3 convolution of stride 1 by a <see cref="WinogradForm"/>: tiles of the input are transformed, multiplied with transformed weights product
/// by product as matrices of tiles by channels, and transformed back, with bias, residual sum and activation on the way to memory.
/// </summary>
/// <remarks>
/// Where there are tiles enough, a row of <see cref="Run"/> takes some of them all the way, and what it makes on the way stays in the second-level
/// cache. Where tiles are few and weights many, the input is transformed first (<see cref="Transform"/>) and a row is a range of output channels, so that
/// weights are read once. The bits depend on neither. A number that is not finite reaches the whole tile.
/// </remarks>
internal sealed unsafe class WinogradConvolution
{
    // Transformed inputs of a row's tiles that stay in a second-level cache of 512 KiB beside sums and weights.
    private const int CachedFloats = 72 * 1024;
    // Tiles that make the weights worth their way from a far cache; output channels that make the transformed input worth it.
    private const int LeastTiles = 24, GroupColumns = 64;
    // Rows that keep several threads busy; floats a row of Transform takes.
    private const int LeastRows = 8, TransformedFloats = 2048;
    // In multiply-adds: what a transform takes for each element it makes or reads, and a weight on its way from a far cache.
    private const double TransformWork = 10, WeightWork = 6;
    // Floats between one product and the next, lest all fall into one set of the first-level cache.
    private const int Skew = 16;
    // What sums start from: the columns of the widest block.
    private const int ZeroFloats = 4 * 16;

    private readonly ConvGeometry g;
    private readonly VectorWidth width;
    private readonly WinogradForm form;
    private readonly ColumnBlocks blocks;
    private readonly int tileRows, tileColumns, tiles, blockTiles, tileBlocks, groupBlocks, blockGroups, sumPitch, transformTiles;
    private readonly bool transformsFirst;
    private readonly nint tilePitch, inputStep, sumStep, inputFloats;
    private readonly long addressFloats, sumFloats;

    public WinogradConvolution(in ConvGeometry geometry, VectorWidth width, WinogradForm form)
    {
        g = geometry;
        this.width = width;
        this.form = form;
        if (!Fits(g))
            throw new ArgumentException($"A {g.KernelH}x{g.KernelW} convolution of {g.C} channels is none for tiles.", nameof(geometry));
        blocks = new ColumnBlocks(g.K, width);
        tileRows = (g.OutH + form.Outputs - 1) / form.Outputs;
        tileColumns = (g.OutW + form.Outputs - 1) / form.Outputs;
        tiles = checked(g.N * tileRows * tileColumns);
        tilePitch = (g.C + 15) / 16 * 16;

        int most = Math.Max(LeastTiles, CachedFloats / (form.Products * (int)tilePitch));
        transformsFirst = tiles < LeastRows * LeastTiles * 3 / 4;
        tileBlocks = transformsFirst ? (tiles + most - 1) / most : Math.Max(LeastRows, (tiles + most - 1) / most);
        blockTiles = (tiles + tileBlocks - 1) / tileBlocks;
        tileBlocks = (tiles + blockTiles - 1) / blockTiles;
        groupBlocks = 1;
        while (groupBlocks < blocks.Count && blocks[groupBlocks].First < GroupColumns)
            groupBlocks++;
        blockGroups = (blocks.Count + groupBlocks - 1) / groupBlocks;
        transformTiles = Math.Clamp(TransformedFloats / (int)tilePitch, 1, blockTiles);

        sumPitch = Enumerable.Range(0, blockGroups).Max(group => GroupEnd(group) - GroupFirst(group));
        inputStep = blockTiles * tilePitch + Skew;
        inputFloats = form.Products * inputStep;
        sumStep = blockTiles * sumPitch + Skew;
        addressFloats = ((long)form.Products * blockTiles * 2 + 15) / 16 * 16;
        sumFloats = form.Products * sumStep;
        long partialFloats = BlockLoop.Steps(1, 1, g.C) > 1 ? (long)blockTiles * 4 * blocks.Lanes : 0;
        ScratchFloats = checked((int)(addressFloats + ZeroFloats + sumFloats + partialFloats + (transformsFirst ? 0 : inputFloats)));
    }

    /// <summary>Whether a convolution is of the kind this is for.</summary>
    public static bool Fits(in ConvGeometry g) => g is
    {
        Groups: 1, D: 1, OutD: 1, KernelD: 1, KernelH: 3, KernelW: 3, StrideH: 1, StrideW: 1, DilationH: 1, DilationW: 1, C: >= 16, K: >= 8,
    };

    /// <summary>The form that takes the least work for one image, so that the bits of an image do not depend on its batch; null where the definition itself does.</summary>
    public static WinogradForm? FormFor(in ConvGeometry g)
    {
        if (!Fits(g))
            return null;
        double direct = 9.0 * g.C * g.K * (g.OutputPixels + WeightWork), two = Work(g, WinogradForm.Two), four = Work(g, WinogradForm.Four);
        return Math.Min(two, four) >= direct ? null : two < four ? WinogradForm.Two : WinogradForm.Four;
    }

    private static double Work(in ConvGeometry g, WinogradForm form)
    {
        double tiles = (double)((g.OutH + form.Outputs - 1) / form.Outputs) * ((g.OutW + form.Outputs - 1) / form.Outputs);
        return form.Products * ((double)g.C * g.K * (tiles + WeightWork) + tiles * (g.C + g.K) * TransformWork);
    }

    /// <summary>Work units of <see cref="Transform"/>, which has to be done before <see cref="Run"/>; 0 where there is none.</summary>
    public int TransformRows => transformsFirst ? tileBlocks * RowsOfBlock : 0;

    /// <summary>Work units of <see cref="Run"/>.</summary>
    public int Rows => transformsFirst ? tileBlocks * blockGroups : tileBlocks;

    /// <summary>Floats that all rows share from <see cref="Transform"/> to <see cref="Run"/>.</summary>
    public long SharedFloats => transformsFirst ? tileBlocks * (long)inputFloats : 0;

    /// <summary>Floats of the packed weights.</summary>
    public long PackedLength => form.Products * blocks.PackedLength(g.C);

    /// <summary>Floats of the packed bias.</summary>
    public long PaddedBias => blocks.PaddedColumns;

    /// <summary>Floats of scratch a worker needs, 64-byte aligned.</summary>
    public int ScratchFloats { get; }

    private int RowsOfBlock => (blockTiles + transformTiles - 1) / transformTiles;

    public override string ToString() => $"F({form.Outputs},3) {blocks}";

    /// <summary>Packs weights given as dense [K][C][3][3], block after block of output channels.</summary>
    public void Pack(ReadOnlySpan<float> weights, float* packed)
    {
        if (weights.Length != g.K * g.C * 9)
            throw new ArgumentException($"{weights.Length} weights given, {g.K}x{g.C}x3x3 expected.", nameof(weights));
        fixed (float* source = weights)
            for (int i = 0; i < blocks.Count; i++)
            {
                ref readonly ColumnBlocks.Block block = ref blocks[i];
                int padded = block.Vectors * blocks.Lanes, columns = padded - blocks.Lanes + block.LastLanes;
                WinogradWeights.Pack(form, source + (long)block.First * g.C * 9, g.C, columns, padded, packed + form.Products * blocks.PackedLength(g.C) / blocks.PaddedColumns * block.First);
            }
    }

    /// <summary>Packs the bias of every output channel; an empty span means zero.</summary>
    public void PackBias(ReadOnlySpan<float> bias, float* packed)
    {
        if (bias.Length != 0 && bias.Length != g.K)
            throw new ArgumentException($"{bias.Length} biases given, {g.K} expected.", nameof(bias));
        var padded = new Span<float>(packed, blocks.PaddedColumns);
        padded.Clear();
        bias.CopyTo(padded);
    }

    /// <summary>Transforms the input of some tiles for <see cref="Run"/>. Allocates nothing.</summary>
    /// <param name="shared"><see cref="SharedFloats"/> floats.</param>
    public void Transform(int begin, int end, float* input, float* shared)
    {
        for (int row = begin; row < end; row++)
        {
            int block = row / RowsOfBlock, from = row % RowsOfBlock * transformTiles, first = block * blockTiles + from;
            int count = Math.Min(transformTiles, Math.Min(blockTiles - from, tiles - first));
            if (count > 0)
                TransformInput(input, first, count, shared + block * inputFloats + from * tilePitch);
        }
    }

    /// <summary>output = activation(convolution(input) + bias + residual) for a range of rows. Allocates nothing.</summary>
    /// <param name="input">First pixel of the first image; lanes beyond C in a pixel may hold anything.</param>
    /// <param name="shared">What <see cref="Transform"/> wrote, where it has rows.</param>
    /// <param name="residual">Added before the activation, pixel by pixel as the output; null for none. May be the output itself.</param>
    /// <param name="residualPitch">Floats from one residual pixel to the next.</param>
    /// <param name="scratch">This worker's <see cref="ScratchFloats"/> floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int begin, int end, float* input, float* shared, float* packedWeights, float* packedBias,
        float* residual, int residualPitch, float* output, in Activation activation, float* scratch)
    {
        nint* addresses = (nint*)scratch;
        float* zeros = scratch + addressFloats, sums = zeros + ZeroFloats, own = sums + sumFloats;
        new Span<float>(zeros, ZeroFloats).Clear();
        var loop = new BlockLoop
        {
            Stride = blockTiles, Taps = 1, Runs = 1, Channels = g.C, Lanes = blocks.Lanes, Partial = own + (transformsFirst ? 0 : inputFloats),
        };
        int filled = -1;
        for (int row = begin; row < end; row++)
        {
            int block = transformsFirst ? row / blockGroups : row;
            int first = block * blockTiles, count = Math.Min(blockTiles, tiles - first);
            float* transformed = transformsFirst ? shared + block * inputFloats : own;
            if (block != filled)
            {
                if (!transformsFirst)
                    TransformInput(input, first, count, own);
                for (int product = 0; product < form.Products; product++)
                    for (int t = 0; t < count; t++)
                        addresses[product * blockTiles + t] = (nint)(transformed + product * inputStep + t * tilePitch);
                filled = block;
            }
            int beginGroup = transformsFirst ? row % blockGroups : 0, endGroup = transformsFirst ? beginGroup + 1 : blockGroups;
            for (int group = beginGroup; group < endGroup; group++)
            {
                Multiply(ref loop, addresses, count, group, packedWeights, zeros, sums);
                int k = GroupFirst(group);
                TransformOutput(sums, first, count, k, Math.Min(GroupEnd(group), g.K) - k, packedBias, residual, residualPitch, output, activation);
            }
        }
    }

    /// <summary>Sums of some tiles for one group of output channels, product by product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(ref BlockLoop loop, nint* addresses, int count, int group, float* weights, float* zeros, float* sums)
    {
        for (int product = 0; product < form.Products; product++)
        {
            loop.Addresses = addresses + product * blockTiles;
            for (int b = group * groupBlocks, end = Math.Min(blocks.Count, b + groupBlocks); b < end; b++)
            {
                ref readonly ColumnBlocks.Block block = ref blocks[b];
                float* panel = weights + (nint)g.C * (form.Products * block.First + product * block.Vectors * blocks.Lanes);
                loop.Run(block, count, panel, zeros, sums + product * sumStep + (block.First - GroupFirst(group)), sumPitch);
            }
        }
    }

    private int GroupFirst(int group) => blocks[group * groupBlocks].First;

    private int GroupEnd(int group) => (group + 1) * groupBlocks < blocks.Count ? blocks[(group + 1) * groupBlocks].First : blocks.PaddedColumns;

    private void TransformInput(float* input, int first, int count, float* to)
    {
        if (form.Outputs == WinogradTwo.Outputs)
            TransformInput<WinogradTwo>(input, first, count, to);
        else
            TransformInput<WinogradFour>(input, first, count, to);
    }

    private void TransformInput<TTile>(float* input, int first, int count, float* to) where TTile : struct, IWinogradTile
    {
        var pass = new WinogradInput<TTile>
        {
            Input = input, Height = g.H, Width = g.W, Channels = g.C, PadTop = g.PadTop, PadLeft = g.PadLeft, Pitch = g.InputPitch,
            TileColumns = tileColumns, TileRows = tileRows, First = first, Count = count, Output = to, TilePitch = tilePitch, ProductStep = inputStep,
        };
        VectorDispatch.Run(width, ref pass);
    }

    private void TransformOutput(float* sums, int first, int count, int k, int channels, float* bias, float* residual, int residualPitch, float* output, in Activation activation)
    {
        if (form.Outputs == WinogradTwo.Outputs)
            TransformOutput<WinogradTwo>(sums, first, count, k, channels, bias, residual, residualPitch, output, activation);
        else
            TransformOutput<WinogradFour>(sums, first, count, k, channels, bias, residual, residualPitch, output, activation);
    }

    private void TransformOutput<TTile>(float* sums, int first, int count, int k, int channels, float* bias,
        float* residual, int residualPitch, float* output, in Activation activation) where TTile : struct, IWinogradTile
    {
        var pass = new WinogradOutput<TTile>
        {
            Input = sums, TilePitch = sumPitch, ProductStep = sumStep, First = first, Count = count, TileColumns = tileColumns, TileRows = tileRows,
            Height = g.OutH, Width = g.OutW, Channels = channels, Output = output + k, Pitch = g.OutputPitch, Bias = bias + k,
            Residual = residual == null ? null : residual + k, ResidualPitch = residualPitch, Activation = activation,
        };
        VectorDispatch.Run(width, ref pass);
    }
}
