using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Ops;

/// <summary>The input in memory of its own: what stands before an operation that may write over what it reads.</summary>
internal sealed record Copied : Op
{
    public override bool Computes(ElementType type) => true;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public override void Infer(InferCall call) => call.OutputLike(0, 0);
    public override CpuStep Prepare(CpuCall call) => Movement.Copy(call, 0, call.Input(0).Format.Strides, 0);
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Movement.CopyShaders(call, 0, call.Input(0).Format.Strides, 0);
}
