using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>A function of the bits of two whole numbers that are broadcast together. It runs on the host: only shapes are made so.</summary>
internal abstract record Bitwise : Op
{
    /// <remarks>But for shifts, these are operators of set 18.</remarks>
    public override void ToOnnx(OnnxCall call) => throw call.Error("operator set 17 has no operators on bits");

    protected abstract Func<T, T, T> Function<T>() where T : unmanaged, INumber<T>;

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (call.Type(0) != call.Type(1) || !call.Type(0).IsNumber() || call.Type(0).IsFloat())
            throw call.Error($"its inputs are {call.Type(0)} and {call.Type(1)}, but two of one type of whole numbers are expected");
        call.Output(0, call.Type(0), Broadcast.Shapes(call, 2));
    }

    public override CpuStep Prepare(CpuCall call)
    {
        Operand a = call.Input(0), b = call.Input(1), y = call.Output(0);
        return NumberTypes.Call<Step, CpuStep>(y.Format.Type, new(this, ElementwiseShader.Nest(a.Format, b.Format, y.Format), a, b, y));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];

    private readonly struct Step(Bitwise op, LoopNest nest, Operand a, Operand b, Operand y) : INumberAction<CpuStep>
    {
        public CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => TypedStep.Of(op.Function<T>(), nest, a, b, y);
    }
}

/// <summary>The bits that both have.</summary>
internal sealed record BitwiseAnd : Bitwise
{
    protected override Func<T, T, T> Function<T>() => static (a, b) => WholeNumbers.Bits(a, b, static (p, q) => p & q);
}

/// <summary>The bits that one of them has.</summary>
internal sealed record BitwiseOr : Bitwise
{
    protected override Func<T, T, T> Function<T>() => static (a, b) => WholeNumbers.Bits(a, b, static (p, q) => p | q);
}

/// <summary>The bits that only one of them has.</summary>
internal sealed record BitwiseXor : Bitwise
{
    protected override Func<T, T, T> Function<T>() => static (a, b) => WholeNumbers.Bits(a, b, static (p, q) => p ^ q);
}

/// <summary>The bits of a moved by b places; 0 beyond the last.</summary>
internal sealed record BitShift(bool Left) : Bitwise
{
    public static Op FromOnnx(OnnxNode node) => node.String("direction", "") switch
    {
        "LEFT" => new BitShift(true),
        "RIGHT" => new BitShift(false),
        var other => throw node.Error($"its direction is \"{other}\", but LEFT or RIGHT is expected"),
    };

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("direction", Left ? "LEFT" : "RIGHT");

    protected override Func<T, T, T> Function<T>() => Left
        ? static (a, b) => WholeNumbers.Bits(a, b, static (p, q) => q < 64 ? p << (int)q : 0)
        : static (a, b) => WholeNumbers.Bits(a, b, static (p, q) => q < 64 ? p >> (int)q : 0);
}

/// <summary>The bits that x lacks.</summary>
internal sealed record BitwiseNot : Op
{
    /// <remarks>An operator of set 18.</remarks>
    public override void ToOnnx(OnnxCall call) => throw call.Error("operator set 17 has no operators on bits");

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        if (!call.Type(0).IsNumber() || call.Type(0).IsFloat())
            throw call.Error($"its input is {call.Type(0)}, but a type of whole numbers is expected");
        call.OutputLike(0, 0);
    }

    public override CpuStep Prepare(CpuCall call) =>
        NumberTypes.Call<Step, CpuStep>(call.Output(0).Format.Type, new(LoopNest.Over(call.Output(0).Format, call.Input(0).Format.Strides), call.Input(0), call.Output(0)));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];

    private readonly struct Step(LoopNest nest, Operand x, Operand y) : INumberAction<CpuStep>
    {
        public CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> =>
            TypedStep.Of<T, T>(static x => WholeNumbers.Bits(x, x, static (p, _) => ~p), nest, x, y);
    }
}
