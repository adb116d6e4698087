using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// Convolution over one to three spatial axes: input N,C,(D,)H,W, weights K,C/groups,kernel, bias K. As in every framework it
/// is a cross-correlation: the kernel is not mirrored. With an epilogue: + residual, then the activation.
/// </summary>
/// <param name="Groups">Groups of channels that see only their own; as many as channels is a depthwise convolution.</param>
internal sealed partial record Conv2d(Window Window, int Groups = 1, Activation Activation = default, bool Residual = false) : Op, IFusable
{
    /// <summary>A square two-dimensional kernel.</summary>
    public Conv2d(int kernel, int stride = 1, int pad = 0, int dilation = 1, int groups = 1)
        : this(Window.Square(kernel, stride, pad, dilation), groups) { }

    public override string Name => "Conv";
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;
    public override bool IsFeatureMap(int input) => input != 1;
    public bool HasEpilogue => Residual || Activation.Kind != ActivationKind.None;
    public bool TakesBias => true;
    public bool TakesResidual => true;
    public IFusable With(Activation activation, bool residual) => this with { Activation = activation, Residual = residual };

    public static Op FromOnnx(OnnxNode node) => new Conv2d(Window.FromOnnx(node), node.Int32("group", 1));

    public override void ToOnnx(OnnxCall call)
    {
        this.RefuseEpilogue(call);
        Window.ToOnnx(call.Write(Name)).Set("group", Groups);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(2, 4);
        Shape x = call.Shape(0), w = call.Shape(1);
        for (int i = 0; i < call.InputCount; i++)
            if (call.Has(i) && call.Type(i) != ElementType.Float32)
                throw call.Error($"its input {i} is {call.Type(i)}, but convolutions run in Float32");
        if (w.Rank != x.Rank || w.Rank < 3)
            throw call.Error($"its input has shape {x}, but its weights have shape {w}");
        Window.Extents extents = Window.Over(call, x, w.Span[2..]);
        if (Groups < 1 || x[1] == 0 || w[0] == 0 || x[1] % Groups != 0 || w[0] % Groups != 0)
            throw call.Error($"{x[1]} input and {w[0]} output channels cannot be split into {Groups} groups");
        if (w[1] != x[1] / Groups)
            throw call.Error($"input has {x[1]} channels in {Groups} groups but the weights expect {w[1]} per group ({w}). Was the layer before it exported too?");
        if (call.Has(2) && (call.Shape(2).ElementCount != w[0] || call.Shape(2).Rank != 1))
            throw call.Error($"its bias has shape {call.Shape(2)}, but there are {w[0]} output channels");
        Shape output = extents.Output(x[0], w[0]);
        if (Residual && (!call.Has(3) || call.Shape(3) != output))
            throw call.Error($"its residual input has not the output's shape {output}");
        call.Output(0, ElementType.Float32, output);
    }

    public override Cost Cost(InferCall call) =>
        new(2L * call.OutputShape(0).ElementCount * call.Shape(1).CountOf(1, call.Shape(1).Rank));

    public override IReadOnlyList<Reach> Reaches(InferCall call) => Window.Over(call, call.Shape(0), call.Shape(1).Span[2..]).Reaches;

    public override void Alias(AliasCall call)
    {
        if (Residual)
            call.InPlace(0, 3);
    }

    private ConvGeometry Geometry(InferCall call, MemoryFormat input, MemoryFormat output)
    {
        Shape x = call.Shape(0), w = call.Shape(1);
        return Geometry(Window.Over(call, x, w.Span[2..]), x, w, Groups, input.Pitch, output.Pitch);
    }

    /// <summary>The convolution of x with w as kernels see it.</summary>
    internal static ConvGeometry Geometry(Window.Extents extents, Shape x, Shape w, int groups, int inputPitch, int outputPitch)
    {
        (Window.Axis d, Window.Axis h, Window.Axis v) = (extents.Depth, extents.Height, extents.Width);
        return new()
        {
            N = x[0], C = x[1], K = w[0], Groups = groups,
            D = d.Input, OutD = d.Output, KernelD = d.Kernel, StrideD = d.Stride, DilationD = d.Dilation, PadFront = d.PadBegin,
            H = h.Input, OutH = h.Output, KernelH = h.Kernel, StrideH = h.Stride, DilationH = h.Dilation, PadTop = h.PadBegin,
            W = v.Input, OutW = v.Output, KernelW = v.Kernel, StrideW = v.Stride, DilationW = v.Dilation, PadLeft = v.PadBegin,
            InputPitch = inputPitch, OutputPitch = outputPitch,
        };
    }
}
