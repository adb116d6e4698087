using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// The columns (output channels) of a matrix kernel cut into blocks of one to four vectors, and the packed form of the
/// weights that goes with it: block after block, [depth][block's columns padded to whole vectors].
/// </summary>
internal sealed unsafe class ColumnBlocks
{
    /// <summary>One block: its first column, its width in vectors, the columns that exist in its last vector, the rows of a full tile and the micro-kernels by row count.</summary>
    public readonly struct Block(int first, int vectors, int lastLanes, int maxRows, delegate*<MatrixTile*, void>[] kernels)
    {
        public readonly int First = first, Vectors = vectors, LastLanes = lastLanes, MaxRows = maxRows;
        private readonly delegate*<MatrixTile*, void>[] kernels = kernels;

        public delegate*<MatrixTile*, void> Kernel(int rows) => kernels[rows];
    }

    private readonly Block[] blocks;

    public ColumnBlocks(int columns, VectorWidth width)
    {
        Columns = columns;
        Lanes = (int)width;
        int vectors = (columns + Lanes - 1) / Lanes;
        PaddedColumns = vectors * Lanes;
        List<int> sizes = width == VectorWidth.V512 ? Wide(vectors) : Narrow(vectors);
        blocks = new Block[sizes.Count];
        int first = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            int here = Math.Min(columns - first, sizes[i] * Lanes);
            blocks[i] = new Block(first, sizes[i], here - (sizes[i] - 1) * Lanes, MatrixTile.BestRows(width, sizes[i]), MatrixTile.Kernels(width, sizes[i]));
            first += sizes[i] * Lanes;
        }
    }

    public int Columns { get; }
    public int PaddedColumns { get; }
    public int Lanes { get; }
    public int Count => blocks.Length;
    public ref readonly Block this[int index] => ref blocks[index];

    /// <summary>The full tile of the first block, rows by columns.</summary>
    public override string ToString() => Count == 0 ? "matrix" : $"matrix {blocks[0].MaxRows}x{blocks[0].Vectors * Lanes}";

    /// <summary>Floats of the packed weights for sums of <paramref name="depth"/> terms.</summary>
    public long PackedLength(long depth) => depth * PaddedColumns;

    /// <summary>Packs a matrix whose element (d, column) lies at source[d * depthStride + column * columnStride], times
    /// <paramref name="scale"/>. Columns beyond the last are zero.</summary>
    public void Pack(float* source, long depth, long depthStride, long columnStride, float scale, float* packed)
    {
        for (int i = 0; i < blocks.Length; i++)
            PackBlock(i, source, depth, depthStride, columnStride, scale, packed);
    }

    /// <summary>The part of <see cref="Pack"/> that belongs to one block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PackBlock(int index, float* source, long depth, long depthStride, long columnStride, float scale, float* packed)
    {
        Block block = blocks[index];
        int padded = block.Vectors * Lanes, here = padded - Lanes + block.LastLanes;
        float* to = packed + depth * block.First;
        float* from = source + block.First * columnStride;
        if (columnStride == 1)
        {
            for (long d = 0; d < depth; d++, to += padded, from += depthStride)
            {
                for (int column = 0; column < here; column++)
                    to[column] = from[column] * scale;
                new Span<float>(to + here, padded - here).Clear();
            }
            return;
        }
        // Sixteen depths at a time keep the strided reads within cache lines already fetched.
        for (long begin = 0; begin < depth; begin += 16)
        {
            long end = Math.Min(depth, begin + 16);
            for (int column = 0; column < padded; column++)
                for (long d = begin; d < end; d++)
                    to[d * padded + column] = column < here ? from[d * depthStride + column * columnStride] * scale : 0;
        }
    }

    /// <summary>Blocks of four vectors (6 rows), and threes (8 rows) where fours would leave a block of one or two.</summary>
    private static List<int> Wide(int vectors)
    {
        if (vectors <= 4)
            return [vectors];
        if (vectors == 5)
            return [3, 2];
        int threes = (4 - vectors % 4) % 4;
        List<int> sizes = [.. Enumerable.Repeat(4, (vectors - 3 * threes) / 4), .. Enumerable.Repeat(3, threes)];
        return sizes;
    }

    /// <summary>With 16 registers: blocks of two vectors (6 rows), one of three (4 rows) where the count is odd.</summary>
    private static List<int> Narrow(int vectors)
    {
        if (vectors <= 3)
            return [vectors];
        int threes = vectors % 2;
        return [.. Enumerable.Repeat(2, (vectors - 3 * threes) / 2), .. Enumerable.Repeat(3, threes)];
    }
}
