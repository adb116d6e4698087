using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>
/// The reverse of <see cref="BatchNormalization"/> (Ioffe and Szegedy 2015, section 3). Inputs: x, scale, dy and, where it was not in
/// training form, mean and variance. Outputs: dx, the scale's gradient sum dy (x - mean) / deviation, the shift's sum dy; each where
/// asked for. In training form dx = scale / deviation (dy - mean of dy - (x - mean) / deviation * mean of dy (x - mean) / deviation).
/// </summary>
internal sealed partial record BatchNormalizationGradient(float Epsilon = 1e-5f, bool Training = false) : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;
    public override bool IsFeatureMap(int input) => input is 0 or 2;

    public override void Infer(InferCall call)
    {
        call.Arity(Training ? 3 : 5, Training ? 3 : 5);
        Shape x = call.Shape(0);
        if (call.Type(0) != ElementType.Float32 || x.Rank < 2 || call.Type(2) != ElementType.Float32 || call.Shape(2) != x)
            throw call.Error($"its input and what comes back are {call.Type(0)} {x} and {call.Type(2)} {call.Shape(2)}, but two of one shape with N and C are expected");
        for (int i = 1; i < call.InputCount; i++)
            if (i != 2 && (call.Shape(i) != [x[1]] || call.Type(i) != ElementType.Float32))
                throw call.Error($"its input {i} is {call.Type(i)} {call.Shape(i)}, but there are {x[1]} channels");
        call.OutputLike(0, 0);
        call.OutputLike(1, 1);
        call.OutputLike(2, 1);
    }

    public override void Alias(AliasCall call)
    {
        if (call.Node.Outputs[0].Exists)
            call.InPlace(0, 2);
    }

    /// <summary>Pixels of the whole batch, channels, and elements from one pixel to the next.</summary>
    internal static (int Pixels, int Channels, int Pitch) ChannelsOf(MemoryFormat form) =>
        (form.Pixels, form.Shape[1], form.Layout == Layout.ChannelsLast ? form.Pitch : form.Shape[1]);

    public override Cost Cost(InferCall call) => new((Training ? 12L : 5) * call.Shape(0).ElementCount);
}
