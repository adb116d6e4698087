using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

internal sealed partial record Lrn
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        var kernel = new LocalResponse(call.Width, x.Format.Pixels, x.Format.Shape[1], x.Format.Pitch, y.Format.Pitch, Size, Alpha, Beta, Bias);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }
}
