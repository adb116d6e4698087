using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

internal sealed partial record Clip
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        (double low, double high) = Bounds(call.Node, call.InputInfo);
        var nest = LoopNest.Over(y.Format, x.Format.Strides);
        if (x.Format.Type != ElementType.Float32)
            return NumberTypes.Call<ScalarStep, CpuStep>(x.Format.Type, new(nest, x, y, low, high));
        var kernel = new UnaryElementwise<ClipBody>(call.Width, new((float)low, (float)high), nest.Extents, nest.Strides[1], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }

    private readonly struct ScalarStep(LoopNest nest, Operand x, Operand y, double low, double high) : INumberAction<CpuStep>
    {
        public CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            (T lowest, T highest) = (T.CreateSaturating(low), T.CreateSaturating(high));
            return TypedStep.Of<T, T>(value => T.Min(T.Max(value, lowest), highest), nest, x, y);
        }
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        (double low, double high) = Bounds(call.Node, call.InputInfo);
        return ElementwiseShader.Unary(call, ActivationShader.Expression(new(ActivationKind.Clip, (float)low, (float)high), "x"));
    }
}
