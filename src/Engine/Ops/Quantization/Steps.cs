using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>Which step size an element of a quantised tensor has: one for all, one for each place along an axis, or one for each block of them.</summary>
internal sealed record Steps(int Inner, int Extent, int Count, int Block)
{
    /// <param name="scale">The input that holds the step sizes; the zero point, where there is one, is the input behind it.</param>
    /// <exception cref="LiveCamException">Their shape does not fit the input's.</exception>
    public static Steps Of(InferCall call, int scale, int along, int block)
    {
        Shape x = call.Shape(0), steps = call.Shape(scale);
        if (call.Has(scale + 1) && call.Shape(scale + 1) != steps)
            throw call.Error($"its scale {steps} and its zero point {call.Shape(scale + 1)} differ in shape");
        if (steps.ElementCount == 1 && steps.Rank <= 1)
            return new(1, 1, 1, 1);
        int axis = x.Axis(along);
        if (block == 0 && steps == [x[axis]])
            return new(x.CountOf(axis + 1, x.Rank), x[axis], x[axis], 1);
        if (block > 0 && steps == x.With(axis, (x[axis] + block - 1) / block))
            return new(x.CountOf(axis + 1, x.Rank), x[axis], steps[axis], block);
        throw call.Error($"its scale has shape {steps}, which is neither one number, one for each of the {x[axis]} places along axis {axis}, nor one for each block");
    }

    /// <summary>Blocks have steps of their own for every row of the axes around; places along an axis share them.</summary>
    private bool IsBlocked => Block > 1 || Count != Extent;

    public int At(int i) => Count == 1 && Extent == 1 ? 0
        : IsBlocked ? (i / (Inner * Extent) * Count + i / Inner % Extent / Block) * Inner + i % Inner
        : i / Inner % Extent;

    /// <summary>The same in GLSL, of i.</summary>
    public string Shader => Count == 1 && Extent == 1 ? "0"
        : IsBlocked ? $"(((i) / {Inner * Extent} * {Count} + (i) / {Inner} % {Extent} / {Block}) * {Inner} + (i) % {Inner})"
        : $"((i) / {Inner} % {Extent})";
}
