using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What max and average pooling share: a window over one to three spatial axes, channel by channel.</summary>
internal abstract partial record WindowPooling(Window Window) : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;

    /// <summary>Which input the window lies over: behind the gradient of the output, where it is a gradient.</summary>
    private protected virtual int Pooled => 0;

    /// <summary>Checks the input and gives the window over it.</summary>
    protected Window.Extents Extents(InferCall call)
    {
        call.Arity(Pooled + 1, Pooled + 1);
        if (Window.Kernel.Count == 0)
            throw call.Error("it has no kernel_shape");
        Shape input = call.Shape(Pooled);
        if (input.Rank < 3)
            throw call.Error($"its input has shape {input}, but N, C and one to three spatial axes are expected");
        Window.Extents extents = Window.Over(call, input, []);
        foreach (Window.Axis axis in extents.Axes)
            if (axis.PadBegin >= (long)axis.Dilation * (axis.Kernel - 1) + 1)
                throw call.Error($"padding {axis.PadBegin} is not smaller than the window, which reaches {(long)axis.Dilation * (axis.Kernel - 1) + 1}");
        return extents;
    }

    public override IReadOnlyList<Reach> Reaches(InferCall call) => Pooled == 0 ? Extents(call).Reaches : [];

    public override Cost Cost(InferCall call) => new((long)Extents(call).Output(call.Shape(Pooled)[0], call.Shape(Pooled)[1]).ElementCount * Extents(call).Taps);
}
