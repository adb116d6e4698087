namespace LiveCam.Engine.Kernels;

/// <summary>
/// The extents of one convolution over channels-last memory. A 1-D convolution has H = KernelH = 1, a 2-D one D = KernelD = 1.
/// Images of a batch follow each other without a gap: D*H*W pixels of <see cref="InputPitch"/> floats in,
/// OutD*OutH*OutW pixels of <see cref="OutputPitch"/> floats out.
/// </summary>
internal readonly record struct ConvGeometry
{
    public ConvGeometry() { }

    /// <summary>Images in the batch.</summary>
    public int N { get; init; } = 1;
    public int D { get; init; } = 1;
    public int H { get; init; } = 1;
    public int W { get; init; } = 1;
    /// <summary>Input channels, all groups together.</summary>
    public int C { get; init; }
    public int OutD { get; init; } = 1;
    public int OutH { get; init; } = 1;
    public int OutW { get; init; } = 1;
    /// <summary>Output channels, all groups together.</summary>
    public int K { get; init; }
    public int KernelD { get; init; } = 1;
    public int KernelH { get; init; } = 1;
    public int KernelW { get; init; } = 1;
    public int StrideD { get; init; } = 1;
    public int StrideH { get; init; } = 1;
    public int StrideW { get; init; } = 1;
    /// <summary>Zero planes, rows and columns before the first; those behind the last follow from the output extents.</summary>
    public int PadFront { get; init; }
    public int PadTop { get; init; }
    public int PadLeft { get; init; }
    public int DilationD { get; init; } = 1;
    public int DilationH { get; init; } = 1;
    public int DilationW { get; init; } = 1;
    public int Groups { get; init; } = 1;
    /// <summary>Floats from one input pixel to the next; at least C.</summary>
    public int InputPitch { get; init; }
    /// <summary>Floats from one output pixel to the next; at least K. What lies beyond K inside a pixel is never touched.</summary>
    public int OutputPitch { get; init; }

    public int Taps => KernelD * KernelH * KernelW;
    public int InputPixels => D * H * W;
    public int OutputPixels => OutD * OutH * OutW;
    public int GroupC => C / Groups;
    public int GroupK => K / Groups;

    /// <summary>True where every channel sees only itself.</summary>
    public bool IsDepthwise => Groups == C && Groups == K && Groups > 1;

    /// <summary>True when no tap of any output pixel falls outside the input.</summary>
    public bool Unpadded =>
        Fits(PadFront, OutD, StrideD, KernelD, DilationD, D) &&
        Fits(PadTop, OutH, StrideH, KernelH, DilationH, H) &&
        Fits(PadLeft, OutW, StrideW, KernelW, DilationW, W);

    /// <summary>True for a 1x1x1 kernel that reads every input pixel once: a plain matrix product over all pixels of the batch.</summary>
    public bool Pointwise =>
        Taps == 1 && StrideD == 1 && StrideH == 1 && StrideW == 1 && OutD == D && OutH == H && OutW == W && Unpadded;

    private static bool Fits(int pad, int output, int stride, int kernel, int dilation, int extent) =>
        pad <= 0 && (output - 1) * (long)stride - pad + (kernel - 1) * (long)dilation < extent;
}
