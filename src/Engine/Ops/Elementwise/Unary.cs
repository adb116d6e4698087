using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>An element-wise function of one value. The whole operator is its body and the same function as a GLSL expression of x.</summary>
internal abstract record Unary<TBody>(string Expression) : Op, IActivation where TBody : struct, IUnaryBody
{
    /// <summary>The body with its constants.</summary>
    protected virtual TBody Body => default;

    /// <summary>The same function of the other number types models carry; float32 alone without.</summary>
    protected virtual Func<T, T>? Number<T>() where T : unmanaged, INumber<T> => null;

    /// <summary>The same function in the epilogue of a matrix kernel, where those have it.</summary>
    public virtual Activation? AsActivation => null;

    public override bool Computes(ElementType type) => type == ElementType.Float64 && Number<int>() is not null;

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        if (call.Type(0) != ElementType.Float32 && (Number<int>() is null || !call.Type(0).IsNumber()))
            throw call.Error($"its input is {call.Type(0)}, but it runs in Float32");
        call.OutputLike(0, 0);
    }

    public override void Alias(AliasCall call) => call.InPlace(0, 0);
    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount);

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        var nest = LoopNest.Over(y.Format, x.Format.Strides);
        if (y.Format.Type != ElementType.Float32)
            return NumberTypes.Call<NumberStep, CpuStep>(y.Format.Type, new(this, nest, x, y));
        var kernel = new UnaryElementwise<TBody>(call.Width, Body, nest.Extents, nest.Strides[1], nest.Strides[0]);
        return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, x.Floats, y.Floats));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => ElementwiseShader.Unary(call, Expression);

    private readonly struct NumberStep(Unary<TBody> op, LoopNest nest, Operand x, Operand y) : INumberAction<CpuStep>
    {
        public CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => TypedStep.Of(op.Number<T>()!, nest, x, y);
    }
}
