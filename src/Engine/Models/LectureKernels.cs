using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Models;

/// <summary>
/// The network LiveCam runs when no model is given: the 3x3 kernels every lecture on convolution shows (JKU "Deep Learning and Neural
/// Networks I", chapter 6), each applied to red, green and blue by itself. One convolution, nothing learned, no classes.
/// </summary>
public static class LectureKernels
{
    /// <summary>The name of the convolution's output: 1x21xHxW, kernel by kernel, within a kernel red, green, blue.</summary>
    public const string Layer = "kernels";

    /// <summary>The name of the input: 1x3xHxW, red, green, blue in 0..1.</summary>
    public const string Input = "picture";

    /// <summary>The kernels in channel order, row by row.</summary>
    public static IReadOnlyList<(string Name, float[] Taps)> Kernels { get; } =
    [
        ("identity", [0, 0, 0, 0, 1, 0, 0, 0, 0]),
        ("diagonal edges", [1, 0, -1, 0, 0, 0, -1, 0, 1]),
        ("edges, 4 neighbours", [0, 1, 0, 1, -4, 1, 0, 1, 0]),
        ("edges, 8 neighbours", [-1, -1, -1, -1, 8, -1, -1, -1, -1]),
        ("sharpen", [0, -1, 0, -1, 5, -1, 0, -1, 0]),
        ("box blur", [1f / 9, 1f / 9, 1f / 9, 1f / 9, 1f / 9, 1f / 9, 1f / 9, 1f / 9, 1f / 9]),
        ("Gaussian blur", [1f / 16, 2f / 16, 1f / 16, 2f / 16, 4f / 16, 2f / 16, 1f / 16, 2f / 16, 1f / 16]),
    ];

    /// <summary>What each channel of <see cref="Layer"/> shows, as in "sharpen, red".</summary>
    public static IReadOnlyList<string> ChannelNames { get; } =
        [.. Kernels.SelectMany(_ => Colours, (kernel, colour) => $"{kernel.Name}, {colour}")];

    private static IReadOnlyList<string> Colours => ["red", "green", "blue"];

    /// <summary>The network for pictures of one size, in pixels.</summary>
    public static Graph Build(int height, int width)
    {
        int colours = Colours.Count;
        var weights = new Tensor(ElementType.Float32, [Kernels.Count * colours, colours, 3, 3]);
        Span<float> taps = weights.Span<float>();
        for (int kernel = 0; kernel < Kernels.Count; kernel++)
            for (int colour = 0; colour < colours; colour++)
                Kernels[kernel].Taps.CopyTo(taps[(((kernel * colours + colour) * colours + colour) * 9)..]);
        var graph = new Graph();
        Value picture = graph.Input(Input, [1, colours, height, width]);
        Value output = graph.Add(new Conv2d(3, pad: 1), Layer, 1, picture, graph.Parameter("taps", weights))[0];
        graph.Output(Layer, output);
        return graph;
    }
}
