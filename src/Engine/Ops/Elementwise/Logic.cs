using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>A function of two bools that are broadcast together.</summary>
/// <param name="Expression">The same of two numbers that are 1 or 0, in GLSL.</param>
internal abstract record Logic(string Expression) : Op
{
    protected abstract Func<bool, bool, bool> Function { get; }

    public override bool HasShaderFor(ElementType type) => type == ElementType.Bool;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (call.Type(0) != ElementType.Bool || call.Type(1) != ElementType.Bool)
            throw call.Error($"its inputs are {call.Type(0)} and {call.Type(1)}, but two Bool are expected");
        call.Output(0, ElementType.Bool, Broadcast.Shapes(call, 2));
    }

    public override void Alias(AliasCall call)
    {
        call.InPlace(0, 0);
        call.InPlace(0, 1);
    }

    public override CpuStep Prepare(CpuCall call)
    {
        Operand a = call.Input(0), b = call.Input(1), y = call.Output(0);
        return TypedStep.Of(Function, ElementwiseShader.Nest(a.Format, b.Format, y.Format), a, b, y);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => ElementwiseShader.Binary(call, Expression);
}

/// <summary>a and b</summary>
internal sealed record And() : Logic("a * b")
{
    protected override Func<bool, bool, bool> Function => static (a, b) => a & b;
}

/// <summary>a or b</summary>
internal sealed record Or() : Logic("max(a, b)")
{
    protected override Func<bool, bool, bool> Function => static (a, b) => a | b;
}

/// <summary>One of a and b, but not both.</summary>
internal sealed record Xor() : Logic("abs(a - b)")
{
    protected override Func<bool, bool, bool> Function => static (a, b) => a ^ b;
}

/// <summary>true where x is false.</summary>
internal sealed record Not : Op
{
    public override bool HasShaderFor(ElementType type) => type == ElementType.Bool;

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        if (call.Type(0) != ElementType.Bool)
            throw call.Error($"its input is {call.Type(0)}, but Bool is expected");
        call.OutputLike(0, 0);
    }

    public override void Alias(AliasCall call) => call.InPlace(0, 0);

    public override CpuStep Prepare(CpuCall call) =>
        TypedStep.Of<bool, bool>(static x => !x, LoopNest.Over(call.Output(0).Format, call.Input(0).Format.Strides), call.Input(0), call.Output(0));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => ElementwiseShader.Unary(call, "1.0 - x");
}

/// <summary>A question about one float; the answer is bool.</summary>
/// <param name="Expression">The answer as 1 or 0, in GLSL of x.</param>
internal abstract record FloatTest(string Expression) : Op
{
    protected abstract Func<float, bool> Test { get; }

    public override bool HasShaderFor(ElementType type) => type is ElementType.Float32 or ElementType.Bool;

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        if (call.Type(0) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(0)}, but it asks about Float32");
        call.Output(0, ElementType.Bool, call.Shape(0));
    }

    public override CpuStep Prepare(CpuCall call) =>
        TypedStep.Of(Test, LoopNest.Over(call.Output(0).Format, call.Input(0).Format.Strides), call.Input(0), call.Output(0));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => ElementwiseShader.Unary(call, Expression);
}

/// <summary>Whether x is not a number.</summary>
internal sealed record IsNaN() : FloatTest("truth(isNotNumber(x))")
{
    protected override Func<float, bool> Test => float.IsNaN;
}

/// <summary>Whether x is infinite, on the sides that count.</summary>
internal sealed record IsInf(bool Negative = true, bool Positive = true)
    : FloatTest($"{(Positive ? "truth(isEqual(x, T(uintBitsToFloat(0x7F800000u))))" : "T(0.0)")} + {(Negative ? "truth(isEqual(x, T(uintBitsToFloat(0xFF800000u))))" : "T(0.0)")}")
{
    public static Op FromOnnx(OnnxNode node) => new IsInf(node.Int("detect_negative", 1) != 0, node.Int("detect_positive", 1) != 0);
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("detect_negative", Negative ? 1 : 0).Set("detect_positive", Positive ? 1 : 0);

    protected override Func<float, bool> Test
    {
        get
        {
            (bool negative, bool positive) = (Negative, Positive);
            return x => positive && float.IsPositiveInfinity(x) || negative && float.IsNegativeInfinity(x);
        }
    }
}
