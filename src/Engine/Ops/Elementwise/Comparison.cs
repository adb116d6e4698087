using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>A question about two numbers that are broadcast together; the answers are bool.</summary>
/// <param name="Expression">The answer as 1 or 0, in GLSL of a and b.</param>
internal abstract record Comparison(string Expression) : Op
{
    protected abstract Func<T, T, bool> Test<T>() where T : unmanaged, INumber<T>;

    /// <summary>Whether bools can be asked too.</summary>
    protected virtual bool TakesBool => false;

    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        ElementType type = call.Type(0);
        if (type != call.Type(1) || !(type.IsNumber() || type == ElementType.Bool && TakesBool))
            throw call.Error($"its inputs are {type} and {call.Type(1)}, but two of one type that can be compared are expected");
        call.Output(0, ElementType.Bool, Broadcast.Shapes(call, 2));
    }

    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount);

    public override CpuStep Prepare(CpuCall call)
    {
        Operand a = call.Input(0), b = call.Input(1), y = call.Output(0);
        ElementType type = a.Format.Type == ElementType.Bool ? ElementType.UInt8 : a.Format.Type;
        return NumberTypes.Call<TestStep, CpuStep>(type, new(this, ElementwiseShader.Nest(a.Format, b.Format, y.Format), a, b, y));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => ElementwiseShader.Binary(call, Expression);

    private readonly struct TestStep(Comparison op, LoopNest nest, Operand a, Operand b, Operand y) : INumberAction<CpuStep>
    {
        public CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => TypedStep.Of(op.Test<T>(), nest, a, b, y);
    }
}

/// <summary>a = b</summary>
internal sealed record Equal() : Comparison("truth(isEqual(a, b))")
{
    protected override bool TakesBool => true;
    protected override Func<T, T, bool> Test<T>() => static (a, b) => a == b;
}

/// <summary>a &gt; b</summary>
internal sealed record Greater() : Comparison("truth(isLess(b, a))")
{
    protected override Func<T, T, bool> Test<T>() => static (a, b) => a > b;
}

/// <summary>a &gt;= b</summary>
internal sealed record GreaterOrEqual() : Comparison("truth(isLessOrEqual(b, a))")
{
    protected override Func<T, T, bool> Test<T>() => static (a, b) => a >= b;
}

/// <summary>a &lt; b</summary>
internal sealed record Less() : Comparison("truth(isLess(a, b))")
{
    protected override Func<T, T, bool> Test<T>() => static (a, b) => a < b;
}

/// <summary>a &lt;= b</summary>
internal sealed record LessOrEqual() : Comparison("truth(isLessOrEqual(a, b))")
{
    protected override Func<T, T, bool> Test<T>() => static (a, b) => a <= b;
}
