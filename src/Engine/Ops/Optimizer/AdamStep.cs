using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>
/// A step of Adam or, with <paramref name="Decoupled"/> decay, AdamW (<see cref="AdamBody"/>). States: the means of the gradient and of
/// its square. The last input is the number of steps taken before this one.
/// </summary>
internal sealed record AdamStep(float Beta1 = 0.9f, float Beta2 = 0.999f, float Epsilon = 1e-8f, float Decay = 0, bool Decoupled = false) : OptimizerStep(Decay)
{
    public override int States => 2;
    protected override int Further => 1;

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand rate = call.Input(2), factor = call.Input(3), step = call.Input(6);
        Operand[] operands = Operands(call);
        var kernel = new Kernels.OptimizerStep(call.Width, call.InputInfo(0).Shape.ElementCount);
        return CpuStep.Of(kernel.Rows, (begin, end, _) =>
        {
            float Freed(float beta) => (float)(1 / (1 - Math.Pow(beta, *step.Floats + 1.0)));
            kernel.Run(begin, end, new AdamBody(*rate.Floats, *factor.Floats, Beta1, Beta2, Freed(Beta1), Freed(Beta2), Epsilon, Decay, Decoupled), Memory(operands));
        });
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
    [
        Shader(call, "adam_step.comp", ("BETA1", StridedShader.Text(Beta1)), ("BETA2", StridedShader.Text(Beta2)), ("EPSILON", StridedShader.Text(Epsilon)),
            ("DECAY", StridedShader.Text(Decay)), ("DECOUPLED", Decoupled ? "1" : "0")),
    ];
}
