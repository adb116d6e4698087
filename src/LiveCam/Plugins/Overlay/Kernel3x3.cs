using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;
using LiveCam.Networks;
using LiveCam.Ui;

namespace LiveCam.Plugins.Overlay;

/// <summary>The kernel of the lectures that the chosen channel belongs to, and how its nine numbers are changed while it runs.</summary>
internal static class Kernel3x3
{
    private const int Taps = 9, Colours = 3;
    private const float Most = 20;

    /// <summary>The kernel's place among <see cref="LectureKernels.Kernels"/>; -1 when another network runs.</summary>
    public static int Chosen(Frame frame) =>
        frame.Get<LayerData>() is { Kernels: not null, InputWidth: > 0 } layer && layer.Name == LectureKernels.Layer && frame.Get<FeatureView>() is { } features
            ? Math.Clamp(features.Channel / Colours, 0, LectureKernels.Kernels.Count - 1) : -1;

    /// <summary>The nine numbers as they are now, row by row.</summary>
    public static ReadOnlySpan<float> Numbers(LayerData layer, int kernel) => layer.Kernels!.Value.Span<float>().Slice(Start(kernel, 0), Taps);

    public static void Set(LayerData layer, int kernel, int tap, float number)
    {
        Span<float> numbers = stackalloc float[Taps];
        Numbers(layer, kernel).CopyTo(numbers);
        numbers[tap] = Math.Clamp(number, -Most, Most);
        Assign(layer, kernel, numbers);
    }

    /// <summary>Whether somebody has changed one of the numbers.</summary>
    public static bool IsCustom(LayerData layer, int kernel) => !Numbers(layer, kernel).SequenceEqual(LectureKernels.Kernels[kernel].Taps);

    public static void Reset(LayerData layer, int kernel) => Assign(layer, kernel, LectureKernels.Kernels[kernel].Taps);

    /// <summary>Gives red, green and blue the same kernel; the next run uses it.</summary>
    private static void Assign(LayerData layer, int kernel, ReadOnlySpan<float> numbers)
    {
        Parameter weights = layer.Kernels!;
        var changed = new Tensor(weights.Type, weights.Shape);
        weights.Value.Bytes.CopyTo(changed.Bytes);
        for (int colour = 0; colour < Colours; colour++) numbers.CopyTo(changed.Span<float>()[Start(kernel, colour)..]);
        weights.Assign(changed);
    }

    // Weights lie as KxCxRxS; a channel of output k looks at its own colour only.
    private static int Start(int kernel, int colour) => ((kernel * Colours + colour) * Colours + colour) * Taps;
}
