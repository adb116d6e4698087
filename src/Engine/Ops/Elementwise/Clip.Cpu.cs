using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

public sealed partial record Clip
{
    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        (double low, double high) = Bounds(call.Node, call.InputInfo);
        var nest = LoopNest.Over(y.Form, x.Form.Strides);
        if (x.Form.Type != ElementType.Float32)
            return NumberTypes.Call<ScalarStep, CpuStep>(x.Form.Type, new(nest, x, y, low, high));
        var kernel = new UnaryElementwise<ClipBody>(call.Width, new((float)low, (float)high), nest.Extents, nest.Strides[1], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }

    private readonly struct ScalarStep(LoopNest nest, Operand x, Operand y, double low, double high) : INumberAction<CpuStep>
    {
        public unsafe CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var kernel = new ScalarUnary<T>(ScalarUnaryKind.Clip, nest.Extents, nest.Strides[1], nest.Strides[0],
                T.CreateSaturating(low), T.CreateSaturating(high));
            (Operand input, Operand output) = (x, y);
            return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, input.As<T>(), output.As<T>()));
        }
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        (double low, double high) = Bounds(call.Node, call.InputInfo);
        string expression = ActivationShader.Expression(new(ActivationKind.Clip, (float)low, (float)high), "x");
        yield return StridedShader.Call("unary.comp", LoopNest.Over(y.Form, x.Form.Strides), [new("X", 1, x.Offset), new("Y", 0, y.Offset)],
            [new Binding.Input(0), new Binding.Output(0)], ("EXPRESSION", expression));
    }
}
