using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The number of the input's elements as one int64; known without running anything.</summary>
internal sealed record SizeOf : KnownOutput
{
    public override string Name => "Size";

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        call.Output(0, ElementType.Int64, Shape.Scalar, Tensor.Scalar((long)call.Shape(0).ElementCount));
    }
}
