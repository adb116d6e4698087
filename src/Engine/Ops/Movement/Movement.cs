using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Operations that only move elements are one strided copy: one kernel, one shader.</summary>
internal static unsafe class Movement
{
    /// <summary>A dispatch list entry that says: nothing to do.</summary>
    public static ShaderCall Nothing { get; } = new("", "nothing", [], new(0), []);

    /// <summary>
    /// Copies an input, walked with the given strides and offset (elements), to output 0. The region has the output's shape, or,
    /// where the input is one part of the output (<paramref name="part"/>), the input's shape from an offset on.
    /// </summary>
    public static CpuStep Copy(CpuCall call, int input, long[] strides, long offset, long outputOffset = 0, bool part = false)
    {
        Operand x = call.Input(input), y = call.Output(0);
        Shape region = part ? x.Format.Shape : y.Format.Shape;
        return Copy(x, y, region, strides, offset, y.Format.Strides, outputOffset);
    }

    /// <summary>Copies all elements in row-major order of the input to the dense output.</summary>
    public static CpuStep Reread(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        long[] dense = Array.ConvertAll(x.Format.Shape.RowMajorStrides(), stride => (long)stride);
        return Copy(x, y, x.Format.Shape, x.Format.Strides, 0, dense, 0);
    }

    /// <summary>Several steps as one: their rows one after the other. No step may read what another writes.</summary>
    public static CpuStep Together(IReadOnlyList<CpuStep> steps) => steps.Count switch
    {
        0 => CpuStep.None,
        1 => steps[0],
        _ => new Joined([.. steps]),
    };

    /// <summary>Fills a value with the element whose bytes are <paramref name="bits"/>.</summary>
    public static CpuStep Fill(Operand target, ulong bits)
    {
        var nest = LoopNest.Over(target.Format);
        var kernel = new StridedFill(target.Format.Type.Size(), nest.Extents, nest.Strides[0]);
        return CpuStep.Of(nest.Count == 0 ? 0 : kernel.Rows, (begin, end, _) =>
        {
            ulong value = bits;
            kernel.Run(begin, end, &value, target.Pointer);
        });
    }

    /// <summary>Copies a region from one place to another, each walked with its own strides from an offset on (elements).</summary>
    public static CpuStep Copy(Operand x, Operand y, Shape region, long[] from, long fromOffset, long[] to, long toOffset)
    {
        if (region.ElementCount == 0)
            return CpuStep.None;
        int size = x.Format.Type.Size();
        var kernel = new StridedCopy(size, region.Span, from, to);
        return CpuStep.Of(kernel.Rows, (begin, end, _) =>
        {
            byte* source = (byte*)x.Pointer + fromOffset * size, target = (byte*)y.Pointer + toOffset * size;
            if (source != target)
                kernel.Run(begin, end, source, target);
        });
    }

    /// <summary>Copies the elements a nest walks: its first operand is the target, its second the source. Loops too many for one copy make several.</summary>
    public static CpuStep Copy(Operand x, Operand y, LoopNest nest)
    {
        int inner = Math.Min(nest.Extents.Length, StridedLoop.MaxRank), outer = nest.Extents.Length - inner;
        IEnumerable<(long From, long To)> places = [(0, 0)];
        for (int loop = 0; loop < outer; loop++)
        {
            (int extent, long from, long to) = (nest.Extents[loop], nest.Strides[1][loop], nest.Strides[0][loop]);
            places = [.. places.SelectMany(place => Enumerable.Range(0, extent).Select(i => (place.From + i * from, place.To + i * to)))];
        }
        return Together([.. places.Select(place => Copy(x, y, Shape.Create(nest.Extents.AsSpan(outer)), nest.Strides[1][outer..], place.From, nest.Strides[0][outer..], place.To))]);
    }

    /// <inheritdoc cref="Copy(Operand, Operand, LoopNest)"/>
    public static IEnumerable<ShaderCall> CopyShaders(GlOperand x, GlOperand y, LoopNest nest) =>
        [StridedShader.Call("strided_copy.comp", nest, [new("X", 1, x.Offset), new("Y", 0, y.Offset)], [new Binding.Input(0), new Binding.Output(0)])];

    public static IEnumerable<ShaderCall> CopyShaders(
        GlCall call, int input, long[] strides, long offset, long outputOffset = 0, bool part = false)
    {
        GlOperand x = call.Input(input), y = call.Output(0);
        Shape region = part ? x.Format.Shape : y.Format.Shape;
        return Shaders(input, 0, x, y, region, y.Format.AxisOrder, strides, offset, y.Format.Strides, outputOffset);
    }

    public static IEnumerable<ShaderCall> RereadShaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        long[] dense = Array.ConvertAll(x.Format.Shape.RowMajorStrides(), stride => (long)stride);
        return Shaders(0, 0, x, y, x.Format.Shape, [.. Enumerable.Range(0, dense.Length)], x.Format.Strides, 0, dense, 0);
    }

    /// <inheritdoc cref="Copy(Operand, Operand, Shape, long[], long, long[], long)"/>
    public static IEnumerable<ShaderCall> Shaders(
        int input, int output, GlOperand x, GlOperand y, Shape region, int[] order, long[] from, long fromOffset, long[] to, long toOffset)
    {
        if (region.ElementCount == 0)
            return [Nothing];
        LoopNest nest = LoopNest.Over(region, order, [to, from]);
        return [StridedShader.Call("strided_copy.comp", nest,
            [new("X", 1, x.Offset + fromOffset), new("Y", 0, y.Offset + toOffset)], [new Binding.Input(input), new Binding.Output(output)])];
    }

    private sealed class Joined(CpuStep[] steps) : CpuStep
    {
        public override int Rows { get; } = steps.Sum(step => step.Rows);
        public override string ToString() => string.Join(", ", steps.Select(step => step.ToString()).Distinct());

        public override void Run(int begin, int end, Worker worker)
        {
            int first = 0;
            foreach (CpuStep step in steps)
            {
                int from = Math.Max(begin, first) - first, to = Math.Min(end, first + step.Rows) - first;
                if (from < to)
                    step.Run(from, to, worker);
                first += step.Rows;
            }
        }
    }
}
