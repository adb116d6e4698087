using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Training;

/// <summary>Which parameters keep their value.</summary>
public static class Freezing
{
    private const int MostNamed = 24;

    /// <summary>The parameters of a layer and of all it depends on.</summary>
    /// <param name="layer">The name of a node or of its result.</param>
    /// <exception cref="LiveCamException">There is no such layer.</exception>
    public static IReadOnlySet<Parameter> UpTo(Graph graph, string layer)
    {
        Node last = graph.Nodes.FirstOrDefault(node => node.Name == layer || node.Outputs.Any(value => value.Exists && graph.NameOf(value) == layer))
            ?? throw new LiveCamException($"Cannot freeze up to \"{layer}\": the network has no such layer; it has {Layers(graph)}.");
        var wanted = new HashSet<Value>(last.Inputs);
        foreach (Node node in graph.Nodes.Reverse())
            if (node.Outputs.Any(wanted.Contains)) wanted.UnionWith(node.Inputs);
        return graph.Parameters.Where(one => wanted.Contains(one.Key)).Select(one => one.Value).ToHashSet();
    }

    private static string Layers(Graph graph)
    {
        string[] names = [.. graph.Nodes.Where(node => node.Op is Conv2d or Gemm or MatMul or BatchNormalization or MaxPool or Add).Select(node => node.Name)];
        return names.Length <= MostNamed ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostNamed))} and {names.Length - MostNamed} more (`livecam inspect` lists them)";
    }
}
