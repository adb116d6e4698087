using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

internal abstract partial record WindowPooling
{
    protected PoolGeometry Geometry(InferCall call, MemoryFormat input, MemoryFormat output, bool countPadding)
    {
        Window.Extents extents = Extents(call);
        (Window.Axis d, Window.Axis h, Window.Axis w) = (extents.Depth, extents.Height, extents.Width);
        return new()
        {
            N = input.Shape[0], C = input.Shape[1], InputPitch = input.Pitch, OutputPitch = output.Pitch, CountPadding = countPadding,
            D = d.Input, OutD = d.Output, KernelD = d.Kernel, StrideD = d.Stride, DilationD = d.Dilation, PadFront = d.PadBegin, PadBack = d.PadEnd,
            H = h.Input, OutH = h.Output, KernelH = h.Kernel, StrideH = h.Stride, DilationH = h.Dilation, PadTop = h.PadBegin, PadBottom = h.PadEnd,
            W = w.Input, OutW = w.Output, KernelW = w.Kernel, StrideW = w.Stride, DilationW = w.Dilation, PadLeft = w.PadBegin, PadRight = w.PadEnd,
        };
    }

    /// <summary>Strides along N, C, D, H, W: missing spatial axes are 0.</summary>
    protected static long[] FiveStrides(MemoryFormat form)
    {
        long[] strides = form.Strides, five = new long[5];
        (five[0], five[1]) = (strides[0], strides[1]);
        for (int i = 1; i <= strides.Length - 2; i++)
            five[^i] = strides[^i];
        return five;
    }
}
