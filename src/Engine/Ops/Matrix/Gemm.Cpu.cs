using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record Gemm
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Shape a = call.InputInfo(0).Shape, b = call.InputInfo(1).Shape, y = call.OutputInfo(0).Shape;
        var geometry = new GemmGeometry
        {
            M = y[0], N = y[1], Depth = a[TransposeA ? 0 : 1], TransposeA = TransposeA, TransposeB = TransposeB,
        };
        if (y.ElementCount == 0)
            return CpuStep.None;
        bool packed = call.Parameter(1) is not null;
        var kernel = new Kernels.Gemm(geometry, call.Width, packed);
        float alpha = Alpha, beta = Beta;
        Operand left = call.Input(0), output = call.Output(0);
        Operand right = packed
            ? call.Derived(1, $"gemm {alpha} {TransposeB} {(int)call.Width}", kernel.PackedLength, (source, target) =>
            {
                fixed (float* from = source.Span<float>())
                    kernel.Pack(from, alpha, target);
            })
            : call.Input(1);
        Operand? addend = call.Has(2) ? call.Input(2) : null;
        Shape c = addend?.Format.Shape ?? Shape.Scalar;
        int columnStep = c.Rank > 0 && c[c.Rank - 1] > 1 ? 1 : 0;
        int lineStep = c.Rank == 2 && c[0] > 1 ? c[1] : 0;
        Activation activation = Activation;
        call.NeedScratch(kernel.ScratchFloats);
        return CpuStep.Of(kernel.Rows, (begin, end, worker) => kernel.Run(begin, end, left.Floats, right.Floats, alpha,
            addend is null ? null : addend.Floats, beta, lineStep, columnStep, output.Floats, activation, worker.Scratch), $"{kernel}");
    }
}
