using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Ops;

/// <summary>Zeros in the shape of the second input with the first at the places a <see cref="Slice"/> took from. Further inputs: starts, ends, axes, steps.</summary>
internal sealed record SliceGradient : Op
{
    public override bool ReadsShapeOnly(int input) => input == 1;

    public override void Infer(InferCall call)
    {
        call.Arity(4, 6);
        (int[] counts, _, _) = Slice.Ranges(call, call.Shape(1), first: 2);
        if (!call.Shape(0).Span.SequenceEqual(counts))
            throw call.Error($"its input has shape {call.Shape(0)}, but the slice has {string.Join('x', counts)}");
        call.Output(0, call.Type(0), call.Shape(1));
    }

    public override CpuStep Prepare(CpuCall call)
    {
        Operand x = call.Input(0), y = call.Output(0);
        (long[] strides, long offset) = Slice.View(call.Infer(), y.Format, first: 2);
        CpuStep fill = Movement.Fill(y, 0);
        return x.Format.Shape.ElementCount == 0 ? fill : fill.Then(Movement.Copy(x, y, x.Format.Shape, x.Format.Strides, 0, strides, offset));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand x = call.Input(0), y = call.Output(0);
        (long[] strides, long offset) = Slice.View(call.Infer(), y.Format, first: 2);
        ShaderCall fill = StridedShader.Call("fill.comp", LoopNest.Over(y.Format), [new("Y", 0, y.Offset)], [new Binding.Output(0)], ("VALUE", "0.0"));
        if (x.Format.Shape.ElementCount == 0)
            return [fill];
        return [fill with { Next = Movement.Shaders(0, 0, x, y, x.Format.Shape, x.Format.AxisOrder, x.Format.Strides, 0, strides, offset).First() }];
    }
}
