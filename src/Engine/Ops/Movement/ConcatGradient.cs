using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The first input taken apart along an axis into the shapes of the others, which are read for their shapes alone: the reverse of <see cref="Concat"/>.</summary>
internal sealed record ConcatGradient(int Axis) : Op
{
    public override bool ReadsShapeOnly(int input) => input > 0;

    public override void Infer(InferCall call)
    {
        call.Arity(2, int.MaxValue);
        Shape whole = call.Shape(0);
        int axis = whole.Rank > 0 ? whole.Axis(Axis) : throw call.Error("a scalar has no axis to be taken apart along");
        int sum = 0;
        for (int i = 1; i < call.InputCount; i++)
        {
            if (call.Shape(i).Rank != whole.Rank || call.Shape(i).With(axis, 1) != whole.With(axis, 1))
                throw call.Error($"its input {whole} and its part {call.Shape(i)} differ in more than axis {axis}");
            sum += call.Shape(i)[axis];
            call.Output(i - 1, call.Type(0), call.Shape(i));
        }
        if (sum != whole[axis])
            throw call.Error($"its parts together have {sum} entries along axis {axis}, but its input {whole} has {whole[axis]}");
    }

    public override CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0);
        int axis = x.Format.Shape.Axis(Axis);
        var copies = new List<CpuStep>();
        for (int i = 1, at = 0; i < call.InputCount; at += call.InputInfo(i).Shape[axis], i++)
            if (call.Wants(i - 1))
            {
                Operand part = call.Output(i - 1);
                copies.Add(Movement.Copy(x, part, part.Format.Shape, x.Format.Strides, at * x.Format.Strides[axis], part.Format.Strides, 0));
            }
        return Movement.Together(copies);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0);
        int axis = x.Format.Shape.Axis(Axis), at = x.Format.Shape[axis];
        ShaderCall? first = null;
        for (int i = call.InputCount - 1; i > 0; i--)
        {
            at -= call.InputInfo(i).Shape[axis];
            if (!call.Wants(i - 1) || call.OutputInfo(i - 1).Shape.ElementCount == 0)
                continue;
            GlOperand part = call.Output(i - 1);
            first = Movement.Shaders(0, i - 1, x, part, part.Format.Shape, part.Format.AxisOrder, x.Format.Strides, at * x.Format.Strides[axis], part.Format.Strides, 0).First()
                with { Next = first };
        }
        return [first ?? Movement.Nothing];
    }
}
