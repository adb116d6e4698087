using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// Copies elements between two strided arrangements: Transpose, Slice, Expand, Concat, Split, the inside of a Pad, and the
/// change between row-major and channels-last. Any element of 1, 2, 4 or 8 bytes.
/// </summary>
/// <remarks>The dimensions are walked in the destination's order. Where the source runs along another dimension the copy
/// goes plane by plane in blocks, so that both sides use whole cache lines.</remarks>
internal sealed unsafe class StridedCopy
{
    private const int PlaneElements = 16384, Block = 16;

    private readonly int elementSize;
    private readonly StridedLoop? loop;

    // A plane: `across` elements along which the source is contiguous, `along` elements along which the destination is.
    private readonly int across, along, planes, stripsPerPlane, planesPerRow, stripLength;
    private readonly bool cutsAcross;
    private readonly long sourceAlong, destinationAcross;
    private readonly int[] outer = [];
    private readonly long[] sourceOuter = [], destinationOuter = [];

    /// <summary>A copy over <paramref name="dims"/> (any order); the strides are in elements, the source's may be 0 or negative.</summary>
    /// <exception cref="ArgumentException">An element size other than 1, 2, 4, 8, too many dimensions or a stride missing.</exception>
    public StridedCopy(int elementSize, ReadOnlySpan<int> dims, ReadOnlySpan<long> source, ReadOnlySpan<long> destination)
    {
        if (elementSize is not (1 or 2 or 4 or 8))
            throw new ArgumentException($"Elements of {elementSize} bytes cannot be copied.");
        this.elementSize = elementSize;
        long[] key = destination.ToArray();
        int[] order = [.. Enumerable.Range(0, dims.Length).OrderByDescending(d => Math.Abs(key[d]))];
        int[] sorted = Pick(dims, order);
        long[] from = Pick(source, order), to = Pick(destination, order);
        (int[] extents, long[][] strides) = StridedLoop.Merge(sorted, [from, to]);
        int last = extents.Length - 1;
        int contiguous = Array.IndexOf(strides[0], 1L);
        if (contiguous < 0 || contiguous == last || strides[1][last] != 1)
        {
            loop = new StridedLoop(sorted, from, to);
            Rows = loop.Rows;
            return;
        }
        across = extents[contiguous];
        along = extents[last];
        destinationAcross = strides[1][contiguous];
        sourceAlong = strides[0][last];
        int[] rest = [.. Enumerable.Range(0, last).Where(d => d != contiguous)];
        outer = Pick<int>(extents, rest);
        sourceOuter = Pick<long>(strides[0], rest);
        destinationOuter = Pick<long>(strides[1], rest);
        planes = 1;
        foreach (int extent in outer)
            planes *= extent;
        cutsAcross = across > along;
        int longer = Math.Max(across, along), shorter = Math.Min(across, along);
        stripLength = Math.Max(Block, PlaneElements / Math.Max(1, shorter) / Block * Block);
        stripsPerPlane = Math.Max(1, (longer + stripLength - 1) / stripLength);
        planesPerRow = stripsPerPlane > 1 ? 1 : Math.Max(1, PlaneElements / Math.Max(1, across * along));
        Rows = across == 0 || along == 0 ? 0
            : stripsPerPlane > 1 ? planes * stripsPerPlane
            : (planes + planesPerRow - 1) / planesPerRow;
    }

    /// <summary>Units of work: about 16 thousand elements each.</summary>
    public int Rows { get; }

    /// <summary>Copies units <paramref name="begin"/> to <paramref name="end"/> (exclusive). The two must not overlap.</summary>
    public void Run(int begin, int end, void* source, void* destination)
    {
        switch (elementSize)
        {
            case 1: Run(begin, end, (byte*)source, (byte*)destination); break;
            case 2: Run(begin, end, (ushort*)source, (ushort*)destination); break;
            case 4: Run(begin, end, (uint*)source, (uint*)destination); break;
            case 8: Run(begin, end, (ulong*)source, (ulong*)destination); break;
            default: throw new UnreachableException();
        }
    }

    private void Run<T>(int begin, int end, T* source, T* destination) where T : unmanaged
    {
        if (loop is not null)
            RunLines(loop, begin, end, source, destination);
        else if (stripsPerPlane > 1)
        {
            for (int row = begin; row < end; row++)
            {
                int start = row % stripsPerPlane * stripLength;
                Offsets(row / stripsPerPlane, out long from, out long to);
                T* x = source + from, y = destination + to;
                if (cutsAcross)
                    Plane(x + start, y + start * destinationAcross, Math.Min(stripLength, across - start), along);
                else
                    Plane(x + start * sourceAlong, y + start, across, Math.Min(stripLength, along - start));
            }
        }
        else
        {
            int stop = Math.Min(planes, end * planesPerRow);
            for (int plane = begin * planesPerRow; plane < stop; plane++)
            {
                Offsets(plane, out long from, out long to);
                Plane(source + from, destination + to, across, along);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunLines<T>(StridedLoop loop, int begin, int end, T* source, T* destination) where T : unmanaged
    {
        long from = loop.Strides[0], to = loop.Strides[1];
        StridedLoop.Cursor run = loop.Walk(begin, end);
        while (run.Next())
        {
            T* x = source + run.Offset(0), y = destination + run.Offset(1);
            long stepX = run.Step(0), stepY = run.Step(1);
            int length = run.Length;
            for (int line = 0; line < run.Lines; line++, x += stepX, y += stepY)
            {
                if (to == 1 && from == 1 && length >= Block)
                    new ReadOnlySpan<T>(x, length).CopyTo(new Span<T>(y, length));
                else if (to == 1 && from == 0)
                    new Span<T>(y, length).Fill(*x);
                else
                    for (int i = 0; i < length; i++)
                        y[i * to] = x[i * from];
            }
        }
    }

    private void Offsets(int plane, out long from, out long to)
    {
        from = to = 0;
        for (int d = outer.Length - 1; d >= 0; d--)
        {
            int index = plane % outer[d];
            plane /= outer[d];
            from += index * sourceOuter[d];
            to += index * destinationOuter[d];
        }
    }

    // y[j, i] = x[i, j] in blocks; few elements on one side are one block
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Plane<T>(T* x, T* y, int rows, int columns) where T : unmanaged
    {
        if (columns <= 4)
        {
            Narrow(x, y, rows, columns);
            return;
        }
        int blockColumns = rows <= Block ? columns : Block;
        for (int j0 = 0; j0 < columns; j0 += blockColumns)
        {
            int j1 = Math.Min(columns, j0 + blockColumns);
            for (int i = 0; i < rows; i++)
            {
                T* from = x + i + j0 * sourceAlong, to = y + i * destinationAcross;
                for (int j = j0; j < j1; j++, from += sourceAlong)
                    to[j] = *from;
            }
        }
    }

    // Up to four source rows read side by side: the planes of a picture into its pixels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Narrow<T>(T* x, T* y, int rows, int columns) where T : unmanaged
    {
        if (columns == 3)
        {
            T* second = x + sourceAlong, third = second + sourceAlong;
            for (int i = 0; i < rows; i++, y += destinationAcross)
            {
                y[0] = x[i];
                y[1] = second[i];
                y[2] = third[i];
            }
            return;
        }
        for (int i = 0; i < rows; i++, y += destinationAcross)
            for (int j = 0; j < columns; j++)
                y[j] = x[i + j * sourceAlong];
    }

    internal static T[] Pick<T>(ReadOnlySpan<T> values, int[] order)
    {
        var picked = new T[order.Length];
        for (int i = 0; i < order.Length; i++)
            picked[i] = values[order[i]];
        return picked;
    }
}
