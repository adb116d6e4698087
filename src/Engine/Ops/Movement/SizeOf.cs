using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The number of the input's elements as one int64; known without running anything.</summary>
public sealed record SizeOf : Op
{
    public override string Name => "Size";
    public override LayoutRule Layouts => LayoutRule.Reads;

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        call.Output(0, ElementType.Int64, Shape.Scalar, Tensor.Scalar((long)call.Shape(0).ElementCount));
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        long count = call.InputInfo(0).Shape.ElementCount;
        Operand y = call.Output(0);
        return CpuStep.Of(1, (_, _, _) => *y.As<long>() = count);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];
}
