using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>e to the power of x</summary>
internal sealed record Exp() : Unary<ExpBody>("exp(x)")
{
    public override void Gradient(GradientCall call) => call[0] = call.Add(new Mul(), call.Output(0), call.OutputGradient());
}
