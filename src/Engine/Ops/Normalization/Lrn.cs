using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// Local response normalization across channels: y = x / (bias + alpha / size * sum of x^2 over <paramref name="Size"/> neighbouring
/// channels)^beta (Krizhevsky, Sutskever and Hinton 2012, section 3.3).
/// </summary>
internal sealed partial record Lrn(int Size, float Alpha = 1e-4f, float Beta = 0.75f, float Bias = 1) : Op
{
    public override string Name => "LRN";
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;

    public static Op FromOnnx(OnnxNode node) =>
        new Lrn(node.Int32("size", 0), node.Float("alpha", 1e-4f), node.Float("beta", 0.75f), node.Float("bias", 1));

    public override void ToOnnx(OnnxCall call) =>
        call.Write(Name).Set("size", Size).Set("alpha", Alpha).Set("beta", Beta).Set("bias", Bias);

    public override void Infer(InferCall call)
    {
        call.Arity(1, 1);
        InferOne(call, input: 0);
    }

    /// <summary>Checks the input that is normalized; output 0 is like it.</summary>
    internal void InferOne(InferCall call, int input)
    {
        if (call.Type(input) != ElementType.Float32 || call.Shape(input).Rank is < 3 or > 5)
            throw call.Error($"its input is {call.Type(input)} {call.Shape(input)}, but Float32 with N, C and one to three spatial axes is expected");
        if (Size is < 1 or > 512)
            throw call.Error($"its size is {Size}, but 1 to 512 channels can take part");
        call.OutputLike(0, input);
    }

    public override void Gradient(GradientCall call) =>
        call[0] = call.Add(new LrnGradient(Size, Alpha, Beta, Bias), call.OutputGradient(), call.Input(0));

    public override Cost Cost(InferCall call) => new(call.OutputShape(0).ElementCount * 12L);
}
