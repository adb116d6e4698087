namespace LiveCam.Engine.Kernels;

/// <summary>
/// Where the output pixels of a convolution lie in pictures that may be larger: at the first plane, row and column, and a step further
/// for each one after it.
/// </summary>
internal readonly unsafe struct OutputGrid
{
    public int OutD { get; init; }
    public int OutH { get; init; }
    public int OutW { get; init; }
    public int D { get; init; }
    public int H { get; init; }
    public int W { get; init; }
    public int FirstD { get; init; }
    public int FirstH { get; init; }
    public int FirstW { get; init; }
    public int StepD { get; init; }
    public int StepH { get; init; }
    public int StepW { get; init; }

    /// <summary>The pixels one after the other.</summary>
    public static OutputGrid Of(in ConvGeometry g) => new()
    {
        OutD = g.OutD, OutH = g.OutH, OutW = g.OutW, D = g.OutD, H = g.OutH, W = g.OutW, StepD = 1, StepH = 1, StepW = 1,
    };

    public bool IsDense => D == OutD && H == OutH && W == OutW;

    /// <summary>The places of pixels of the batch, counted in pixels of the larger pictures.</summary>
    public void Fill(int first, int count, int* places)
    {
        int w = first % OutW, h = first / OutW % OutH, d = first / OutW / OutH % OutD, n = first / OutW / OutH / OutD;
        for (int i = 0; i < count; i++)
        {
            places[i] = ((n * D + FirstD + d * StepD) * H + FirstH + h * StepH) * W + FirstW + w * StepW;
            if (++w < OutW)
                continue;
            w = 0;
            if (++h < OutH)
                continue;
            h = 0;
            if (++d < OutD)
                continue;
            d = 0;
            n++;
        }
    }
}
