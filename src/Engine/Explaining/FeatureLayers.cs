using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>Which layer a class activation map is made from.</summary>
internal static class FeatureLayers
{
    /// <summary>
    /// The maps of the last convolution that has more than one place and that the target's value depends on, behind the normalization, sum and activation that follow it.
    /// </summary>
    /// <param name="below">Whether maps that are the classes' own, one each, are passed over for what they were computed from.</param>
    /// <exception cref="LiveCamException">There is no such convolution.</exception>
    public static Value Last(ExplainNetwork network, Value target, bool below = false)
    {
        HashSet<Value> needed = Needed(network, target);
        foreach (Node node in network.Model.Graph.Nodes.Reverse())
        {
            if (node.Op is not Conv2d || !needed.Contains(node.Outputs[0]) || !HasPlaces(network, node.Outputs[0])) continue;
            Value maps = Behind(network, node.Outputs[0], needed);
            if (maps == target) continue;
            bool areClasses = target == network.Scores && network.Typed[node.Outputs[0]].Shape[1] == network.Typed[network.Scores].Shape.ElementCount;
            return below && areClasses && HasPlaces(network, node.Inputs[0]) ? node.Inputs[0] : maps;
        }
        throw new LiveCamException($"A class activation map of {network.Model.Name}: no convolution with more than one place lies before the target, so there are no maps to weigh; input-gradient, integrated-gradients, occlusion or rise need none.");
    }

    /// <summary>Follows the single reader of a value as long as each place stays its own: normalization, activation, sum, concatenation.</summary>
    private static Value Behind(ExplainNetwork network, Value value, HashSet<Value> needed)
    {
        Shape shape = network.Typed[value].Shape;
        while (network.Model.Graph.Nodes.Where(node => node.Inputs.Contains(value) && needed.Contains(node.Outputs[0])).Take(2).ToArray() is [var reader]
            && reader.Op is not (Conv2d or WindowPooling) && HasPlaces(network, reader.Outputs[0])
            && network.Typed[reader.Outputs[0]].Shape is var next && next[2] == shape[2] && next[3] == shape[3])
            value = reader.Outputs[0];
        return value;
    }

    private static bool HasPlaces(ExplainNetwork network, Value value) => network.Sees(value) && network.Typed[value].Shape is { Rank: 4 } shape && shape[2] * shape[3] > 1;

    /// <summary>Everything a value depends on, and the value.</summary>
    private static HashSet<Value> Needed(ExplainNetwork network, Value target)
    {
        HashSet<Value> needed = [target];
        foreach (Node node in network.Model.Graph.Nodes.Reverse())
            if (node.Outputs.Any(needed.Contains)) needed.UnionWith(node.Inputs.Where(input => input.Exists));
        return needed;
    }
}
