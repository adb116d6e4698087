using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// x / scale rounded to the nearest (halves to even), plus the zero point, as near as the type holds. Inputs: x, scale, and where there
/// is one the zero point; one for all, per place along <paramref name="Axis"/>, or per <paramref name="Block"/> of them.
/// </summary>
/// <param name="To">The type, where no zero point says it.</param>
internal sealed record QuantizeLinear(int Axis = 1, int Block = 0, ElementType To = ElementType.UInt8) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;
    public override bool HasShaderFor(ElementType type) => type is ElementType.Float32 or ElementType.Int8 or ElementType.UInt8;

    public static Op FromOnnx(OnnxNode node)
    {
        // Only eight-bit floats overflow, and LiveCam has none.
        node.Int("saturate", 1);
        return new QuantizeLinear(node.Int32("axis", 1), node.Int32("block_size", 0),
            node.Int("output_dtype", 0) == 0 ? ElementType.UInt8 : node.Type("output_dtype", ElementType.UInt8));
    }

    public override void ToOnnx(OnnxCall call)
    {
        Quantization.RefuseNewer(call, Block, To);
        if (!call.Has(2) && To != ElementType.UInt8)
            call.Write(Name).Inputs(call.Input(0), call.Input(1), call.Weight("zero", new Tensor(To, call.InputInfo(1).Shape))).Set("axis", Axis);
        else
            call.Write(Name).Set("axis", Axis);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(2, 3);
        ElementType to = call.Has(2) ? call.Type(2) : To;
        if (!(call.Type(0) is ElementType.Float32 or ElementType.Int32) || call.Type(1) != ElementType.Float32 || !Quantization.IsQuantized(to))
            throw call.Error($"its inputs are {call.Type(0)} and {call.Type(1)}, to become {to}, but floats that become 8- or 16-bit integers are expected");
        Steps.Of(call, 1, Axis, Block);
        call.Output(0, to, call.Shape(0));
    }

    public override Cost Cost(InferCall call) => new(3L * call.OutputShape(0).ElementCount);

    public override CpuStep Prepare(CpuCall call) => NumberTypes.Call<OfType, CpuStep>(call.Output(0).Format.Type,
        new(Steps.Of(call.Infer(), 1, Axis, Block), call.Input(0), call.Input(1), call.Has(2) ? call.Input(2) : null, call.Output(0)));

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        ElementType to = call.OutputInfo(0).Type;
        if (call.InputInfo(0).Type != ElementType.Float32 || to is not (ElementType.Int8 or ElementType.UInt8))
            return [];
        (int low, int high) = to == ElementType.Int8 ? (-128, 127) : (0, 255);
        return Quantization.Shader(call, Steps.Of(call.Infer(), 1, Axis, Block), $"clamp(roundEven(x / scale) + zero, {low}.0, {high}.0)");
    }

    private readonly struct OfType(Steps steps, Operand x, Operand scale, Operand? zero, Operand y) : INumberAction<CpuStep>
    {
        public unsafe CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            (Steps at, Operand input, Operand sizes, Operand? zeros, Operand output) = (steps, x, scale, zero, y);
            bool whole = x.Format.Type == ElementType.Int32;
            return Quantization.Over(y.Format.Shape.ElementCount, i =>
            {
                int step = at.At(i);
                float value = whole ? input.As<int>()[i] : input.Floats[i];
                output.As<T>()[i] = Quantization.Quantize(value, sizes.Floats[step], zeros is null ? T.Zero : zeros.As<T>()[step]);
            });
        }
    }
}

/// <summary>(x - zero point) scale: the reverse of <see cref="QuantizeLinear"/>. Inputs: x, scale, and where there is one the zero point.</summary>
internal sealed record DequantizeLinear(int Axis = 1, int Block = 0) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;
    public override bool HasShaderFor(ElementType type) => type is ElementType.Float32 or ElementType.Int8 or ElementType.UInt8;

    public static Op FromOnnx(OnnxNode node) => new DequantizeLinear(node.Int32("axis", 1), node.Int32("block_size", 0));

    public override void ToOnnx(OnnxCall call)
    {
        Quantization.RefuseNewer(call, Block, call.InputInfo(0).Type);
        call.Write(Name).Set("axis", Axis);
    }

    public override void Infer(InferCall call)
    {
        call.Arity(2, 3);
        if (!(Quantization.IsQuantized(call.Type(0)) || call.Type(0) == ElementType.Int32) || call.Type(1) != ElementType.Float32
            || call.Has(2) && call.Type(2) != call.Type(0))
            throw call.Error($"its inputs are {call.Type(0)} and {call.Type(1)}{(call.Has(2) ? $" and {call.Type(2)}" : "")}, but integers, a float and a zero point of the integers' type are expected");
        Steps.Of(call, 1, Axis, Block);
        call.Output(0, ElementType.Float32, call.Shape(0));
    }

    public override Cost Cost(InferCall call) => new(2L * call.OutputShape(0).ElementCount);

    public override CpuStep Prepare(CpuCall call) => NumberTypes.Call<OfType, CpuStep>(call.Input(0).Format.Type,
        new(Steps.Of(call.Infer(), 1, Axis, Block), call.Input(0), call.Input(1), call.Has(2) ? call.Input(2) : null, call.Output(0)));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => call.InputInfo(0).Type is not (ElementType.Int8 or ElementType.UInt8) ? []
        : Quantization.Shader(call, Steps.Of(call.Infer(), 1, Axis, Block), "(x - zero) * scale");

    private readonly struct OfType(Steps steps, Operand x, Operand scale, Operand? zero, Operand y) : INumberAction<CpuStep>
    {
        public unsafe CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            (Steps at, Operand input, Operand sizes, Operand? zeros, Operand output) = (steps, x, scale, zero, y);
            return Quantization.Over(y.Format.Shape.ElementCount, i =>
            {
                int step = at.At(i);
                long offset = zeros is null ? 0 : long.CreateTruncating(zeros.As<T>()[step]);
                output.Floats[i] = (long.CreateTruncating(input.As<T>()[i]) - offset) * sizes.Floats[step];
            });
        }
    }
}

/// <summary>x as bytes with a step and a zero point from its own range, which always holds 0. Outputs: the bytes, the step, the zero point. It runs on the host.</summary>
internal sealed record DynamicQuantizeLinear : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        if (call.Type(0) != ElementType.Float32)
            throw call.Error($"its input is {call.Type(0)}, but it runs in Float32");
        call.Output(0, ElementType.UInt8, call.Shape(0));
        call.Output(1, ElementType.Float32, Shape.Scalar);
        call.Output(2, ElementType.UInt8, Shape.Scalar);
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0), step = call.Wants(1) ? call.Output(1) : call.Workspace(1);
        Operand? zero = call.Wants(2) ? call.Output(2) : null;
        int count = x.Format.Shape.ElementCount;
        return CpuStep.Of(1, (_, _, _) =>
        {
            float low = 0, high = 0;
            for (int i = 0; i < count; i++)
                (low, high) = (Math.Min(low, x.Floats[i]), Math.Max(high, x.Floats[i]));
            float scale = (high - low) / 255;
            byte origin = scale == 0 ? (byte)0 : Quantization.Quantize(-low, scale, (byte)0);
            *step.Floats = scale;
            if (zero is not null)
                *zero.As<byte>() = origin;
            for (int i = 0; i < count; i++)
                y.As<byte>()[i] = scale == 0 ? origin : Quantization.Quantize(x.Floats[i], scale, origin);
        });
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];
}

internal static class Quantization
{
    private const int UnitElements = 4096;

    /// <summary>The types numbers are quantised to.</summary>
    public static bool IsQuantized(ElementType type) => type is ElementType.Int8 or ElementType.UInt8 or ElementType.Int16 or ElementType.UInt16;

    public static T Quantize<T>(float x, float scale, T zero) where T : INumber<T> =>
        T.CreateSaturating(MathF.Round(x / scale, MidpointRounding.ToEven) + float.CreateTruncating(zero));

    /// <summary>A step that calls a function for every element of dense memory.</summary>
    public static CpuStep Over(int count, Action<int> element) => CpuStep.Of((count + UnitElements - 1) / UnitElements, (begin, end, _) =>
    {
        for (int i = begin * UnitElements; i < Math.Min(count, end * UnitElements); i++)
            element(i);
    });

    public static IEnumerable<ShaderCall> Shader(GlCall call, Steps steps, string expression)
    {
        int count = call.Output(0).Format.Shape.ElementCount;
        if (count == 0)
            return [Movement.Nothing];
        ShaderBuilder shader = new ShaderBuilder("quantize.comp", "plain").Bind(new Binding.Input(0)).Bind(new Binding.Input(1)).Bind(new Binding.Output(0))
            .Define(("COUNT", count), ("X_OFFSET", call.Input(0).Offset), ("S_OFFSET", call.Input(1).Offset), ("Y_OFFSET", call.Output(0).Offset))
            .Define("STEP(i)", steps.Shader).Define("EXPRESSION", expression);
        if (call.Has(2))
            shader.Bind(new Binding.Input(2)).Define("Z_OFFSET", call.Input(2).Offset);
        return [shader.OverThreads(count, 64)];
    }

    /// <summary>Blocks and 16-bit integers came with operator set 21.</summary>
    public static void RefuseNewer(OnnxCall call, int block, ElementType type)
    {
        ElementType quantized = call.Has(2) ? call.InputInfo(2).Type : type;
        if (block != 0 || quantized is ElementType.Int16 or ElementType.UInt16)
            throw call.Error("operator set 17 quantises without blocks and to 8 bits");
    }
}
