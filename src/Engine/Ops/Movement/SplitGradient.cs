using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// What a <see cref="Split"/> passes back: the gradients of its parts one after the other, zeros for a part nothing depends on. Inputs: x
/// (its shape alone), the sizes (may be missing), the gradients of the parts (each may be missing).
/// </summary>
internal sealed record SplitGradient(int Parts, int Axis) : Op
{
    private const int FirstPart = 2;

    public override bool ReadsShapeOnly(int input) => input == 0;

    public override void Infer(InferCall call)
    {
        call.Arity(1, FirstPart + Parts);
        Shape x = call.Shape(0);
        int[] sizes = new Split(Parts, Axis).Sizes(call, x, 1);
        for (int i = 0; i < Parts; i++)
            if (call.Has(FirstPart + i) && (call.Type(FirstPart + i) != ElementType.Float32 || call.Shape(FirstPart + i) != x.With(x.Axis(Axis), sizes[i])))
                throw call.Error($"the gradient of part {i} is {call.Type(FirstPart + i)} {call.Shape(FirstPart + i)}, but the part is Float32 {x.With(x.Axis(Axis), sizes[i])}");
        call.Output(0, ElementType.Float32, x);
    }

    public override CpuStep Prepare(CpuCall call)
    {
        Operand y = call.Output(0);
        var copies = new List<CpuStep>();
        bool whole = true;
        foreach ((int input, long offset) in Places(call.Infer(), y.Format))
            if (call.Has(input))
                copies.Add(Movement.Copy(call, input, call.Input(input).Format.Strides, 0, offset, part: true));
            else
                whole = false;
        return whole ? Movement.Together(copies) : Movement.Fill(y, 0).Then(Movement.Together(copies));
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand y = call.Output(0);
        if (y.Format.Shape.ElementCount == 0)
            return [Movement.Nothing];
        ShaderCall? chain = null;
        bool whole = true;
        foreach ((int input, long offset) in Places(call.Infer(), y.Format))
        {
            whole &= call.Has(input);
            if (call.Has(input) && call.InputInfo(input).Shape.ElementCount > 0)
                chain = Movement.CopyShaders(call, input, call.Input(input).Format.Strides, 0, offset, part: true).First() with { Next = chain };
        }
        if (!whole)
            chain = StridedShader.Call("fill.comp", LoopNest.Over(y.Format), [new("Y", 0, y.Offset)], [new Binding.Output(0)], ("VALUE", "0.0")) with { Next = chain };
        return [chain!];
    }

    /// <summary>The input of each part, and the element of the result it begins at.</summary>
    private IEnumerable<(int Input, long Offset)> Places(InferCall call, MemoryFormat y)
    {
        long stride = y.Strides[y.Shape.Axis(Axis)], first = 0;
        foreach ((int i, int size) in new Split(Parts, Axis).Sizes(call, y.Shape, 1).Index())
        {
            yield return (FirstPart + i, first * stride);
            first += size;
        }
    }
}
