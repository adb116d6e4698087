namespace LiveCam.Engine.Kernels;

/// <summary>
/// Cross-correlation of 32-bit integers over N, C and three spatial axes, dense row-major, by its definition; sums wrap around. Padding
/// counts as 0.
/// </summary>
/// <param name="extents">N, input channels, output channels, groups.</param>
/// <param name="axes">Depth, height and width: input, output and kernel extent, stride, dilation and padding before.</param>
internal sealed unsafe class IntegerConvolution((int N, int C, int K, int Groups) extents, (int Input, int Output, int Kernel, int Stride, int Dilation, int Pad)[] axes)
{
    /// <summary>One for each channel of each picture of the output.</summary>
    public int Rows => extents.N * extents.K;

    public void Run(int begin, int end, int* x, int* w, int* y)
    {
        (var d, var h, var v) = (axes[0], axes[1], axes[2]);
        int groupC = extents.C / extents.Groups, groupK = extents.K / extents.Groups, taps = d.Kernel * h.Kernel * v.Kernel;
        long plane = (long)d.Input * h.Input * v.Input, outputs = (long)d.Output * h.Output * v.Output;
        for (int row = begin; row < end; row++)
        {
            (int n, int k) = (row / extents.K, row % extents.K);
            int* from = x + ((long)n * extents.C + k / groupK * groupC) * plane, weights = w + (long)k * groupC * taps, to = y + row * outputs;
            for (int od = 0; od < d.Output; od++)
                for (int oh = 0; oh < h.Output; oh++)
                    for (int ow = 0; ow < v.Output; ow++, to++)
                        *to = Sum(from, weights, groupC, od * d.Stride - d.Pad, oh * h.Stride - h.Pad, ow * v.Stride - v.Pad);
        }
    }

    private int Sum(int* x, int* w, int channels, int atD, int atH, int atW)
    {
        (var d, var h, var v) = (axes[0], axes[1], axes[2]);
        int sum = 0;
        for (int c = 0; c < channels; c++)
            for (int kd = 0; kd < d.Kernel; kd++)
                for (int kh = 0; kh < h.Kernel; kh++)
                    for (int kw = 0; kw < v.Kernel; kw++, w++)
                    {
                        (int id, int ih, int iw) = (atD + kd * d.Dilation, atH + kh * h.Dilation, atW + kw * v.Dilation);
                        if ((uint)id < (uint)d.Input && (uint)ih < (uint)h.Input && (uint)iw < (uint)v.Input)
                            sum += x[(((long)c * d.Input + id) * h.Input + ih) * v.Input + iw] * *w;
                    }
        return sum;
    }
}
