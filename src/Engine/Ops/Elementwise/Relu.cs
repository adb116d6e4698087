using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>max(0, x)</summary>
internal sealed record Relu() : Unary<ReluBody>("max(x, T(0.0))")
{
    public override Activation? AsActivation => Activation.Relu;
    public override void Gradient(GradientCall call) => call[0] = call.Rectified(back => call.Add(new LeakyReluGradient(), call.Output(0), back));
}
