using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record Pad
{
    public override CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        (int[] begins, int[] ends) = Pads(call.Infer(), x.Format.Shape.Rank);
        return Mode == PadMode.Constant ? Constant(call, x, y, begins, ends) : Repeating(x, y, begins);
    }

    /// <summary>Fills everything, then copies what is left of the input to its place.</summary>
    private static unsafe CpuStep Constant(CpuCall call, Operand x, Operand y, int[] begins, int[] ends)
    {
        ulong bits = 0;
        if (call.Has(2))
            call.InputInfo(2).Known!.Bytes.Span.CopyTo(new Span<byte>(&bits, sizeof(ulong)));
        (Shape inner, long from, long to) = Inner(x.Format, y.Format, begins, ends);
        CpuStep fill = Movement.Fill(y, bits);
        if (inner.ElementCount == 0)
            return fill;
        int size = x.Format.Type.Size();
        var copy = new StridedCopy(size, inner.Span, x.Format.Strides, y.Format.Strides);
        return CpuStep.InTurn([fill, CpuStep.Of(copy.Rows, (begin, end, _) =>
            copy.Run(begin, end, (byte*)x.Pointer + from * size, (byte*)y.Pointer + to * size))]);
    }

    /// <summary>What the input contributes: its extents after cuts, and the first element on either side.</summary>
    private static (Shape Extents, long From, long To) Inner(MemoryFormat x, MemoryFormat y, int[] begins, int[] ends)
    {
        var extents = new int[begins.Length];
        long from = 0, to = 0;
        long[] source = x.Strides, target = y.Strides;
        for (int i = 0; i < extents.Length; i++)
        {
            extents[i] = Math.Max(0, x.Shape[i] + Math.Min(0, begins[i]) + Math.Min(0, ends[i]));
            from += Math.Max(0, -begins[i]) * source[i];
            to += Math.Max(0, begins[i]) * target[i];
        }
        return (Shape.Create(extents), from, to);
    }

    /// <summary>Element by element from the place each output coordinate repeats; a row is one index along the first axis.</summary>
    private unsafe CpuStep Repeating(Operand x, Operand y, int[] begins)
    {
        Shape shape = y.Format.Shape;
        int rank = shape.Rank, size = x.Format.Type.Size();
        long[] source = x.Format.Strides, target = y.Format.Strides;
        var places = new long[rank][];
        for (int i = 0; i < rank; i++)
            places[i] = [.. Enumerable.Range(0, shape[i]).Select(at => Place(at - begins[i], x.Format.Shape[i]) * source[i])];
        if (shape.ElementCount == 0)
            return CpuStep.None;
        int inner = shape.ElementCount / shape[0];
        return CpuStep.Of(shape[0], (begin, end, _) =>
        {
            for (int first = begin; first < end; first++)
                for (int i = 0; i < inner; i++)
                {
                    long from = places[0][first], to = first * target[0];
                    for (int axis = rank - 1, rest = i; axis > 0; rest /= shape[axis], axis--)
                    {
                        from += places[axis][rest % shape[axis]];
                        to += rest % shape[axis] * target[axis];
                    }
                    Buffer.MemoryCopy((byte*)x.Pointer + from * size, (byte*)y.Pointer + to * size, size, size);
                }
        });
    }

    /// <summary>The place of an axis that a place before, in or behind it repeats.</summary>
    internal int Place(int at, int extent) => Mode switch
    {
        PadMode.Reflect => at < 0 ? -at : at >= extent ? 2 * (extent - 1) - at : at,
        PadMode.Wrap => ((at % extent) + extent) % extent,
        _ => Math.Clamp(at, 0, extent - 1),
    };
}
