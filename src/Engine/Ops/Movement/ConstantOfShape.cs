using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>A tensor of the shape its constant input names, every element the same.</summary>
/// <param name="Bits">The bytes of one element, as an integer.</param>
internal sealed partial record ConstantOfShape(ElementType Type = ElementType.Float32, ulong Bits = 0) : Op
{
    public static Op FromOnnx(OnnxNode node)
    {
        if (node.Tensor("value") is not { } value)
            return new ConstantOfShape();
        if (value.Count != 1)
            throw node.Error($"its value has {value.Count} elements, but one is expected");
        Span<byte> bits = stackalloc byte[8];
        bits.Clear();
        value.Bytes.Span.CopyTo(bits);
        return new ConstantOfShape(value.Type, BitConverter.ToUInt64(bits));
    }

    public override void ToOnnx(OnnxCall call) =>
        call.Write(Name).Set("value", new Tensor(Type, [1], BitConverter.GetBytes(Bits)[..Type.Size()]));

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        call.Output(0, Type, Shape.FromLongs(call.KnownInts(0, "shape")));
    }

    public override CpuStep Prepare(CpuCall call) => Movement.Fill(call.Output(0), Bits);
    public override IEnumerable<ShaderCall> Shaders(GlCall call)
    {
        GlOperand y = call.Output(0);
        yield return StridedShader.Call("fill.comp", LoopNest.Over(y.Format), [new("Y", 0, y.Offset)], [new Binding.Output(0)],
            ("VALUE", StridedShader.Text(BitConverter.UInt32BitsToSingle((uint)Bits))));
    }
}
