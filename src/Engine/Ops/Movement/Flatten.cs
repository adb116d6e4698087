using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Two axes: everything before <paramref name="Axis"/>, everything from it on.</summary>
internal sealed partial record Flatten(int Axis = 1) : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public override LayoutRule Layouts => LayoutRule.Reread;

    public static Op FromOnnx(OnnxNode node) => new Flatten(node.Int32("axis", 1));

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("axis", Axis);

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        Shape from = call.Shape(0);
        int axis = Axis == from.Rank ? Axis : from.Rank == 0 ? 0 : from.Axis(Axis);
        Shape to = [from.CountOf(0, axis), from.CountOf(axis, from.Rank)];
        call.Output(0, call.Type(0), to, call.Known(0)?.Reshaped(to));
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new ReshapeLike(), call.OutputGradient(), call.Input(0));
    }

    public override void Alias(AliasCall call) => call.View(0, 0);
    public override CpuStep Prepare(CpuCall call) => Movement.Reread(call);
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Movement.RereadShaders(call);
}
