namespace LiveCam.Engine.Kernels;

/// <summary>
/// One call of a matrix micro-kernel: a few rows (pixels) by one block of columns (output channels). Sums run over taps,
/// then runs within a tap, then channels; every sum is one chain of fused multiply-adds in that order, whatever the tile.
/// </summary>
/// <remarks>Convolution and matrix product differ only in how the row addresses are made.</remarks>
internal unsafe partial struct MatrixTile
{
    /// <summary>Addresses of the input rows: [tap][<see cref="RowStride"/>], the tile's rows being the first of each tap.</summary>
    public nint* Rows;
    public nint RowStride;
    public nint Taps;

    /// <summary>Runs of channels under one row address, and the floats skipped between the end of one and the next.</summary>
    public nint Runs, RunGap;
    public nint FirstChannel, Channels;

    /// <summary>[tap][run][channel][block's columns], 64-byte aligned.</summary>
    public float* Weights;

    /// <summary>What the sums start from: the bias (pitch 0), or the sums of the steps before.</summary>
    public float* Start;
    public nint StartPitch;

    public float* Output;
    public nint OutputPitch;

    /// <summary>Added as scale * value behind the sum; null for none.</summary>
    public float* Residual;
    public nint ResidualPitch;
    public float ResidualScale;

    public float Lowest, Highest;

    /// <summary>Columns of the block's last vector that exist; the others are neither read (residual) nor written.</summary>
    public int LastLanes;
}
