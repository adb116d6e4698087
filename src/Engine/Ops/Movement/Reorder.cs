using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The input in another memory layout. The layout pass inserts it where two neighbours differ; no model contains it.</summary>
internal sealed record Reorder(Layout Layout) : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public override LayoutRule Layouts => LayoutRule.Reads;

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        call.OutputLike(0, 0);
    }

    public override void Alias(AliasCall call) => call.View(0, 0);
    public override CpuStep Prepare(CpuCall call) => Movement.Copy(call, 0, call.Input(0).Format.Strides, 0);
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Movement.CopyShaders(call, 0, call.Input(0).Format.Strides, 0);
}
