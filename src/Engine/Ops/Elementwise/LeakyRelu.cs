using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>x where x is positive, else <paramref name="Alpha"/> x.</summary>
internal sealed record LeakyRelu(float Alpha = 0.01f) : Unary<LeakyReluBody>($"max(x, T(0.0)) + {StridedShader.Text(Alpha)} * min(x, T(0.0))")
{
    protected override LeakyReluBody Body => new(Alpha);
    public override Activation? AsActivation => new Activation(ActivationKind.LeakyRelu, Alpha);
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("alpha", Alpha);
    public override void Gradient(GradientCall call) =>
        call[0] = call.Rectified(back => call.Add(new LeakyReluGradient(Alpha), Alpha > 0 ? call.Output(0) : call.Input(0), back));

    public static Op FromOnnx(OnnxNode node) => new LeakyRelu(node.Float("alpha", 0.01f));
}
