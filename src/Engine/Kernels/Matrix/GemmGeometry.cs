namespace LiveCam.Engine.Kernels;

/// <summary>The extents of Y[M, N] = A[M, Depth] B[Depth, N], for every item of a batch. A pitch of 0 means dense.</summary>
internal readonly record struct GemmGeometry
{
    public GemmGeometry() { }

    public int M { get; init; }
    public int N { get; init; }

    /// <summary>Terms of one sum.</summary>
    public int Depth { get; init; }

    /// <summary>A lies in memory as [Depth, M].</summary>
    public bool TransposeA { get; init; }

    /// <summary>B lies in memory as [N, Depth].</summary>
    public bool TransposeB { get; init; }

    /// <summary>Floats from one row in memory to the next.</summary>
    public int APitch { get; init; }
    public int BPitch { get; init; }
    public int OutputPitch { get; init; }

    /// <summary>Items of the batch. Item i reads A at AOffsets[i] and B at BOffsets[i] (floats; null means 0 for all) and writes at i * OutputStep.</summary>
    public int Batch { get; init; } = 1;
    public long[]? AOffsets { get; init; }
    public long[]? BOffsets { get; init; }

    /// <summary>Floats from one output item to the next; 0 means M rows.</summary>
    public long OutputStep { get; init; }

    internal int ALine => APitch != 0 ? APitch : TransposeA ? M : Depth;
    internal int BLine => BPitch != 0 ? BPitch : TransposeB ? Depth : N;
    internal int OutputLine => OutputPitch != 0 ? OutputPitch : N;
    internal long OutputItem => OutputStep != 0 ? OutputStep : (long)M * OutputLine;
}
