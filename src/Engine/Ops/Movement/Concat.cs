using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The inputs one after the other along an axis. Channels-last and along the channels, an input computed by one branch lies in
/// its slice of the result from the start and nothing is copied.
/// </summary>
internal sealed partial record Concat(int Axis) : Op
{
    public override bool Computes(ElementType type) => type == ElementType.Float64;
    public override bool HasShaderFor(ElementType type) => type.IsCarriedAsFloat32();
    public static Op FromOnnx(OnnxNode node) => new Concat(node.Int32("axis", 1));

    public override void ToOnnx(OnnxCall call) => call.Write(Name).Set("axis", Axis);

    public override void Infer(InferCall call)
    {
        call.Arity(1, int.MaxValue);
        Shape first = call.Shape(0);
        int axis = first.Rank > 0 ? first.Axis(Axis) : throw call.Error("its inputs are scalars, which have no axis to follow along");
        long sum = 0;
        for (int i = 0; i < call.InputCount; i++)
        {
            Shape shape = call.Shape(i);
            if (shape.Rank != first.Rank || shape.With(axis, 1) != first.With(axis, 1) || call.Type(i) != call.Type(0))
                throw call.Error($"its inputs {call.Type(0)} {first} and {call.Type(i)} {shape} differ in more than axis {axis}");
            sum += shape[axis];
        }
        if (sum > int.MaxValue)
            throw call.Error($"its inputs together have {sum} entries along axis {axis}");
        call.Output(0, call.Type(0), first.With(axis, (int)sum));
    }

    public override void Gradient(GradientCall call)
    {
        int count = call.Node.Inputs.Length;
        string name = $"{call.Node.Name} gradient {call.Graph.Nodes.Count}";
        string?[] names = [.. Enumerable.Range(0, count).Select(i => call.Wants(i) ? $"{name}:{i}" : null)];
        Value[] parts = call.Graph.Add(new ConcatGradient(Axis), name, names, [call.OutputGradient(), .. call.Node.Inputs]);
        for (int i = 0; i < count; i++)
            call[i] = parts[i];
    }

    public override void Alias(AliasCall call)
    {
        Shape output = call.OutputInfo(0).Shape;
        if (output.Axis(Axis) != 1)
            return;
        for (int i = 0, offset = 0; i < call.Node.Inputs.Length; offset += call.InputInfo(i).Shape[1], i++)
            call.Slice(i, 0, offset);
    }

    public override unsafe CpuStep Prepare(CpuCall call)
    {
        Operand output = call.Output(0);
        long stride = output.Format.Strides[output.Format.Shape.Axis(Axis)];
        var copies = new List<CpuStep>();
        for (int i = 0, at = 0; i < call.InputCount; at += call.InputInfo(i).Shape[output.Format.Shape.Axis(Axis)], i++)
        {
            Operand input = call.Input(i);
            bool inPlace = call.Parameter(i) is null && input.Format.Pitch == output.Format.Pitch && input.Format.Layout == output.Format.Layout
                && (byte*)input.Pointer == (byte*)output.Pointer + at * stride * output.Format.Type.Size();
            if (!inPlace)
                copies.Add(Movement.Copy(call, i, input.Format.Strides, 0, at * stride, part: true));
        }
        return Movement.Together(copies);
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        MemoryFormat output = call.Output(0).Format;
        int axis = output.Shape.Axis(Axis);
        ShaderCall? first = null;
        for (int i = call.InputCount - 1, at = output.Shape[axis]; i >= 0; i--)
        {
            at -= call.InputInfo(i).Shape[axis];
            long offset = at * output.Strides[axis];
            if (!call.IsAt(i, 0, (int)offset))
                first = Movement.CopyShaders(call, i, call.Input(i).Format.Strides, 0, offset, part: true).First() with { Next = first };
        }
        yield return first ?? Movement.Nothing;
    }
}
