using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The input, unchanged.</summary>
internal sealed record Identity : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        call.Output(0, call.Type(0), call.Shape(0), call.Known(0));
    }

    public override void Gradient(GradientCall call) => call[0] = call.OutputGradient();
    public override void Alias(AliasCall call) => call.View(0, 0);
    public override CpuStep Prepare(CpuCall call) => Movement.Copy(call, 0, call.Input(0).Format.Strides, 0);
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Movement.CopyShaders(call, 0, call.Input(0).Format.Strides, 0);
}
