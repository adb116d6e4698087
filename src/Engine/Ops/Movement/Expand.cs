using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The first input repeated to the shape that it and the second, a list of extents, broadcast to; the list may be shorter than its rank.</summary>
internal sealed record Expand : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape wanted = Shape.FromLongs(call.KnownInts(1, "shape"));
        call.Output(0, call.Type(0), Broadcast.Two(call, call.Shape(0), wanted));
    }

    public override void Gradient(GradientCall call)
    {
        if (call.Wants(0))
            call[0] = call.Add(new SumTo(), call.OutputGradient(), call.Input(0));
    }

    public override void Alias(AliasCall call)
    {
        if (call.InputInfo(0).Shape == call.OutputInfo(0).Shape)
            call.View(0, 0);
    }

    public override CpuStep Prepare(CpuCall call) => Movement.Copy(call, 0, Broadcast.Strides(call.Input(0).Format, call.Output(0).Format.Shape), 0);

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        Movement.CopyShaders(call, 0, Broadcast.Strides(call.Input(0).Format, call.Output(0).Format.Shape), 0);
}
