using System.Numerics;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The largest (or smallest) elements along an axis, best first, of equal ones the first, and their int64 indices. Inputs: x, how many (a
/// constant). It runs on the host.
/// </summary>
/// <param name="Sorted">Whether the order is asked for; it is the same without.</param>
internal sealed record TopK(int Axis = -1, bool Largest = true, bool Sorted = true) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public static Op FromOnnx(OnnxNode node)
    {
        if (node.OpSet < 10)
            node.SetInput(1, Tensor.Of<long>([1], node.Int("k", 0)));
        return new TopK(node.Int32("axis", -1), node.Int("largest", 1) != 0, node.Int("sorted", 1) != 0);
    }

    // ONNX has both outputs, whether somebody reads them or not.
    public override void ToOnnx(OnnxCall call) => call.Write(Name)
        .Outputs(call.Wants(0) ? call.Output(0) : call.Between("elements"), call.Wants(1) ? call.Output(1) : call.Between("indices"))
        .Set("axis", Axis).Set("largest", Largest ? 1 : 0).Set("sorted", Sorted ? 1 : 0);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        Shape x = call.Shape(0);
        if (!call.Type(0).IsNumber() || x.Rank == 0)
            throw call.Error($"its input is {call.Type(0)} {x}, but numbers along at least one axis are expected");
        int axis = x.Axis(Axis);
        if (call.KnownInts(1, "number of elements") is not [var count] || count < 0 || count > x[axis])
            throw call.Error($"its number of elements is not one of 0 to {x[axis]}, which axis {axis} of its input {x} has");
        Shape y = x.With(axis, (int)count);
        call.Output(0, call.Type(0), y);
        call.Output(1, ElementType.Int64, y);
    }

    public override CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0);
        if (call.OutputInfo(0).Shape.ElementCount == 0)
            return CpuStep.None;
        return NumberTypes.Call<Step, CpuStep>(x.Format.Type, new(SoftmaxFamily.Rows(x.Format.Shape, Axis, false), call.OutputInfo(0).Shape[x.Format.Shape.Axis(Axis)],
            Largest, x, call.Output(0), call.Wants(1) ? call.Output(1) : null));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];

    private readonly struct Step((int Outer, int Length, int Inner) rows, int count, bool largest, Operand x, Operand values, Operand? indices) : INumberAction<CpuStep>
    {
        public unsafe CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var kernel = new TopElements<T>(rows.Outer, rows.Length, rows.Inner, count, largest);
            (Operand input, Operand output, Operand? places) = (x, values, indices);
            return CpuStep.Of(kernel.Rows, (begin, end, _) => kernel.Run(begin, end, input.As<T>(), output.As<T>(), places is null ? null : places.As<long>()));
        }
    }
}

/// <summary>The sums of all elements up to each one along an axis (a constant, the second input). It runs on the host.</summary>
/// <param name="Exclusive">Without the element itself.</param>
/// <param name="Reverse">From the other end.</param>
internal sealed record CumSum(bool Exclusive = false, bool Reverse = false) : Op
{
    public override LayoutRule Layouts => LayoutRule.RowMajor;

    public static Op FromOnnx(OnnxNode node) => new CumSum(node.Int("exclusive", 0) != 0, node.Int("reverse", 0) != 0);
    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("exclusive", Exclusive).Set("reverse", Reverse);

    public override void Infer(InferCall call)
    {
        call.Arity(2, 2);
        if (!call.Type(0).IsNumber() || call.Shape(0).Rank == 0)
            throw call.Error($"its input is {call.Type(0)} {call.Shape(0)}, but numbers along at least one axis are expected");
        Axis(call);
        call.OutputLike(0, 0);
    }

    public override void Gradient(GradientCall call) => call[0] = call.Add(new CumSum(Exclusive, !Reverse), call.OutputGradient(), call.Input(1));

    public override CpuStep Prepare(CpuCall call) =>
        NumberTypes.Call<Step, CpuStep>(call.Input(0).Format.Type, new(SoftmaxFamily.Rows(call.Input(0).Format.Shape, Axis(call.Infer()), false), this, call.Input(0), call.Output(0)));

    public override IEnumerable<ShaderCall> Shaders(GlCall call) => [];

    private static int Axis(InferCall call) => call.KnownInts(1, "axis") is [var axis] && axis is >= -Shape.MaxRank and < Shape.MaxRank
        ? call.Shape(0).Axis((int)axis) : throw call.Error("its axis is not one number that is an axis");

    private readonly struct Step((int Outer, int Length, int Inner) rows, CumSum op, Operand x, Operand y) : INumberAction<CpuStep>
    {
        public unsafe CpuStep Invoke<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            ((int outer, int length, int inner), bool exclusive, bool reverse, Operand input, Operand output) = (rows, op.Exclusive, op.Reverse, x, y);
            return CpuStep.Of(length == 0 ? 0 : outer, (begin, end, _) =>
            {
                for (int row = begin; row < end; row++)
                    for (int i = 0; i < inner; i++)
                    {
                        T sum = T.Zero;
                        for (int j = 0; j < length; j++)
                        {
                            long at = ((long)row * length + (reverse ? length - 1 - j : j)) * inner + i;
                            T next = sum + input.As<T>()[at];
                            output.As<T>()[at] = exclusive ? sum : next;
                            sum = next;
                        }
                    }
            });
        }
    }
}
