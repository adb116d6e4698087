using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>A step of stochastic gradient descent (<see cref="SgdBody"/>); one state, the velocity, where there is momentum.</summary>
internal sealed record SgdStep(float Momentum = 0, bool Nesterov = false, float Decay = 0) : OptimizerStep(Decay)
{
    public override int States => Momentum == 0 ? 0 : 1;

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand rate = call.Input(2), factor = call.Input(3);
        Operand[] operands = Operands(call);
        var kernel = new Kernels.OptimizerStep(call.Width, call.InputInfo(0).Shape.ElementCount);
        (float momentum, float decay, bool nesterov) = (Momentum, Decay, Nesterov);
        return CpuStep.Of(kernel.Rows, (begin, end, _) =>
            kernel.Run(begin, end, new SgdBody(*rate.Floats, *factor.Floats, momentum, decay, nesterov), Memory(operands)));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
    [
        Shader(call, "sgd_step.comp", ("MOMENTUM", StridedShader.Text(Momentum)), ("DECAY", StridedShader.Text(Decay)), ("NESTEROV", Nesterov ? "1" : "0")),
    ];
}
