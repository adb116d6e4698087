using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>At inference the input unchanged; the optional mask is all true (all ones before operator set 12).</summary>
/// <param name="BoolMask">Whether the mask is bool, as since operator set 10, or float32.</param>
public sealed record Dropout(bool BoolMask = true) : Op
{
    public static Op FromOnnx(OnnxNode node)
    {
        if (node.Constant(2) is { Type: ElementType.Bool } training && training.Span<bool>()[0] && !(node.Constant(1) is { } ratio && IsZero(ratio)))
            throw node.Error("it asks for training, but LiveCam runs it at inference");
        node.KeepInputs(1);
        return new Dropout(node.OpSet >= 10);
    }

    public override void ToOnnx(OnnxCall call)
    {
        if (!BoolMask && call.Wants(1))
            throw call.Error("its mask is of floats, but since operator set 10 a mask is of bools");
        call.Write(Name);
    }

    private static bool IsZero(Tensor ratio) => ratio.Bytes.Span.IndexOfAnyExcept((byte)0) < 0;

    public bool IsIdentity(InferCall call) => !call.Wants(1);

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        call.Output(0, call.Type(0), call.Shape(0), call.Known(0));
        if (call.Wants(1))
            call.Output(1, BoolMask ? ElementType.Bool : ElementType.Float32, call.Shape(0));
    }

    public override void Alias(AliasCall call) => call.InPlace(0, 0);

    public override CpuStep Prepare(CpuCall call)
    {
        CpuStep copy = Movement.Copy(call, 0, call.Input(0).Form.Strides, 0);
        return call.Wants(1) ? Movement.Together([copy, Movement.Fill(call.Output(1), BoolMask ? 1 : BitConverter.SingleToUInt32Bits(1f))]) : copy;
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        call.Wants(1) ? [] : Movement.CopyShaders(call, 0, call.Input(0).Form.Strides, 0);
}
