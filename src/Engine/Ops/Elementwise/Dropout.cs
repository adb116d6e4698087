using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// At inference the input unchanged; the optional mask is all true (all ones before operator set 12). Training puts
/// <see cref="RandomDropout"/> in its place.
/// </summary>
/// <param name="BoolMask">Whether the mask is bool, as since operator set 10, or float32.</param>
/// <param name="Ratio">How much training drops.</param>
/// <param name="PerSample">Whether training drops all of a picture together (the branch of a residual block: stochastic depth).</param>
internal sealed record Dropout(bool BoolMask = true, float Ratio = 0.5f, bool PerSample = false) : Op
{
    public static Op FromOnnx(OnnxNode node)
    {
        if (node.Constant(2) is { Type: ElementType.Bool } training && training.Span<bool>()[0] && !(node.Constant(1) is { } ratio && IsZero(ratio)))
            throw node.Error("it asks for training, but LiveCam runs it at inference; export the network in evaluation mode (model.eval())");
        if (node.IsGiven(2) && node.Constant(2) is null)
            throw node.Error("whether it trains is an input that is only known when it runs; export the network in evaluation mode, with that input fixed to false");
        float part = node.Constant(1) is { Type: ElementType.Float32, Count: 1 } given ? given.Span<float>()[0] : node.Float("ratio", 0.5f);
        node.KeepInputs(1);
        return new Dropout(node.OpSet >= 10, float.IsNaN(part) ? 0.5f : Math.Clamp(part, 0, 0.99f));
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

    public override void Gradient(GradientCall call) => call[0] = call.OutputGradient();

    public override void Alias(AliasCall call) => call.InPlace(0, 0);

    public override CpuStep Prepare(CpuCall call)
    {
        CpuStep copy = Movement.Copy(call, 0, call.Input(0).Format.Strides, 0);
        return call.Wants(1) ? Movement.Together([copy, Movement.Fill(call.Output(1), BoolMask ? 1 : BitConverter.SingleToUInt32Bits(1f))]) : copy;
    }

    public override IEnumerable<ShaderCall> Shaders(GlCall call) =>
        call.Wants(1) ? [] : Movement.CopyShaders(call, 0, call.Input(0).Format.Strides, 0);
}
