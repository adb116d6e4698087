using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

internal sealed partial record AveragePool
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        var kernel = Pooling.Average(Geometry(call.Infer(), x.Format, y.Format, CountIncludePad), call.Width);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Shaders(call, average: true, CountIncludePad);
}
