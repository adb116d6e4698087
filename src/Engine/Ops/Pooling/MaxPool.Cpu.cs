using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record MaxPool
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        PoolGeometry geometry = Geometry(call.Infer(), x.Format, y.Format, countPadding: false);
        if (call.Wants(1) || x.Format.Type != ElementType.Float32)
            return x.Format.Type switch
            {
                ElementType.Float32 => WithIndices<float>(call, geometry),
                ElementType.Float64 => WithIndices<double>(call, geometry),
                ElementType.Int8 => WithIndices<sbyte>(call, geometry),
                _ => WithIndices<byte>(call, geometry),
            };
        var kernel = Pooling.Max(geometry, call.Width);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }

    private unsafe CpuStep WithIndices<T>(CpuCall call, PoolGeometry geometry) where T : unmanaged, INumber<T>, IMinMaxValue<T>
    {
        Operand x = call.Input(0), y = call.Output(0);
        Operand? indices = call.Wants(1) ? call.Output(1) : null;
        var kernel = new MaxPoolIndices<T>(
            geometry, FiveStrides(x.Format), FiveStrides(y.Format), ColumnMajor, indices is null ? [] : FiveStrides(indices.Format));
        return CpuStep.Of(kernel.Rows, (begin, end, _) =>
            kernel.Run(begin, end, x.As<T>(), y.As<T>(), indices is null ? null : indices.As<long>()));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Shaders(call, average: false, countPadding: false);
}
