using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

public sealed partial record Conv2d
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        ConvGeometry geometry = Geometry(call.Node, call.InputInfo(0), call.InputInfo(1), x.Form, y.Form);
        var kernel = call.Own(new Convolution(geometry, call.Width));
        // The packed form depends on the weights alone, so plans for other picture sizes share it.
        string form = $"conv {Groups} {(int)call.Width}";
        Operand weights = call.Derived(1, form, kernel.PackedLength, (source, packed) => kernel.Pack(source.Span<float>(), packed));
        Operand? bias = call.Has(2)
            ? call.Derived(2, form, kernel.PaddedBias, (source, packed) => kernel.PackBias(source.Span<float>(), packed))
            : null;
        Operand? residual = Residual ? call.Input(3) : null;
        Operand zeros = call.Zeros(kernel.ZeroFloats);
        Operand noBias = bias ?? call.Workspace(kernel.PaddedBias);
        call.NeedScratch(kernel.ScratchFloats);
        Activation activation = Activation;
        return CpuStep.Of(kernel.Rows, (begin, end, worker) => kernel.Run(begin, end, x.Floats, zeros.Floats, weights.Floats, noBias.Floats,
            residual is null ? null : residual.Floats, residual?.Form.Pitch ?? 0, y.Floats, activation, worker.Scratch));
    }
}
