using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// y = activation(scale x + shift), channel by channel: what is left of a BatchNormalization that no convolution could take in
/// (DenseNet's, which follow a Concat). The pass that folds makes it; no model contains it.
/// </summary>
internal sealed partial record ScaleShift(Activation Activation = default) : Op, IFusable
{
    public bool HasEpilogue => Activation.Kind != ActivationKind.None;
    public bool TakesBias => false;
    public bool TakesResidual => false;
    public bool Takes(Activation activation) => activation.IsClamp;
    public IFusable With(Activation activation, bool residual) => this with { Activation = activation };

    public override void Infer(InferCall call)
    {
        call.Arity(3, 3);
        Shape x = call.Shape(0);
        if (call.Type(0) != ElementType.Float32 || x.Rank < 2 || call.Shape(1) != [x[1]] || call.Shape(2) != [x[1]])
            throw call.Error($"its inputs are {call.Type(0)} {x}, {call.Shape(1)} and {call.Shape(2)}, but one scale and shift per channel are expected");
        call.OutputLike(0, 0);
    }

    public override void Alias(AliasCall call) => call.InPlace(0, 0);
    public override Cost Cost(InferCall call) => new(2L * call.OutputShape(0).ElementCount);

    public override CpuStep Prepare(CpuCall call) =>
        Prepare(call.Width, call.Input(0), call.Input(1), call.Input(2), call.Output(0), Activation);

    internal static unsafe CpuStep Prepare(VectorWidth width, Operand x, Operand scale, Operand shift, Operand y, Activation activation)
    {
        var channel = new long[x.Format.Shape.Rank];
        channel[1] = 1;
        var nest = LoopNest.Over(y.Format, x.Format.Strides, channel);
        var kernel = new Kernels.ScaleShift(width, nest.Extents, nest.Strides[1], nest.Strides[2], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, scale.Floats, shift.Floats, y.Floats, activation));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        var channel = new long[x.Format.Shape.Rank];
        channel[1] = 1;
        yield return StridedShader.Call("scale_shift.comp", LoopNest.Over(y.Format, x.Format.Strides, channel),
            [new("X", 1, x.Offset), new("S", 2, call.Input(1).Offset), new("B", 2, call.Input(2).Offset), new("Y", 0, y.Offset)],
            [new Binding.Input(0), new Binding.Input(1), new Binding.Input(2), new Binding.Output(0)],
            ("ACTIVATE(x)", ActivationShader.Expression(Activation, "x")));
    }
}
