using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Passes;

/// <summary>
/// Finds the sums of a residual network, in which a branch of several layers is added to what it began with, or to a shorter way from there
/// (He et al. 2016): the branch is what stochastic depth leaves out.
/// </summary>
internal static class ResidualBranches
{
    /// <returns>The sums in the graph's order, each with the number of the input that is its branch.</returns>
    public static IReadOnlyList<(Node Sum, int Branch)> Of(Graph graph)
    {
        var producers = new Dictionary<Value, Node>();
        HashSet<Value> follows = [.. graph.Inputs.Select(input => input.Value)];
        var found = new List<(Node, int)>();
        foreach (Node node in graph.Nodes)
        {
            if (node.Inputs.Any(follows.Contains))
                follows.UnionWith(node.Outputs);
            foreach (Value output in node.Outputs)
                producers[output] = node;
            if (node.Op is Add or Sum && node.Inputs.Length == 2 && node.Inputs.All(follows.Contains))
                for (int branch = 0; branch < 2; branch++)
                    if (IsShortcut(node.Inputs[1 - branch], node.Inputs[branch], producers, follows))
                        found.Add((node, branch));
        }
        return found;
    }

    /// <summary>Whether one way, node by node without another input, leads back to a value that the branch comes from by more nodes.</summary>
    private static bool IsShortcut(Value way, Value branch, Dictionary<Value, Node> producers, HashSet<Value> follows)
    {
        Dictionary<Value, int> behind = Distances(branch, producers);
        for (int steps = 0; ; steps++)
        {
            if (behind.TryGetValue(way, out int distance))
                return distance > steps;
            if (!producers.TryGetValue(way, out Node? node) || node.Inputs.Where(follows.Contains).ToArray() is not [var before])
                return false;
            way = before;
        }
    }

    /// <summary>Everything a value is computed from, and the fewest nodes between.</summary>
    private static Dictionary<Value, int> Distances(Value value, Dictionary<Value, Node> producers)
    {
        var distances = new Dictionary<Value, int> { [value] = 0 };
        var open = new Queue<Value>([value]);
        while (open.TryDequeue(out Value at))
            if (producers.TryGetValue(at, out Node? node))
                foreach (Value input in node.Inputs)
                    if (input.Exists && distances.TryAdd(input, distances[at] + 1))
                        open.Enqueue(input);
        return distances;
    }
}
