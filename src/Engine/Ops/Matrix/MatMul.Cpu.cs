using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record MatMul
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Shape a = call.InputInfo(0).Shape, b = call.InputInfo(1).Shape;
        Product product = Product.Of(a, b);
        if (call.OutputInfo(0).Shape.ElementCount == 0)
            return CpuStep.None;
        int[] left = product.Matrices(a), right = product.Matrices(b);
        bool packed = call.Parameter(1) is not null && b.Rank <= 2;
        var geometry = new GemmGeometry
        {
            M = product.Rows, N = product.Columns, Depth = product.Depth, Batch = left.Length,
            AOffsets = Array.ConvertAll(left, i => (long)i * product.Rows * product.Depth),
            BOffsets = packed ? null : Array.ConvertAll(right, i => (long)i * product.Depth * product.Columns),
        };
        var kernel = new Kernels.Gemm(geometry, call.Width, packed);
        Operand first = call.Input(0), output = call.Output(0);
        Operand second = packed
            ? call.Derived(1, $"matmul {(int)call.Width}", kernel.PackedLength, (source, target) =>
            {
                fixed (float* from = source.Span<float>())
                    kernel.Pack(from, 1, target);
            })
            : call.Input(1);
        call.NeedScratch(kernel.ScratchFloats);
        return CpuStep.Of(kernel.Rows, (begin, end, worker) => kernel.Run(
            begin, end, first.Floats, second.Floats, 1, null, 0, 0, 0, output.Floats, Activation.None, worker.Scratch), $"{kernel}");
    }
}
