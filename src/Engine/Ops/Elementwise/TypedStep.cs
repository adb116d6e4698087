using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;

namespace LiveCam.Engine.Ops;

/// <summary>Steps that call a function for each element, over a nest whose first operand is the output.</summary>
internal static unsafe class TypedStep
{
    public static CpuStep Of<TX, TY>(Func<TX, TY> function, LoopNest nest, Operand x, Operand y) where TX : unmanaged where TY : unmanaged
    {
        var kernel = new TypedUnary<TX, TY>(function, nest.Extents, nest.Strides[1], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.As<TX>(), y.As<TY>()));
    }

    public static CpuStep Of<TA, TB, TY>(Func<TA, TB, TY> function, LoopNest nest, Operand a, Operand b, Operand y)
        where TA : unmanaged where TB : unmanaged where TY : unmanaged
    {
        var kernel = new TypedBinary<TA, TB, TY>(function, nest.Extents, nest.Strides[1], nest.Strides[2], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, a.As<TA>(), b.As<TB>(), y.As<TY>()));
    }
}
