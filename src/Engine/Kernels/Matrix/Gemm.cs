using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Matrix product Y = activation(alpha A B + beta C), batched or not, over the convolution's micro-kernels. B is either packed once
/// (<see cref="Pack"/>: a parameter) or packed while running; transposes are resolved on the way. Any range of rows, in any order and
/// on any thread, gives the same bits.
/// </summary>
internal sealed unsafe class Gemm
{
    // A row of work aims at this many multiply-adds, or at this many floats of B where those bound the speed.
    private const long RowWork = 2_500_000, RowFloats = 128 * 1024;

    // Lines of A per row of work at least: packing a block of B costs about as much as multiplying four lines by it.
    private const int PackedLines = 192;

    private readonly GemmGeometry g;
    private readonly ColumnBlocks blocks;
    private readonly bool packedB, linesOuter;
    private readonly int groupLines, lineGroups, groupBlocks, blockGroups;
    private readonly int addressFloats;
    private readonly long transposedFloats, packedFloats, partialFloats;

    /// <summary>Chooses kernels and work units; a function of geometry and width alone.</summary>
    /// <param name="packedB">True when <see cref="Run"/> gets B as <see cref="Pack"/> left it, shared by the whole batch.</param>
    public Gemm(in GemmGeometry geometry, VectorWidth width, bool packedB)
    {
        g = geometry;
        this.packedB = packedB;
        if (packedB && g.BOffsets != null)
            throw new ArgumentException("A packed matrix B is one for the whole batch.", nameof(geometry));
        blocks = new ColumnBlocks(g.N, width);
        long perLine = Math.Max(1, (long)g.Depth * blocks.PaddedColumns), blockWork = Math.Max(1, perLine / Math.Max(1, blocks.Count));
        linesOuter = g.TransposeA || (packedB && (perLine <= RowFloats || g.N < g.M));
        int least = packedB ? 48 : PackedLines;
        groupLines = (int)Math.Clamp(RowWork / (linesOuter ? perLine : blockWork), least, Math.Max(least, 4096));
        if (g.M <= groupLines + groupLines / 2)
            groupLines = Math.Max(1, g.M);
        // Lines that A must be turned for are used for as many blocks as the work allows, else B's floats decide.
        long unit = Math.Max((long)groupLines * blockWork, 1);
        groupBlocks = (int)Math.Clamp(g.M < 8 ? RowFloats / blockWork : RowWork / unit, 1, Math.Max(1, blocks.Count));
        if (g.TransposeA)
            groupBlocks = Math.Clamp(Math.Max(groupBlocks, 8), 1, Math.Max(1, blocks.Count));
        lineGroups = (g.M + groupLines - 1) / groupLines;
        blockGroups = (blocks.Count + groupBlocks - 1) / groupBlocks;
        Rows = checked(g.Batch * lineGroups * blockGroups);

        int widest = Math.Min(blocks.PaddedColumns, 4 * blocks.Lanes);
        addressFloats = (groupLines * 2 + 15) / 16 * 16;
        transposedFloats = g.TransposeA ? ((long)groupLines * g.Depth + 15) / 16 * 16 : 0;
        packedFloats = packedB ? 0 : (long)g.Depth * widest;
        partialFloats = BlockLoop.Steps(1, 1, g.Depth) > 1 ? (long)groupLines * widest : 0;
        // Behind these: the zeros that sums start from, and the spread-out column C.
        ScratchFloats = checked((int)(addressFloats + transposedFloats + packedFloats + partialFloats + 64 + (long)groupLines * widest));
    }

    /// <summary>Work units; see <see cref="Run"/>.</summary>
    public int Rows { get; }

    public override string ToString() => $"{blocks}";

    /// <summary>Floats of the packed B.</summary>
    public long PackedLength => blocks.PackedLength(g.Depth);

    /// <summary>Floats of scratch a worker needs, 64-byte aligned.</summary>
    public int ScratchFloats { get; }

    /// <summary>Packs alpha * B.</summary>
    public void Pack(float* b, float alpha, float* packed) =>
        blocks.Pack(b, g.Depth, g.TransposeB ? 1 : g.BLine, g.TransposeB ? g.BLine : 1, alpha, packed);

    /// <summary>Y = activation(alpha A B + beta C) for a range of rows of work. Allocates nothing.</summary>
    /// <param name="b">B packed, or B itself, as the constructor was told.</param>
    /// <param name="alpha">Ignored when B is packed: <see cref="Pack"/> has applied it.</param>
    /// <param name="c">C's element (m, n) lies at c[m * cLineStep + n * cColumnStep]; null for none. May be the output itself.</param>
    /// <param name="cLineStep">0 where C has one line for all.</param>
    /// <param name="cColumnStep">1, or 0 where C has one column for all.</param>
    /// <param name="scratch">This worker's <see cref="ScratchFloats"/> floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int beginRow, int endRow, float* a, float* b, float alpha, float* c, float beta, int cLineStep, int cColumnStep,
        float* output, in Activation activation, float* scratch)
    {
        nint* addresses = (nint*)scratch;
        float* transposed = scratch + addressFloats, packed = transposed + transposedFloats, partial = packed + packedFloats;
        float* zeros = partial + partialFloats, spread = zeros + 64;
        new Span<float>(zeros, 64).Clear();
        var loop = new BlockLoop
        {
            Addresses = addresses, Stride = groupLines, Taps = 1, Runs = 1, Channels = g.Depth, Lanes = blocks.Lanes, Partial = partial,
            Activation = activation, ResidualScale = beta,
        };
        int packedPlace = -1, addressedPlace = -1;
        for (int unit = beginRow; unit < endRow; unit++)
        {
            int inner = unit % (lineGroups * blockGroups), item = unit / (lineGroups * blockGroups);
            int lineGroup = linesOuter ? inner / blockGroups : inner % lineGroups;
            int blockGroup = linesOuter ? inner % blockGroups : inner / lineGroups;
            int first = lineGroup * groupLines, count = Math.Min(g.M - first, groupLines);
            int place = item * lineGroups + lineGroup;
            if (place != addressedPlace)
            {
                float* source = a + (g.AOffsets == null ? 0 : g.AOffsets[item]);
                if (g.TransposeA)
                    Turn(source + first, count, transposed);
                for (int i = 0; i < count; i++)
                    addresses[i] = (nint)(g.TransposeA ? transposed + (long)i * g.Depth : source + (long)(first + i) * g.ALine);
                addressedPlace = place;
            }
            float* y = output + item * g.OutputItem + (long)first * g.OutputLine;
            for (int index = blockGroup * groupBlocks, end = Math.Min(blocks.Count, index + groupBlocks); index < end; index++)
            {
                ref readonly ColumnBlocks.Block block = ref blocks[index];
                float* weights = b + (long)g.Depth * block.First;
                if (!packedB)
                {
                    weights = packed;
                    if (packedPlace != item * blocks.Count + index)
                    {
                        packedPlace = item * blocks.Count + index;
                        blocks.PackBlock(index, b + (g.BOffsets == null ? 0 : g.BOffsets[item]), g.Depth, g.TransposeB ? 1 : g.BLine,
                            g.TransposeB ? g.BLine : 1, alpha, packed - (long)g.Depth * block.First);
                    }
                }
                loop.RowsAhead = index == 0 && !g.TransposeA;
                loop.Residual = c == null ? null : c + (long)first * cLineStep + block.First;
                loop.ResidualPitch = cLineStep;
                if (c != null && cColumnStep == 0)
                {
                    int columns = block.Vectors * blocks.Lanes;
                    for (int i = 0; i < count; i++)
                        new Span<float>(spread + (long)i * columns, columns).Fill(c[(long)(first + i) * cLineStep]);
                    loop.Residual = spread;
                    loop.ResidualPitch = columns;
                }
                loop.Run(block, count, weights, zeros, y + block.First, g.OutputLine);
            }
        }
    }

    /// <summary>Writes <paramref name="count"/> columns of a matrix of Depth lines as dense lines, sixteen by sixteen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Turn(float* columns, int count, float* lines)
    {
        for (int i0 = 0; i0 < count; i0 += 16)
            for (int d0 = 0; d0 < g.Depth; d0 += 16)
                for (int i = i0; i < Math.Min(count, i0 + 16); i++)
                    for (int d = d0; d < Math.Min(g.Depth, d0 + 16); d++)
                        lines[(long)i * g.Depth + d] = columns[(long)d * g.ALine + i];
    }
}
