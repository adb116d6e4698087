using LiveCam.Engine.Graphs;
using LiveCam.Engine.Kernels;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What the gradients of a convolution share: the window, and how its three values have to fit.</summary>
internal abstract record Conv2dGradient(Window Window, int Groups) : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;

    /// <summary>Which inputs are the convolution's input and its weights; input 0 is the gradient of its output.</summary>
    private protected abstract (int X, int Weights) Places { get; }

    public override bool IsFeatureMap(int input) => input != Places.Weights;

    /// <summary>Checks the inputs against each other and gives the window over the convolution's input.</summary>
    private protected Window.Extents Extents(InferCall call)
    {
        call.Arity(3, 3);
        (int atX, int atW) = Places;
        Shape dy = call.Shape(0), x = call.Shape(atX), w = call.Shape(atW);
        for (int i = 0; i < 3; i++)
            if (call.Type(i) != ElementType.Float32)
                throw call.Error($"its input {i} is {call.Type(i)}, but convolutions run in Float32");
        if (w.Rank != x.Rank || w.Rank < 3)
            throw call.Error($"the convolution's input has shape {x}, but its weights have shape {w}");
        Window.Extents extents = Window.Over(call, x, w.Span[2..]);
        if (Groups < 1 || x[1] == 0 || w[0] == 0 || x[1] % Groups != 0 || w[0] % Groups != 0)
            throw call.Error($"{x[1]} input and {w[0]} output channels cannot be split into {Groups} groups");
        if (w[1] != x[1] / Groups)
            throw call.Error($"the convolution's input has {x[1]} channels in {Groups} groups but its weights expect {w[1]} per group ({w})");
        if (dy != extents.Output(x[0], w[0]))
            throw call.Error($"the gradient of the output has shape {dy}, but the convolution's output has shape {extents.Output(x[0], w[0])}");
        return extents;
    }

    public override Cost Cost(InferCall call) => new(2L * call.Shape(0).ElementCount * call.Shape(Places.Weights).CountOf(1, call.Shape(Places.Weights).Rank));

    /// <summary>The forward convolution as kernels see it.</summary>
    private protected ConvGeometry Forward(InferCall call, int inputPitch, int outputPitch) =>
        Conv2d.Geometry(Extents(call), call.Shape(Places.X), call.Shape(Places.Weights), Groups, inputPitch, outputPitch);
}
