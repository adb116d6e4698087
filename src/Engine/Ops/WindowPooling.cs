using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>What max and average pooling share: a window over one to three spatial axes, channel by channel.</summary>
public abstract partial record WindowPooling(Window Window) : Op
{
    public override LayoutRule Layouts => LayoutRule.ChannelsLast;

    /// <summary>Checks the input and gives the window over it.</summary>
    protected Window.Extents Extents(InferCall call)
    {
        call.Arity(1, 1);
        if (Window.Kernel.Count == 0)
            throw call.Error("it has no kernel_shape");
        if (call.Shape(0).Rank < 3)
            throw call.Error($"its input has shape {call.Shape(0)}, but N, C and one to three spatial axes are expected");
        Window.Extents extents = Window.Over(call, call.Shape(0), []);
        foreach (Window.Axis axis in extents.Axes)
            if (axis.PadBegin >= (long)axis.Dilation * (axis.Kernel - 1) + 1)
                throw call.Error($"padding {axis.PadBegin} is not smaller than the window, which reaches {(long)axis.Dilation * (axis.Kernel - 1) + 1}");
        return extents;
    }

    public override Cost Cost(InferCall call) => new((long)call.OutputShape(0).ElementCount * Extents(call).Taps);
}
