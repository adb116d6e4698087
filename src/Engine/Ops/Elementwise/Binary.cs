using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// An element-wise function of two values that are broadcast together. The whole operator is its body and the same function as a
/// GLSL expression of a and b.
/// </summary>
internal abstract record Binary<TBody>(string Expression) : Op where TBody : struct, IBinaryBody
{
    protected virtual TBody Body => default;

    /// <summary>The same function of the other number types models carry; float32 alone without.</summary>
    protected virtual Func<T, T, T>? Number<T>() where T : unmanaged, INumber<T> => null;

    public override bool Computes(ElementType type) => type == ElementType.Float64 && Number<int>() is not null;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (call.Type(0) != call.Type(1) || !call.Type(0).IsNumber())
            throw call.Error($"its inputs are {call.Type(0)} and {call.Type(1)}, but two of one numeric type are expected");
        if (call.Type(0) != ElementType.Float32 && Number<int>() is null)
            throw call.Error($"its inputs are {call.Type(0)}, but it runs in Float32");
        call.Output(0, call.Type(0), Broadcast.Shapes(call, 2));
    }

    /// <summary>Strides of the second input along the axes of the result.</summary>
    private protected virtual long[] Second(MemoryFormat b, Shape y) => Broadcast.Strides(b, y);

    public override void Alias(AliasCall call)
    {
        call.InPlace(0, 0);
        call.InPlace(0, 1);
    }

    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount);

    public override CpuStep Prepare(CpuCall call) => Step(call.Width, call.Input(0), call.Input(1), call.Output(0));

    /// <summary>y = f(a, b) over operands of one type.</summary>
    private protected unsafe CpuStep Step(VectorWidth width, Operand a, Operand b, Operand y)
    {
        LoopNest nest = LoopNest.Over(y.Format, Broadcast.Strides(a.Format, y.Format.Shape), Second(b.Format, y.Format.Shape));
        if (y.Format.Type != ElementType.Float32)
            return NumberTypes.Call<NumberStep, CpuStep>(y.Format.Type, new(this, nest, a, b, y));
        var kernel = new BinaryElementwise<TBody>(width, Body, nest.Extents, nest.Strides[1], nest.Strides[2], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, a.Floats, b.Floats, y.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        [ElementwiseShader.Binary(Expression, (call.Input(0), new Binding.Input(0)), (call.Input(1), new Binding.Input(1)), call.Output(0), Second(call.Input(1).Format, call.Output(0).Format.Shape))];

    private readonly struct NumberStep(Binary<TBody> op, LoopNest nest, Operand a, Operand b, Operand y) : INumberAction<CpuStep>
    {
        public CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => TypedStep.Of(op.Number<T>()!, nest, a, b, y);
    }
}
