namespace LiveCam.Engine.Kernels;

/// <summary>
/// The loop nest over up to four operands that share their extents and differ in their strides: extents of one dropped,
/// neighbours merged where every operand allows it, cut into units of work that depend on the extents alone.
/// </summary>
/// <remarks>
/// The innermost dimension is a <em>line</em> of <see cref="Length"/> elements. Long lines are cut into pieces, short ones
/// grouped; either is one row. Strides are in elements; a stride of 0 broadcasts.
/// </remarks>
internal sealed class StridedLoop
{
    /// <summary>The most dimensions.</summary>
    public const int MaxRank = 8;

    /// <summary>The most operands.</summary>
    public const int MaxOperands = 4;

    private const int UnitElements = 16384;

    private readonly int lines, linesPerRow, piecesPerLine, pieceLength;
    private readonly int[] extents;
    private readonly long[][] strides;

    /// <summary>A loop over <paramref name="dims"/>, slowest first; <paramref name="operands"/> holds a stride per dimension each.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxRank"/> dimensions or <see cref="MaxOperands"/> operands, or a stride missing.</exception>
    public StridedLoop(ReadOnlySpan<int> dims, params ReadOnlySpan<long[]> operands) : this(dims, UnitElements, operands)
    {
    }

    /// <summary>As above, with rows of about <paramref name="unitElements"/> elements (but never less than 16 of a line).</summary>
    public StridedLoop(ReadOnlySpan<int> dims, int unitElements, ReadOnlySpan<long[]> operands)
    {
        unitElements = Math.Max(16, unitElements);
        if (dims.Length > MaxRank || operands.Length > MaxOperands)
            throw new ArgumentException($"A loop of {dims.Length} dimensions over {operands.Length} operands is too deep.");
        foreach (long[] operand in operands)
            if (operand.Length != dims.Length)
                throw new ArgumentException($"An operand has {operand.Length} strides for {dims.Length} dimensions.");
        (int[] kept, long[][] merged) = Merge(dims, operands);
        Length = kept[^1];
        Strides = [.. merged.Select(operand => operand[^1])];
        extents = [.. kept.SkipLast(1)];
        strides = [.. merged.Select(operand => operand.SkipLast(1).ToArray())];
        lines = 1;
        foreach (int extent in extents)
            lines *= extent;
        piecesPerLine = Math.Max(1, Length / unitElements);
        pieceLength = ((Length + piecesPerLine - 1) / piecesPerLine + 15) / 16 * 16;
        piecesPerLine = Math.Max(1, (Length + pieceLength - 1) / Math.Max(1, pieceLength));
        linesPerRow = Math.Max(1, unitElements / Math.Max(1, Length));
        Rows = lines == 0 || Length == 0 ? 0
            : piecesPerLine > 1 ? lines * piecesPerLine
            : (lines + linesPerRow - 1) / linesPerRow;
    }

    /// <summary>Units of work.</summary>
    public int Rows { get; }

    /// <summary>Elements of a line.</summary>
    public int Length { get; }

    /// <summary>Each operand's stride along a line.</summary>
    public long[] Strides { get; }

    /// <summary>Drops extents of 1 and joins neighbours that every operand walks without a gap; at least one extent is left.</summary>
    internal static (int[] Extents, long[][] Strides) Merge(ReadOnlySpan<int> dims, ReadOnlySpan<long[]> operands)
    {
        var kept = new List<int>();
        var merged = new List<long>[operands.Length];
        for (int i = 0; i < operands.Length; i++)
            merged[i] = [];
        for (int d = 0; d < dims.Length; d++)
        {
            if (dims[d] == 1)
                continue;
            int last = kept.Count - 1;
            bool joins = last >= 0;
            for (int i = 0; i < operands.Length && joins; i++)
                joins = merged[i][last] == operands[i][d] * dims[d];
            if (joins)
                kept[last] *= dims[d];
            else
                kept.Add(dims[d]);
            for (int i = 0; i < operands.Length; i++)
            {
                if (joins)
                    merged[i][last] = operands[i][d];
                else
                    merged[i].Add(operands[i][d]);
            }
        }
        if (kept.Count == 0)
        {
            kept.Add(1);
            foreach (List<long> operand in merged)
                operand.Add(1);
        }
        return ([.. kept], [.. merged.Select(operand => operand.ToArray())]);
    }

    /// <summary>A walk over the runs of rows <paramref name="begin"/> to <paramref name="end"/> (exclusive).</summary>
    public Cursor Walk(int begin, int end) => new(this, begin, end);

    /// <summary>Lines that follow each other along one dimension: the k-th line of operand i starts at Offset(i) + k * Step(i).</summary>
    public unsafe ref struct Cursor
    {
        private readonly StridedLoop loop;
        private int row, line;
        private readonly int endRow, endLine;
        private fixed int index[MaxRank];
        private fixed long offset[MaxOperands];

        internal Cursor(StridedLoop loop, int begin, int end)
        {
            this.loop = loop;
            row = begin;
            endRow = end;
            if (loop.piecesPerLine == 1)
            {
                line = begin * loop.linesPerRow;
                endLine = Math.Min(loop.lines, end * loop.linesPerRow);
                if (line < endLine)
                    Seek();
            }
        }

        /// <summary>Lines in this run.</summary>
        public int Lines { get; private set; }

        /// <summary>Elements of every line of this run.</summary>
        public int Length { get; private set; }

        public readonly long Offset(int operand) => offset[operand];
        public readonly long Step(int operand) => loop.extents.Length == 0 ? 0 : loop.strides[operand][^1];

        /// <summary>Moves to the next run; false at the end.</summary>
        public bool Next()
        {
            if (loop.piecesPerLine > 1)
                return NextPiece();
            if (line >= endLine)
                return false;
            if (Lines > 0)
                Seek();
            int rank = loop.extents.Length;
            Lines = rank == 0 ? 1 : Math.Min(endLine - line, loop.extents[rank - 1] - index[rank - 1]);
            Length = loop.Length;
            line += Lines;
            return true;
        }

        private bool NextPiece()
        {
            if (row >= endRow)
                return false;
            line = row / loop.piecesPerLine;
            int start = row % loop.piecesPerLine * loop.pieceLength;
            Seek();
            for (int i = 0; i < loop.strides.Length; i++)
                offset[i] += start * loop.Strides[i];
            Lines = 1;
            Length = Math.Max(0, Math.Min(loop.pieceLength, loop.Length - start));
            row++;
            return true;
        }

        private void Seek()
        {
            for (int i = 0; i < loop.strides.Length; i++)
                offset[i] = 0;
            int rest = line;
            for (int d = loop.extents.Length - 1; d >= 0; d--)
            {
                index[d] = rest % loop.extents[d];
                rest /= loop.extents[d];
                for (int i = 0; i < loop.strides.Length; i++)
                    offset[i] += index[d] * loop.strides[i][d];
            }
        }
    }
}
