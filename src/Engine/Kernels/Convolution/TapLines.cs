using System.Runtime.CompilerServices;

namespace LiveCam.Engine.Kernels;

/// <summary>
/// A band of a convolution's input turned so that a line holds neighbouring columns of one channel: what a tap sees of a channel along an
/// output row lies without gaps, whatever the stride. Padding is there as zeros.
/// </summary>
/// <remarks>
/// [plane of the band][kernel plane][channel][remainder by the row stride][row][remainder by the column stride][column]; only remainders that some tap
/// reads exist.
/// </remarks>
internal sealed unsafe class TapLines
{
    private readonly ConvGeometry g;
    private readonly Steps rows, columns;
    private readonly int channels;
    private readonly nint lineFloats, channelFloats;

    /// <param name="bandRows">Output rows a band has at most.</param>
    /// <param name="bandColumns">Output columns a band has at most.</param>
    /// <param name="channels">Channels taken at a time at most.</param>
    public TapLines(in ConvGeometry geometry, int bandRows, int bandColumns, int channels)
    {
        g = geometry;
        this.channels = channels;
        rows = new Steps(g.KernelH, g.StrideH, g.DilationH, bandRows);
        columns = new Steps(g.KernelW, g.StrideW, g.DilationW, bandColumns);
        lineFloats = columns.Total;
        channelFloats = rows.Total * lineFloats;
    }

    /// <summary>Floats from what one output row sees to the next.</summary>
    public nint LineFloats => lineFloats;

    /// <summary>Floats of a band of this many planes.</summary>
    public long Floats(int planes) => planes * g.KernelD * channels * (long)channelFloats;

    /// <summary>Where the first output pixel of a plane of the band sees a channel through a tap.</summary>
    public nint Offset(int plane, int channel, int tap)
    {
        int kd = tap / (g.KernelH * g.KernelW), kh = tap / g.KernelW % g.KernelH, kw = tap % g.KernelW;
        return ((plane * g.KernelD + kd) * channels + channel) * channelFloats + rows.Place(kh) * lineFloats + columns.Place(kw);
    }

    /// <summary>Fills one plane of the band.</summary>
    /// <param name="input">The first channel wanted of the first pixel of the first image.</param>
    /// <param name="image">Image and output plane, output rows and columns of the band.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(float* input, int count, int plane, int image, int outPlane, int outRow, int outRows, int outColumn, float* lines)
    {
        lines += (nint)plane * g.KernelD * channels * channelFloats;
        for (int kd = 0; kd < g.KernelD; kd++, lines += channels * channelFloats)
        {
            int z = outPlane * g.StrideD - g.PadFront + kd * g.DilationD;
            float* source = input + ((long)image * g.D + z) * g.H * g.W * g.InputPitch;
            for (int slot = 0; slot < rows.Count; slot++)
                for (int i = 0; i < rows.Length; i++)
                {
                    if (!rows.IsRead(slot, i, outRows))
                        continue;
                    int y = (outRow + i) * g.StrideH + rows.Remainder(slot) - g.PadTop;
                    bool inside = (uint)z < (uint)g.D && (uint)y < (uint)g.H;
                    float* line = lines + (slot * rows.Length + i) * lineFloats;
                    for (int part = 0; part < columns.Count; part++, line += columns.Length)
                        Line(source + (long)y * g.W * g.InputPitch, inside, outColumn * g.StrideW + columns.Remainder(part) - g.PadLeft, count, line);
                }
        }
    }

    /// <summary>Columns x, x + stride, ... of one input row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Line(float* row, bool inside, int x, int count, float* line)
    {
        int begin = inside ? Math.Min(columns.Length, x < 0 ? (g.StrideW - 1 - x) / g.StrideW : 0) : columns.Length;
        int end = inside ? Math.Clamp((g.W - x + g.StrideW - 1) / g.StrideW, begin, columns.Length) : columns.Length;
        if (begin > 0 || end < columns.Length)
            for (int c = 0; c < count; c++)
            {
                float* to = line + c * channelFloats;
                for (int i = 0; i < begin; i++)
                    to[i] = 0;
                for (int i = end; i < columns.Length; i++)
                    to[i] = 0;
            }
        if (begin < end)
            Transposition.Run(row + (x + (long)begin * g.StrideW) * g.InputPitch, (nint)g.StrideW * g.InputPitch, end - begin, count, line + begin, channelFloats);
    }

    /// <summary>Places along one axis, sorted by their remainder by the stride: tap r of output o is at o + r d / s in the part of its remainder.</summary>
    private sealed class Steps
    {
        private readonly int[] slots, offsets;
        private readonly List<int> remainders = [];

        public Steps(int kernel, int stride, int dilation, int outputs)
        {
            slots = new int[kernel];
            offsets = new int[kernel];
            for (int r = 0; r < kernel; r++)
            {
                int remainder = (int)((long)r * dilation % stride);
                if (!remainders.Contains(remainder))
                    remainders.Add(remainder);
                slots[r] = remainders.IndexOf(remainder);
                offsets[r] = (int)((long)r * dilation / stride);
            }
            Length = outputs + offsets[^1];
        }

        public int Count => remainders.Count;
        public int Length { get; }
        public nint Total => (nint)Count * Length;
        public int Remainder(int slot) => remainders[slot];
        public nint Place(int tap) => (nint)slots[tap] * Length + offsets[tap];

        /// <summary>Whether some tap of the first <paramref name="outputs"/> outputs reads a place.</summary>
        public bool IsRead(int slot, int place, int outputs)
        {
            for (int r = 0; r < slots.Length; r++)
                if (slots[r] == slot && place >= offsets[r] && place < offsets[r] + outputs)
                    return true;
            return false;
        }
    }
}
