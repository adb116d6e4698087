using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>How padding is found where it is not given in numbers (ONNX <c>auto_pad</c>).</summary>
internal enum AutoPad { None, SameUpper, SameLower, Valid }

/// <summary>
/// The sliding window of a convolution or pooling: one entry per spatial axis; empty lists mean stride 1, no padding,
/// dilation 1. Pads are all beginnings, then all ends.
/// </summary>
internal sealed record Window(Ints Kernel, Ints Strides, Ints Pads, Ints Dilations, AutoPad AutoPad = AutoPad.None, bool CeilMode = false)
{
    /// <summary>The largest kernel, stride, dilation and padding along an axis.</summary>
    internal const int Longest = 1 << 16;

    /// <summary>A square two-dimensional window.</summary>
    public static Window Square(int kernel, int stride = 1, int pad = 0, int dilation = 1) =>
        new([kernel, kernel], [stride, stride], [pad, pad, pad, pad], [dilation, dilation]);

    public static Window FromOnnx(OnnxNode node) => new(
        node.IntList("kernel_shape"), node.IntList("strides"), node.IntList("pads"), node.IntList("dilations"),
        node.String("auto_pad", "NOTSET") switch
        {
            "NOTSET" or "" => AutoPad.None,
            "SAME_UPPER" => AutoPad.SameUpper,
            "SAME_LOWER" => AutoPad.SameLower,
            "VALID" => AutoPad.Valid,
            var other => throw node.Error($"its auto_pad is \"{other}\", which is none of NOTSET, SAME_UPPER, SAME_LOWER and VALID"),
        },
        node.Int("ceil_mode", 0) != 0);

    /// <summary>Writes all of it but the ceil mode, which only pooling has.</summary>
    /// <param name="dilates">Whether the operator has dilations.</param>
    public OnnxWriter ToOnnx(OnnxWriter node, bool dilates = true)
    {
        node.Set("kernel_shape", Kernel).Set("strides", Strides);
        if (dilates)
            node.Set("dilations", Dilations);
        return AutoPad switch
        {
            AutoPad.SameUpper => node.Set("auto_pad", "SAME_UPPER"),
            AutoPad.SameLower => node.Set("auto_pad", "SAME_LOWER"),
            AutoPad.Valid => node.Set("auto_pad", "VALID"),
            _ => node.Set("pads", Pads),
        };
    }

    /// <summary>The window over a concrete input.</summary>
    /// <param name="input">N, C and one to three spatial axes.</param>
    /// <param name="kernel">Used where the window itself names no kernel (a convolution's weights do).</param>
    public Extents Over(InferCall call, Shape input, ReadOnlySpan<int> kernel)
    {
        int axes = input.Rank - 2;
        if (axes is < 1 or > 3)
            throw call.Error($"its input has shape {input}, but N, C and one to three spatial axes are expected");
        ReadOnlySpan<int> window = Kernel.Count > 0 ? Kernel.Span : kernel;
        if (window.Length != axes || !Fits(axes))
            throw call.Error($"its kernel, strides, pads or dilations do not fit an input of {axes} spatial axes");
        if (!kernel.IsEmpty && !window.SequenceEqual(kernel))
            throw call.Error($"its kernel_shape is {Kernel}, but its weights have a kernel of {string.Join(',', kernel.ToArray())}");
        var axis = new Axis[axes];
        for (int i = 0; i < axes; i++)
        {
            int stride = Strides.Count > 0 ? Strides[i] : 1, dilation = Dilations.Count > 0 ? Dilations[i] : 1;
            if (window[i] < 1 || stride < 1 || dilation < 1 || window[i] > Longest || stride > Longest || dilation > Longest)
                throw call.Error($"kernel {window[i]}, stride {stride} and dilation {dilation} each have to be 1 to {Longest}");
            axis[i] = Over(call, input[i + 2], window[i], stride, dilation, i, axes);
        }
        return new(axis);
    }

    private Axis Over(InferCall call, int extent, int kernel, int stride, int dilation, int i, int axes)
    {
        long reach = (long)dilation * (kernel - 1) + 1;
        long begin = AutoPad == AutoPad.None && Pads.Count > 0 ? Pads[i] : 0;
        long end = AutoPad == AutoPad.None && Pads.Count > 0 ? Pads[axes + i] : 0;
        if (begin < 0 || end < 0 || begin > Longest || end > Longest)
            throw call.Error($"its pads {Pads} have to be 0 to {Longest}");
        long output;
        if (AutoPad is AutoPad.SameUpper or AutoPad.SameLower)
        {
            output = (extent + stride - 1) / stride;
            long total = Math.Max(0, (output - 1) * stride + reach - extent);
            begin = AutoPad == AutoPad.SameUpper ? total / 2 : total - total / 2;
            end = total - begin;
        }
        else
        {
            long room = extent + begin + end - reach;
            output = room < 0 ? 0 : room / stride + 1;
            if (CeilMode && room >= 0 && room % stride != 0 && output * stride < extent + begin)
                output++;
        }
        if (output < 1 || output > int.MaxValue)
            throw call.Error($"a window reaching {reach} with padding {begin} and {end} does not fit an input extent of {extent}");
        return new(extent, (int)output, kernel, stride, dilation, (int)begin, (int)end);
    }

    /// <summary>Whether strides, dilations and pads are lists for so many axes.</summary>
    internal bool Fits(int axes) => Fits(Strides, axes) && Fits(Dilations, axes) && Fits(Pads, 2 * axes);

    private static bool Fits(Ints list, int count) => list.Count == 0 || list.Count == count;

    /// <summary>One spatial axis: input and output extent, kernel, stride, dilation and padding on both sides.</summary>
    public readonly record struct Axis(int Input, int Output, int Kernel, int Stride, int Dilation, int PadBegin, int PadEnd);

    /// <summary>All spatial axes of a window over a concrete input, outermost first.</summary>
    public sealed class Extents(Axis[] axes)
    {
        public IReadOnlyList<Axis> Axes => axes;

        /// <summary>Axis counted as depth, height, width: missing outer ones have extent 1.</summary>
        public Axis Depth => axes.Length > 2 ? axes[^3] : One;
        public Axis Height => axes.Length > 1 ? axes[^2] : One;
        public Axis Width => axes[^1];

        /// <summary>What one element of the output sees.</summary>
        public IReadOnlyList<Reach> Reaches =>
            Array.ConvertAll(axes, axis => new Reach(axis.Input, axis.Output, axis.Dilation * (axis.Kernel - 1) + 1, axis.Stride, axis.PadBegin, axis.PadEnd));

        public int Taps => Depth.Kernel * Height.Kernel * Width.Kernel;

        /// <summary>N, channels and the output extents.</summary>
        public Shape Output(int n, int channels) => Shape.Create([n, channels, .. axes.Select(axis => axis.Output)]);

        private static Axis One => new(1, 1, 1, 1, 1, 0, 0);
    }
}
