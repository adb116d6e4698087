using LiveCam.Engine;
using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;
using LiveCam.Networks;

namespace LiveCam.Teaching;

/// <summary>Where a network's features are: what its last weighing step reads, or its output where that is no classifier.</summary>
public static class FeatureLayer
{
    /// <summary>
    /// Walks back from the output to the last step with a weight matrix. If that gives one number a class (or one for each place, averaged later, with nothing
    /// normalised after it) it is the classifier, and what it reads are the features; else the network ends in features.
    /// </summary>
    /// <exception cref="LiveCamException">The network cannot be run.</exception>
    public static string Find(PictureModel model)
    {
        Graph graph = model.Graph;
        TypedGraph typed = Compiler.Infer(graph, model.Compilation([]));
        HashSet<Value> seen = [.. graph.Inputs.Select(input => input.Value)];
        foreach (Node node in graph.Nodes)
            if (node.Inputs.Any(seen.Contains)) seen.UnionWith(node.Outputs.Where(output => output.Exists));
        Dictionary<Value, Node> makerOf = [];
        foreach (Node node in graph.Nodes)
            foreach (Value output in node.Outputs)
                if (output.Exists) makerOf[output] = node;

        (string name, Value at) = graph.Outputs[0];
        while (makerOf.TryGetValue(at, out Node? node))
        {
            Value[] data = [.. node.Inputs.Where(seen.Contains)], constants = [.. node.Inputs.Where(input => input.Exists && !seen.Contains(input))];
            // Two branches meet, or a normalisation: no classifier stands before those.
            if (data.Length != 1 || constants.Count(one => typed[one].Type == ElementType.Float32) > 2) break;
            Shape shape = typed[node.Outputs[0]].Shape;
            int channels = shape.Rank == 4 ? shape[model.Axes.Channel] : shape.ElementCount;
            if (constants.Any(one => typed[one].Type == ElementType.Float32 && typed[one].Shape.Rank >= 2 && typed[one].Shape.ElementCount >= 2L * channels))
                return graph.NameOf(data[0]);
            at = data[0];
        }
        return name;
    }
}
