using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>
/// A sliding window along every spatial axis, by the formulas of the ONNX specification of Conv and the pools
/// (output extent, auto_pad, ceil_mode: a window has to begin inside the input or the padding before it).
/// </summary>
internal sealed class Sliding
{
    public int Axes { get; }
    public int[] Kernel { get; }
    public int[] Strides { get; }
    public int[] Dilations { get; }
    public int[] PadBegin { get; }
    public int[] PadEnd { get; }
    public int[] Output { get; }
    public int[] Input { get; }

    public Sliding(Window window, Shape x, int[] kernel)
    {
        Axes = x.Rank - 2;
        Input = [.. x.Skip(2)];
        Kernel = kernel;
        Strides = window.Strides.Count > 0 ? [.. window.Strides] : [.. Enumerable.Repeat(1, Axes)];
        Dilations = window.Dilations.Count > 0 ? [.. window.Dilations] : [.. Enumerable.Repeat(1, Axes)];
        (PadBegin, PadEnd, Output) = (new int[Axes], new int[Axes], new int[Axes]);
        for (int i = 0; i < Axes; i++)
        {
            int reach = Dilations[i] * (Kernel[i] - 1) + 1;
            if (window.AutoPad is AutoPad.SameUpper or AutoPad.SameLower)
            {
                Output[i] = (int)Math.Ceiling(Input[i] / (double)Strides[i]);
                int total = Math.Max((Output[i] - 1) * Strides[i] + reach - Input[i], 0);
                int smaller = total / 2, larger = total - smaller;
                (PadBegin[i], PadEnd[i]) = window.AutoPad == AutoPad.SameUpper ? (smaller, larger) : (larger, smaller);
                continue;
            }
            if (window.AutoPad == AutoPad.None && window.Pads.Count > 0)
                (PadBegin[i], PadEnd[i]) = (window.Pads[i], window.Pads[Axes + i]);
            double places = (Input[i] + PadBegin[i] + PadEnd[i] - reach) / (double)Strides[i];
            Output[i] = 1 + (int)(window.CeilMode ? Math.Ceiling(places) : Math.Floor(places));
            if (window.CeilMode && (Output[i] - 1) * Strides[i] >= Input[i] + PadBegin[i])
                Output[i]--;
        }
    }

    /// <summary>Calls <paramref name="visit"/> for every tap of the window at an output position: which tap, which input position
    /// (it may lie outside).</summary>
    public void Taps(ReadOnlySpan<int> output, Action<int[], int[]> visit)
    {
        int[] tap = new int[Axes], position = new int[Axes], at = output.ToArray();
        while (true)
        {
            for (int i = 0; i < Axes; i++)
                position[i] = at[i] * Strides[i] - PadBegin[i] + tap[i] * Dilations[i];
            visit(tap, position);
            int axis = Axes - 1;
            while (axis >= 0 && ++tap[axis] == Kernel[axis])
                tap[axis--] = 0;
            if (axis < 0)
                return;
        }
    }

    public bool Inside(int[] position)
    {
        for (int i = 0; i < Axes; i++)
            if (position[i] < 0 || position[i] >= Input[i])
                return false;
        return true;
    }

    public bool InsidePadding(int[] position)
    {
        for (int i = 0; i < Axes; i++)
            if (position[i] < -PadBegin[i] || position[i] >= Input[i] + PadEnd[i])
                return false;
        return true;
    }

    public Shape OutputShape(int n, int channels) => Shape.Create([n, channels, .. Output]);
}
