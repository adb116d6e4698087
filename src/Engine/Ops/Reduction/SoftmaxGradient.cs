using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The reverse of <see cref="Softmax"/> and <see cref="LogSoftmax"/>: y (dy - sum dy y), or dy - exp(y) sum dy. Inputs: y, dy.</summary>
internal sealed record SoftmaxGradient(int Axis = -1, bool Trailing = false, bool Log = false) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape y = call.Shape(0);
        if (call.Type(0) != ElementType.Float32 || y.Rank == 0 || call.Type(1) != ElementType.Float32 || call.Shape(1) != y)
            throw call.Error($"its inputs are {call.Type(0)} {y} and {call.Type(1)} {call.Shape(1)}, but two Float32 of one shape are expected");
        if (!(Trailing && Axis == y.Rank))
            y.Axis(Axis);
        call.OutputLike(0, 0);
    }

    public override void Alias(AliasCall call) => call.InPlace(0, 1);
    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount * 4L);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand y = call.Input(0), dy = call.Input(1), dx = call.Output(0);
        (int outer, int length, int inner) = SoftmaxFamily.Rows(y.Format.Shape, Axis, Trailing);
        var kernel = new Kernels.SoftmaxGradient(call.Width, outer, length, inner, Log);
        return CpuStep.Of(y.Format.Shape.ElementCount == 0 ? 0 : kernel.Rows, (begin, end, _) => kernel.Run(begin, end, y.Floats, dy.Floats, dx.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        Shape shape = call.Input(0).Format.Shape;
        if (shape.ElementCount == 0)
            return [Movement.Nothing];
        (int outer, int length, int inner) = SoftmaxFamily.Rows(shape, Axis, Trailing);
        return [new ShaderBuilder("softmax_gradient.comp", "row a thread").Bind(new Binding.Input(0)).Bind(new Binding.Input(1)).Bind(new Binding.Output(0)).Define(
            ("COUNT", (long)outer * inner), ("LENGTH", length), ("INNER", inner), ("LOGARITHM", Log ? 1 : 0), ("Y_OFFSET", call.Input(0).Offset),
            ("DY_OFFSET", call.Input(1).Offset), ("DX_OFFSET", call.Output(0).Offset)).OverThreads((long)outer * inner, 64)];
    }
}
