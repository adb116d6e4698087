using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// An element-wise function of two values that are broadcast together. The whole operator is its body, the same function as a
/// GLSL expression of a and b, and its name in the scalar kernel for the other number types models carry (float32 alone without).
/// </summary>
public abstract record Binary<TBody>(string Expression, ScalarBinaryKind? Scalar = null) : Op where TBody : struct, IBinaryBody
{
    protected virtual TBody Body => default;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (call.Type(0) != call.Type(1) || !call.Type(0).IsNumber())
            throw call.Error($"its inputs are {call.Type(0)} and {call.Type(1)}, but two of one numeric type are expected");
        if (Scalar is null && call.Type(0) != ElementType.Float32)
            throw call.Error($"its inputs are {call.Type(0)}, but it runs in Float32");
        call.Output(0, call.Type(0), Broadcast.Shapes(call, 2));
    }

    public override void Alias(AliasCall call)
    {
        call.InPlace(0, 0);
        call.InPlace(0, 1);
    }

    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand a = call.Input(0), b = call.Input(1), y = call.Output(0);
        LoopNest nest = Nest(a.Form, b.Form, y.Form);
        if (y.Form.Type != ElementType.Float32)
            return NumberTypes.Call<ScalarStep, CpuStep>(y.Form.Type, new(Scalar!.Value, nest, a, b, y));
        var kernel = new BinaryElementwise<TBody>(call.Width, Body, nest.Extents, nest.Strides[1], nest.Strides[2], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, a.Floats, b.Floats, y.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand a = call.Input(0), b = call.Input(1), y = call.Output(0);
        yield return StridedShader.Call("binary.comp", Nest(a.Form, b.Form, y.Form),
            [new("A", 1, a.Offset), new("B", 2, b.Offset), new("Y", 0, y.Offset)],
            [new Binding.Input(0), new Binding.Input(1), new Binding.Output(0)], ("EXPRESSION", Expression));
    }

    private readonly struct ScalarStep(ScalarBinaryKind kind, LoopNest nest, Operand a, Operand b, Operand y) : INumberAction<CpuStep>
    {
        public unsafe CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var kernel = new ScalarBinary<T>(kind, nest.Extents, nest.Strides[1], nest.Strides[2], nest.Strides[0]);
            (Operand first, Operand second, Operand result) = (a, b, y);
            return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, first.As<T>(), second.As<T>(), result.As<T>()));
        }
    }

    private static LoopNest Nest(Form a, Form b, Form y) =>
        LoopNest.Over(y, Broadcast.Strides(a, y.Shape), Broadcast.Strides(b, y.Shape));
}
