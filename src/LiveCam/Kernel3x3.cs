using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;
using LiveCam.Networks;

namespace LiveCam;

/// <summary>The kernel of the lectures that the chosen channel belongs to, and how its nine numbers are changed while it runs.</summary>
public static class Kernel3x3
{
    private const int Taps = 9, Colours = 3;
    private const float Most = 20;

    /// <summary>The kernel's place among <see cref="LectureKernels.Kernels"/>; -1 when another network runs.</summary>
    public static int Chosen(Frame frame) =>
        frame.Layer is { Kernels: not null, InputWidth: > 0 } layer && layer.Name == LectureKernels.Layer
            ? Math.Clamp(frame.Screen.Channel / Colours, 0, LectureKernels.Kernels.Count - 1) : -1;

    /// <summary>The nine numbers as they are now, row by row.</summary>
    public static ReadOnlySpan<float> Numbers(LayerData layer, int kernel) => layer.Kernels!.Value.Span<float>().Slice(Start(kernel, 0), Taps);

    public static void Change(Frame frame, int tap, float by)
    {
        int kernel = Chosen(frame);
        if (kernel < 0) return;
        // Steps of a tenth stay tenths.
        Set(frame, kernel, tap, MathF.Round((Numbers(frame.Layer!, kernel)[tap] + by) * 100) / 100);
    }

    public static void Set(Frame frame, int kernel, int tap, float number)
    {
        Span<float> numbers = stackalloc float[Taps];
        Numbers(frame.Layer!, kernel).CopyTo(numbers);
        numbers[tap] = Math.Clamp(number, -Most, Most);
        Assign(frame, kernel, numbers);
    }

    public static void Reset(Frame frame)
    {
        if (Chosen(frame) is >= 0 and var kernel) Assign(frame, kernel, LectureKernels.Kernels[kernel].Taps);
    }

    /// <summary>Gives red, green and blue the same kernel; the next run uses it.</summary>
    private static void Assign(Frame frame, int kernel, ReadOnlySpan<float> numbers)
    {
        Parameter weights = frame.Layer!.Kernels!;
        var changed = new Tensor(weights.Type, weights.Shape);
        weights.Value.Bytes.CopyTo(changed.Bytes);
        for (int colour = 0; colour < Colours; colour++) numbers.CopyTo(changed.Span<float>()[Start(kernel, colour)..]);
        weights.Assign(changed);
        frame.Screen.LooksAgain = true;
    }

    // Weights lie as KxCxRxS; a channel of output k looks at its own colour only.
    private static int Start(int kernel, int colour) => ((kernel * Colours + colour) * Colours + colour) * Taps;
}
