using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The elements in another type. Floats are rounded to the nearest, or towards zero and to the nearest number there is where they
/// become whole; whole numbers keep their lowest bits; everything but 0 is true.
/// </summary>
internal sealed record Cast(ElementType To) : Op
{
    public override bool Computes(ElementType type) => true;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();

    public static Op FromOnnx(OnnxNode node) => new Cast(node.Type("to", ElementType.Float32));
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("to", To);

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        call.Output(0, To, call.Shape(0), call.Type(0) == To ? call.Known(0) : null);
    }

    public override void Gradient(GradientCall call) => call[0] = call.Add(new CastLike(), call.OutputGradient(), call.Input(0));

    public override CpuStep Prepare(CpuCall call) => Casting.Step(call);
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Casting.Shaders(call);
}

/// <summary>The elements of the first input in the type of the second, which is read for that alone.</summary>
internal sealed record CastLike : Op
{
    public override bool Computes(ElementType type) => true;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public override bool ReadsShapeOnly(int input) => input == 1;

    /// <remarks>Without its second input it says the same.</remarks>
    public override void ToOnnx(OnnxCall call) => call.Write("Cast").Inputs(call.Input(0)).Set("to", call.InputInfo(1).Type);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        call.Output(0, call.Type(1), call.Shape(0));
    }

    public override void Gradient(GradientCall call) => call[0] = call.Add(new CastLike(), call.OutputGradient(), call.Input(0));
    public override CpuStep Prepare(CpuCall call) => Casting.Step(call);
    public override IEnumerable<ShaderCall> Shaders(GlCall call) => Casting.Shaders(call);
}

internal static class Casting
{
    public static CpuStep Step(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        if (x.Format.Type == y.Format.Type)
            return Movement.Copy(call, 0, x.Format.Strides, 0);
        var nest = LoopNest.Over(y.Format, x.Format.Strides);
        return x.Format.Type switch
        {
            ElementType.BFloat16 => NumberTypes.Call<FromFloat<BFloat16>, CpuStep>(Numeric(y), new(static x => (float)x, nest, x, y)),
            ElementType.Bool => NumberTypes.Call<From, CpuStep>(ElementType.UInt8, new(nest, x, y)),
            var type => NumberTypes.Call<From, CpuStep>(type, new(nest, x, y)),
        };
    }

    /// <summary>On the device both lie as floats: only what the narrower type drops is left to do.</summary>
    public static IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        ElementType from = call.InputInfo(0).Type, to = call.OutputInfo(0).Type;
        string? expression = to switch
        {
            ElementType.Float32 => "x",
            ElementType.Bool => "truth(isOther(x, T(0.0)))",
            ElementType.Float16 => "half_of(x)",
            ElementType.BFloat16 => "bfloat_of(x)",
            ElementType.Int8 or ElementType.UInt8 when from == ElementType.Bool => "x",
            ElementType.UInt8 when from == ElementType.Int8 => "x + 256.0 * truth(isLess(x, T(0.0)))",
            ElementType.Int8 when from == ElementType.UInt8 => "x - 256.0 * truth(isLess(T(127.5), x))",
            ElementType.UInt8 => "clamp(trunc(x), T(0.0), T(255.0))",
            ElementType.Int8 => "clamp(trunc(x), T(-128.0), T(127.0))",
            _ => null,
        };
        return expression is null ? [] : ElementwiseShader.Unary(call, expression);
    }

    private static ElementType Numeric(Operand y) => y.Format.Type switch
    {
        ElementType.Bool => ElementType.UInt8,
        ElementType.BFloat16 => ElementType.Float32,
        var type => type,
    };

    private readonly struct From(LoopNest nest, Operand x, Operand y) : INumberAction<CpuStep>
    {
        public CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> => y.Format.Type switch
        {
            ElementType.Bool => TypedStep.Of<T, bool>(static x => !T.IsZero(x), nest, x, y),
            ElementType.BFloat16 => TypedStep.Of<T, BFloat16>(static x => (BFloat16)float.CreateTruncating(x), nest, x, y),
            var type => NumberTypes.Call<Between<T>, CpuStep>(type, new(nest, x, y)),
        };
    }

    private readonly struct Between<TFrom>(LoopNest nest, Operand x, Operand y) : INumberAction<CpuStep> where TFrom : unmanaged, INumber<TFrom>
    {
        public CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T> =>
            x.Format.Type.IsFloat() ? TypedStep.Of<TFrom, T>(T.CreateSaturating, nest, x, y) : TypedStep.Of<TFrom, T>(T.CreateTruncating, nest, x, y);
    }

    /// <summary>From a type that is only stored, by way of float32.</summary>
    private readonly struct FromFloat<TFrom>(Func<TFrom, float> read, LoopNest nest, Operand x, Operand y) : INumberAction<CpuStep> where TFrom : unmanaged
    {
        public CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            Func<TFrom, float> number = read;
            return y.Format.Type == ElementType.Bool
                ? TypedStep.Of<TFrom, bool>(value => number(value) != 0, nest, x, y)
                : TypedStep.Of<TFrom, T>(value => T.CreateSaturating(number(value)), nest, x, y);
        }
    }
}
