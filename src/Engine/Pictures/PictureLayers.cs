using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Pictures;

/// <summary>Layers of a network that are worth asking for by what they are.</summary>
public static class PictureLayers
{
    /// <summary>
    /// The output of the weighing step (at least 16 floating point operations an element) halfway through the network, among those
    /// that are still pictures; null where there is none.
    /// </summary>
    /// <exception cref="LiveCamException">The network cannot be run.</exception>
    public static string? Middle(PictureModel model, Device device)
    {
        using Plan plan = Compiler.Compile(model.Graph, device, model.Compilation([]));
        List<PlanStep> steps = [.. plan.Steps.Where(step => step.Shape.Rank == 4 && step.Shape[2] > 1 && step.Shape[3] > 1 && step.Flop >= 16L * step.Shape.ElementCount)];
        return steps.Count == 0 ? null : plan.Lowered.Graph.NameOf(steps[steps.Count / 2].Output);
    }

    /// <summary>
    /// Where a network's features are: what its last weighing step reads, or its output where that is no classifier.
    /// Walks back from the output to the last step with a weight matrix. If that gives one number a class (or one for each place, averaged later, with nothing
    /// normalised after it) it is the classifier, and what it reads are the features; else the network ends in features.
    /// </summary>
    /// <exception cref="LiveCamException">The network cannot be run.</exception>
    public static string Features(PictureModel model)
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
