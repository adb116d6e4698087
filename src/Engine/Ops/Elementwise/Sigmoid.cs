using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>1 / (1 + exp(-x))</summary>
internal sealed record Sigmoid() : Unary<SigmoidBody>("1.0 / (1.0 + exp(-x))")
{
    public override Activation? AsActivation => new Activation(ActivationKind.Sigmoid);
    public override void Gradient(GradientCall call) => call[0] = call.Add(new SigmoidGradient(), call.Output(0), call.OutputGradient());
}
