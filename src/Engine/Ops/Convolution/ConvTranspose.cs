using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The transposed convolution: input N,C,(D,)H,W, weights C,K/groups,kernel, bias K. It computes what the gradient of a convolution with
/// these weights with respect to its input does, so that a stride makes the picture larger.
/// </summary>
/// <param name="OutputPadding">Places appended to the output's end, one number per spatial axis; none where empty.</param>
/// <param name="OutputShape">The output's spatial extents, from which the padding follows; by the window's padding where empty.</param>
internal sealed record ConvTranspose(Window Window, int Groups = 1, Ints OutputPadding = default, Ints OutputShape = default) : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;
    public override bool IsFeatureMap(int input) => input == 0;

    public static Op FromOnnx(OnnxNode node) =>
        new ConvTranspose(Window.FromOnnx(node), node.Int32("group", 1), node.IntList("output_padding"), node.IntList("output_shape"));

    public override void ToOnnx(OnnxCall call) =>
        Window.ToOnnx(call.Write(Name)).Set("group", Groups).Set("output_padding", OutputPadding).Set("output_shape", OutputShape);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 3);
        Shape x = call.Shape(0), w = call.Shape(1);
        for (int i = 0; i < call.InputCount; i++)
            if (call.Has(i) && call.Type(i) != ElementType.Float32)
                throw call.Error($"its input {i} is {call.Type(i)}, but convolutions run in Float32");
        if (w.Rank != x.Rank || w.Rank is < 3 or > 5 || w[0] != x[1])
            throw call.Error($"its input has shape {x}, but its weights have shape {w}");
        if (Groups < 1 || x[1] == 0 || w[1] == 0 || x[1] % Groups != 0 || (long)w[1] * Groups > int.MaxValue)
            throw call.Error($"{x[1]} input channels cannot be split into {Groups} groups of {w[1]} output channels");
        int channels = w[1] * Groups;
        if (call.Has(2) && (call.Shape(2).Rank != 1 || call.Shape(2)[0] != channels))
            throw call.Error($"its bias has shape {call.Shape(2)}, but there are {channels} output channels");
        call.Output(0, ElementType.Float32, Shape.Create([x[0], channels, .. Forward(call, x, w).Axes.Select(axis => axis.Input)]));
    }

    /// <summary>The convolution of the output that has the input's extents.</summary>
    private Window.Extents Forward(InferCall call, Shape x, Shape w)
    {
        int axes = x.Rank - 2;
        if (!Window.Fits(axes) || OutputPadding.Count is var padding && padding != 0 && padding != axes
            || Window.Kernel.Count > 0 && !Window.Kernel.Span.SequenceEqual(w.Span[2..]))
            throw call.Error($"its kernel_shape, strides, pads, dilations or output_padding do not fit weights {w}");
        // Exporters of old wrote all of the output's extents.
        ReadOnlySpan<int> wanted = OutputShape.Count == axes + 2 ? OutputShape.Span[2..] : OutputShape.Span;
        if (wanted.Length != 0 && wanted.Length != axes)
            throw call.Error($"its output_shape is {OutputShape}, but there are {axes} spatial axes");
        var all = new Window.Axis[axes];
        for (int i = 0; i < axes; i++)
            all[i] = Forward(call, x[i + 2], w[i + 2], i, axes, wanted.IsEmpty ? null : wanted[i]);
        return new(all);
    }

    private Window.Axis Forward(InferCall call, int input, int kernel, int i, int axes, int? wanted)
    {
        int stride = Window.Strides.Count > 0 ? Window.Strides[i] : 1, dilation = Window.Dilations.Count > 0 ? Window.Dilations[i] : 1;
        int extra = OutputPadding.Count > 0 ? OutputPadding[i] : 0;
        if (kernel < 1 || stride < 1 || dilation < 1 || kernel > Window.Longest || stride > Window.Longest || dilation > Window.Longest || extra is < 0 or > Window.Longest || input < 1)
            throw call.Error($"kernel {kernel}, stride {stride} and dilation {dilation} each have to be 1 to {Window.Longest} over an extent of 1 and more, and its output_padding {OutputPadding} 0 to that");
        long full = (long)stride * (input - 1) + extra + (long)dilation * (kernel - 1) + 1;
        bool same = Window.AutoPad is AutoPad.SameUpper or AutoPad.SameLower;
        long begin, output;
        if (wanted is not null || same)
        {
            output = wanted ?? (long)input * stride;
            // What is missing is appended: the padding cannot be less than none.
            long total = Math.Max(0, full - output);
            begin = Window.AutoPad == AutoPad.SameUpper ? total / 2 : total - total / 2;
        }
        else
        {
            bool given = Window.AutoPad == AutoPad.None && Window.Pads.Count > 0;
            (begin, long end) = given ? (Window.Pads[i], Window.Pads[axes + i]) : (0, 0);
            if (begin < 0 || end < 0 || begin > Window.Longest || end > Window.Longest)
                throw call.Error($"its pads {Window.Pads} have to be 0 to {Window.Longest}");
            output = full - begin - end;
        }
        if (output is < 1 or > int.MaxValue)
            throw call.Error($"padding leaves {output} of an extent of {full}");
        return new((int)output, input, kernel, stride, dilation, (int)begin, (int)Math.Max(0, full - begin - output));
    }

    /// <remarks>The same weights, forward: where the window alone says how the two sizes belong together.</remarks>
    public override void Gradient(GradientCall call)
    {
        bool plain = OutputShape.Count == 0 && OutputPadding.Index().All(one => one.Item < (Window.Strides.Count > 0 ? Window.Strides[one.Index] : 1));
        if (!plain)
        {
            call.None();
            return;
        }
        Value dy = call.OutputGradient();
        if (call.Wants(0))
            call[0] = call.Add(new Conv2d(Window, Groups), dy, call.Input(1));
        if (call.Wants(1))
            call[1] = call.Add(new Conv2dWeightGradient(Window, Groups), call.Input(0), dy, call.Input(1));
        if (call.Wants(2))
            call[2] = call.Add(new Conv2dBiasGradient(), dy);
    }

    public override Cost Cost(InferCall call) => new(2L * call.Shape(0).ElementCount * call.Shape(1).CountOf(1, call.Shape(1).Rank));

    public override CpuStep Prepare(CpuCall call) => TransposedConvolution.Prepare(call, Geometry(call.Infer(), call.Output(0).Format, call.Input(0).Format), call.Has(2) ? 2 : -1);

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        TransposedConvolution.Shaders(call, Geometry(call.Infer(), call.Output(0).Format, call.Input(0).Format), call.Has(2) ? 2 : -1);

    private ConvGeometry Geometry(InferCall call, MemoryFormat output, MemoryFormat input) =>
        Conv2d.Geometry(Forward(call, call.Shape(0), call.Shape(1)), output.Shape, call.Shape(1), Groups, output.Pitch, input.Pitch);
}
