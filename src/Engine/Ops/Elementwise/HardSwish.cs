using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>x max(0, min(1, x / 6 + 1/2)) (Howard et al., "Searching for MobileNetV3", 2019)</summary>
internal sealed record HardSwish() : Unary<HardSwishBody>("x * clamp(x / 6.0 + 0.5, T(0.0), T(1.0))")
{
    public override Activation? AsActivation => new Activation(ActivationKind.HardSwish);
    public override void Gradient(GradientCall call) => call[0] = call.Add(new HardSwishGradient(), call.Input(0), call.OutputGradient());
}
