using LiveCam.Engine.Graphs;
using LiveCam.Engine.Models;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Pictures;

/// <summary>How a network takes a picture, and what has to be put before it so that it takes one of floats in four axes.</summary>
/// <param name="Axes">Of the picture.</param>
/// <param name="Extents">The declared ones in four axes; -1 is open.</param>
/// <param name="Batch">How many pictures the file demands at once; 1 where it takes one.</param>
/// <param name="IsWhole">Whether the network's own input has other axes: no batch, or a flat row.</param>
internal sealed record PictureInput(PictureAxes Axes, Ints Extents, int Batch, bool IsWhole)
{
    /// <summary>Channels, height and width; -1 for an open one.</summary>
    public (int Channels, int Height, int Width) Sides => (Extents[Axes.Channel], Extents[Axes.Row], Extents[Axes.Column]);

    /// <exception cref="LiveCamException">The network takes no picture.</exception>
    public static PictureInput Of(string path, Graph graph)
    {
        if (graph.Inputs.Count != 1)
            throw new LiveCamException($"Cannot feed pictures to {path}: it has {graph.Inputs.Count} inputs "
                + $"({string.Join(", ", graph.Inputs.Select(x => x.Name))}), but a network for pictures has one; `livecam bench` and `livecam inspect` take any model.");
        GraphInput input = graph.Inputs[0];
        int[] own = [.. input.Extents];
        string declared = $"{input.Type} {string.Join('x', own.Select(x => x < 0 ? "?" : x.ToString()))}";
        if (input.Type != ElementType.Float32)
            throw new LiveCamException($"Cannot feed pictures to {path}: its input \"{input.Name}\" is {declared}, but one picture is Float32 1x3xHxW or 1x1xHxW; is it a network for pictures?");
        int[]? whole = own.Length switch
        {
            4 => own,
            // No axis for the batch, or one flat row.
            3 when Array.TrueForAll(own, extent => extent > 0) => [1, .. own],
            2 when own[0] <= 1 => Unrolled(own[1]),
            1 => Unrolled(own[0]),
            _ => null,
        };
        bool first = whole?[1] is 1 or 3, last = whole?[3] is 1 or 3;
        if (whole is null || !first && !last)
            throw new LiveCamException($"Cannot feed pictures to {path}: its input \"{input.Name}\" is {declared}, which {(own.Length < 3 ? "is no row of a square picture's pixels" : "has no axis of 1 or 3 channels")}; is it a network for pictures?");
        return new(first ? PictureAxes.Nchw : PictureAxes.Nhwc, Ints.Create(whole), Math.Max(1, whole[0]), own.Length == 4);
    }

    /// <summary>The network for one picture of floats, with the one output that ranks classes.</summary>
    /// <param name="output">Its name, where somebody gave one.</param>
    /// <param name="notes">Takes what was decided.</param>
    public Graph Adapt(Graph graph, string path, string? output, List<string> notes)
    {
        string kept = PictureOutput.Choose(graph, this, path, output, notes);
        if (IsWhole && Batch == 1) return graph.Outputs.Count == 1 ? graph : PictureGraph.For(graph, graph.Inputs[0].Extents, 1, kept);
        int[] open = [-1, .. Extents.Skip(1)];
        if (!IsWhole)
        {
            notes.Add($"the input of {path} is {(graph.Inputs[0].Extents.Count == 3 ? "a picture without a batch" : $"a row of {graph.Inputs[0].Extents[^1]} numbers, taken as a picture of {Sides.Channels}x{Sides.Height}x{Sides.Width}, channels first")}.");
            return PictureGraph.For(graph, Ints.Create(open), 1, kept);
        }
        Graph opened = PictureGraph.For(graph, Ints.Create(open), 1, kept);
        if (PictureOutput.Of(opened, this) is { Shape.Rank: > 0 } answer && answer.Shape[0] == 1) return opened;
        notes.Add($"{path} takes {Batch} pictures at once, so each picture is given {Batch} times.");
        return PictureGraph.For(graph, Ints.Create([1, .. Extents.Skip(1)]), Batch, kept);
    }

    /// <summary>Four axes of a row that holds a square picture of one or three channels; null where it holds none.</summary>
    private static int[]? Unrolled(int count)
    {
        foreach (int channels in (ReadOnlySpan<int>)[1, 3])
            if (count > 3 && (int)Math.Round(Math.Sqrt(count / channels)) is var side && side * side * channels == count) return [-1, channels, side, side];
        return null;
    }
}
