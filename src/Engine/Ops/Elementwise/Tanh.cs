using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>The hyperbolic tangent. The shader clamps: beyond 10 it is 1 to the last bit, and drivers may divide infinities.</summary>
internal sealed record Tanh() : Unary<TanhBody>("tanh(clamp(x, T(-10.0), T(10.0)))")
{
    public override Activation? AsActivation => new Activation(ActivationKind.Tanh);
    public override void Gradient(GradientCall call) => call[0] = call.Add(new TanhGradient(), call.Output(0), call.OutputGradient());
}
