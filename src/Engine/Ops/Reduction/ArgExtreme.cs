using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Where the largest element along an axis lies; of equal ones the first, or the last.</summary>
internal sealed record ArgMax(int Axis = 0, bool Keep = true, bool Last = false) : ArgExtreme(Axis, Keep, Last, Largest: true)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (axis, keep, last) => new ArgMax(axis, keep, last));
}

/// <summary>Where the smallest element along an axis lies; of equal ones the first, or the last.</summary>
internal sealed record ArgMin(int Axis = 0, bool Keep = true, bool Last = false) : ArgExtreme(Axis, Keep, Last, Largest: false)
{
    public static Op FromOnnx(OnnxNode node) => From(node, (axis, keep, last) => new ArgMin(axis, keep, last));
}

/// <summary>What the two share: an int64 index in place of an axis.</summary>
internal abstract record ArgExtreme(int Axis, bool Keep, bool Last, bool Largest) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    // The shader writes int64 as two words.
    public override bool HasShaderFor(ElementType type) => type is ElementType.Float32 or ElementType.Int64;

    private protected static Op From(OnnxNode node, Func<int, bool, bool, Op> make) =>
        make(node.Int32("axis", 0), node.Int("keepdims", 1) != 0, node.Int("select_last_index", 0) != 0);

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("axis", Axis).Set("keepdims", Keep ? 1 : 0).Set("select_last_index", Last);

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        Shape x = call.Shape(0);
        if (!call.Type(0).IsNumber() || x.Rank == 0)
            throw call.Error($"its input is {call.Type(0)} {x}, but numbers along at least one axis are expected");
        int axis = x.Axis(Axis);
        if (x[axis] == 0)
            throw call.Error($"axis {axis} of its input {x} has no elements");
        call.Output(0, ElementType.Int64, Shape.Create([.. x.Take(axis), .. Keep ? new[] { 1 } : [], .. x.Skip(axis + 1)]));
    }

    public override void Gradient(GradientCall call) { }

    public override CpuStep Prepare(CpuCall call) =>
        NumberTypes.Call<Step, CpuStep>(call.Input(0).Format.Type, new(SoftmaxFamily.Rows(call.Input(0).Format.Shape, Axis, false), this, call.Input(0), call.Output(0)));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        call.InputInfo(0).Type == ElementType.Float32 ? ExtremeShader.Calls(call, SoftmaxFamily.Rows(call.Input(0).Format.Shape, Axis, false), Largest, Last, oneHot: false) : [];

    private readonly struct Step((int Outer, int Length, int Inner) rows, ArgExtreme op, Operand x, Operand y) : INumberAction<CpuStep>
    {
        public unsafe CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var kernel = new ExtremeIndex<T>(rows.Outer, rows.Length, rows.Inner, op.Largest, op.Last);
            (Operand input, Operand output) = (x, y);
            return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, input.As<T>(), output.As<long>()));
        }
    }
}

/// <summary>1 at the first largest element along an axis, or among all from it on, else 0.</summary>
/// <param name="Trailing">Among all axes from <paramref name="Axis"/> on, as before operator set 13.</param>
internal sealed record Hardmax(int Axis = -1, bool Trailing = false) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public static Op FromOnnx(OnnxNode node) => new Hardmax(node.Int32("axis", node.OpSet < 13 ? 1 : -1), node.OpSet < 13);

    public override void ToOnnx(OnnxCall call) => SoftmaxFamily.ToOnnx(call, Name, Axis, Trailing);

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        Shape x = call.Shape(0);
        if (call.Type(0) != ElementType.Float32 || x.Rank == 0)
            throw call.Error($"its input is {call.Type(0)} {x}, but Float32 with at least one axis is expected");
        if (!(Trailing && Axis == x.Rank))
            x.Axis(Axis);
        call.OutputLike(0, 0);
    }

    public override void Gradient(GradientCall call) { }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        (int outer, int length, int inner) = SoftmaxFamily.Rows(x.Format.Shape, Axis, Trailing);
        var kernel = new ExtremeIndex<float>(outer, length, inner, largest: true, last: false);
        return CpuStep.Of(x.Format.Shape.ElementCount == 0 ? 0 : outer, (begin, end, _) =>
        {
            for (int row = begin; row < end; row++)
            {
                long at = (long)row * length * inner;
                new Span<float>(y.Floats + at, length * inner).Clear();
                for (int i = 0; i < inner; i++)
                    y.Floats[at + i + (long)kernel.Of(x.Floats + at + i) * inner] = 1;
            }
        });
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => call.Input(0).Format.Shape.ElementCount == 0 ? [Movement.Nothing]
        : ExtremeShader.Calls(call, SoftmaxFamily.Rows(call.Input(0).Format.Shape, Axis, Trailing), largest: true, last: false, oneHot: true);
}

internal static class ExtremeShader
{
    public static IEnumerable<ShaderCall> Calls(GlCall call, (int Outer, int Length, int Inner) rows, bool largest, bool last, bool oneHot) =>
        [new ShaderBuilder("extreme_index.comp", "row a thread").Bind(new Binding.Input(0)).Bind(new Binding.Output(0)).Define(
            ("COUNT", (long)rows.Outer * rows.Inner), ("LENGTH", rows.Length), ("INNER", rows.Inner), ("ONE_HOT", oneHot ? 1 : 0),
            ("X_OFFSET", call.Input(0).Offset), ("Y_OFFSET", call.Output(0).Offset))
            .Define("IS_BETTER(value, best)", $"value {(largest ? '>' : '<')}{(last ? "=" : "")} best").OverThreads((long)rows.Outer * rows.Inner, 64)];
}
