using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>1 / (1 + exp(-x))</summary>
public sealed record Sigmoid() : Unary<SigmoidBody>("1.0 / (1.0 + exp(-x))")
{
    public override Activation? AsActivation => new Activation(ActivationKind.Sigmoid);
}
