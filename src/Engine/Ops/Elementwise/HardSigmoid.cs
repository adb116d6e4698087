using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>max(0, min(1, <paramref name="Alpha"/> x + <paramref name="Beta"/>))</summary>
internal sealed record HardSigmoid(float Alpha = 0.2f, float Beta = 0.5f)
    : Unary<HardSigmoidBody>($"clamp({StridedShader.Text(Alpha)} * x + {StridedShader.Text(Beta)}, T(0.0), T(1.0))")
{
    protected override HardSigmoidBody Body => new(Alpha, Beta);
    public override Activation? AsActivation => new Activation(ActivationKind.HardSigmoid, Alpha, Beta);
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("alpha", Alpha).Set("beta", Beta);

    public override void Gradient(GradientCall call) => call[0] = call.Add(new ClipGradient(0, 1, Alpha), call.Output(0), call.OutputGradient());
    public static Op FromOnnx(OnnxNode node) => new HardSigmoid(node.Float("alpha", 0.2f), node.Float("beta", 0.5f));
}
