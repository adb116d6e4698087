using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Operations whose result is known before anything runs: a run, where there is one, copies it.</summary>
internal abstract record KnownOutput : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override LayoutRule Layouts => LayoutRule.Reread;

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        InferCall infer = call.Infer();
        Infer(infer);
        Tensor known = infer.OutputInfo(0).Known!;
        Operand y = call.Output(0);
        return CpuStep.Of(1, (_, _, _) => known.Bytes.Span.CopyTo(new Span<byte>(y.Pointer, known.Bytes.Length)));
    }

    /// <summary>Nothing to compute: the planner has made a constant of it, or a host copies a few numbers.</summary>
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];
}
