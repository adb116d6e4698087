namespace LiveCam.Engine.Kernels;

/// <summary>
/// The extents of a pooling over channels-last memory; the names are those of <see cref="ConvGeometry"/>. Padding behind the
/// last element follows from the output extents, except where an average counts it (<see cref="PadBack"/> and its kin).
/// </summary>
internal readonly record struct PoolGeometry
{
    public PoolGeometry() { }

    public int N { get; init; } = 1;
    public int D { get; init; } = 1;
    public int H { get; init; } = 1;
    public int W { get; init; } = 1;
    public int C { get; init; }
    public int OutD { get; init; } = 1;
    public int OutH { get; init; } = 1;
    public int OutW { get; init; } = 1;
    public int KernelD { get; init; } = 1;
    public int KernelH { get; init; } = 1;
    public int KernelW { get; init; } = 1;
    public int StrideD { get; init; } = 1;
    public int StrideH { get; init; } = 1;
    public int StrideW { get; init; } = 1;
    public int PadFront { get; init; }
    public int PadTop { get; init; }
    public int PadLeft { get; init; }
    /// <summary>Padding behind; only an average with <see cref="CountPadding"/> reads these three.</summary>
    public int PadBack { get; init; }
    public int PadBottom { get; init; }
    public int PadRight { get; init; }
    public int DilationD { get; init; } = 1;
    public int DilationH { get; init; } = 1;
    public int DilationW { get; init; } = 1;
    public int InputPitch { get; init; }
    public int OutputPitch { get; init; }

    /// <summary>Average only: padding counts as zeros (what a rounded-up output reaches beyond the padding never counts).</summary>
    public bool CountPadding { get; init; }

    /// <summary>Output rows of the whole batch.</summary>
    public int OutputRows => N * OutD * OutH;

    /// <summary>Whether every input element is in exactly one window.</summary>
    internal bool Tiles => (StrideD, StrideH, StrideW) == (KernelD, KernelH, KernelW) && (DilationD, DilationH, DilationW, PadFront, PadTop, PadLeft) == (1, 1, 1, 0, 0, 0)
        && OutD * StrideD >= D && OutH * StrideH >= H && OutW * StrideW >= W;

    /// <summary>The window of one output row: its input planes and rows.</summary>
    internal Window RowWindow(int row)
    {
        int h = row % OutH, d = row / OutH % OutD, n = row / OutH / OutD;
        Span planes = Cut(d * StrideD - PadFront, KernelD, DilationD, D, PadBack);
        Span rows = Cut(h * StrideH - PadTop, KernelH, DilationH, H, PadBottom);
        return new(n, planes, rows);
    }

    /// <summary>The input columns of output column <paramref name="w"/>.</summary>
    internal Span ColumnSpan(int w) => Cut(w * StrideW - PadLeft, KernelW, DilationW, W, PadRight);

    private static Span Cut(int start, int kernel, int dilation, int extent, int padBehind)
    {
        int skipped = start < 0 ? CeilingOf(-start, dilation) : 0;
        int first = start + skipped * dilation;
        int inside = first >= extent ? 0 : Math.Min(kernel - skipped, CeilingOf(extent - first, dilation));
        int counted = Math.Min(kernel, CeilingOf(extent + padBehind - start, dilation));
        return new(first, Math.Max(0, inside), counted);
    }

    private static int CeilingOf(int length, int step) => step == 1 ? length : (length + step - 1) / step;

    /// <summary>First element inside the input, elements inside, elements inside or in the padding.</summary>
    internal readonly record struct Span(int First, int Inside, int Counted);

    internal readonly record struct Window(int Image, Span Planes, Span Rows);
}
