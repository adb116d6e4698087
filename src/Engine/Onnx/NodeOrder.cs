using LiveCam.Engine.Onnx.Proto;

namespace LiveCam.Engine.Onnx;

/// <summary>Brings the nodes of a file into an order in which each follows what it reads; a file in such an order keeps it.</summary>
internal static class NodeOrder
{
    private const int MostNamed = 8;

    /// <param name="producer">The node that computes a value, by the value's name.</param>
    /// <returns>Indices into <paramref name="nodes"/>; the nodes of a cycle, and what follows them, are left out and reported.</returns>
    public static List<int> Sort(
        IReadOnlyList<NodeProto> nodes, IReadOnlyDictionary<string, int> producer, IReadOnlyList<string> names, ModelProblems problems)
    {
        var waitsFor = new int[nodes.Count];
        var readers = new List<int>?[nodes.Count];
        var ready = new PriorityQueue<int, int>();
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string input in nodes[i].Input)
            {
                if (!producer.TryGetValue(input, out int source))
                    continue;
                waitsFor[i]++;
                (readers[source] ??= []).Add(i);
            }
            if (waitsFor[i] == 0)
                ready.Enqueue(i, i);
        }
        var order = new List<int>(nodes.Count);
        while (ready.TryDequeue(out int node, out _))
        {
            order.Add(node);
            foreach (int reader in readers[node] ?? [])
                if (--waitsFor[reader] == 0)
                    ready.Enqueue(reader, reader);
        }
        if (order.Count < nodes.Count)
            problems.Add(Cycle(nodes, producer, names, waitsFor));
        return order;
    }

    /// <summary>Walks backwards among the nodes that never became ready until one comes up again.</summary>
    private static string Cycle(
        IReadOnlyList<NodeProto> nodes, IReadOnlyDictionary<string, int> producer, IReadOnlyList<string> names, int[] waitsFor)
    {
        var seenAt = new Dictionary<int, int>();
        var path = new List<int>();
        int node = Array.FindIndex(waitsFor, x => x > 0);
        while (seenAt.TryAdd(node, path.Count))
        {
            path.Add(node);
            foreach (string input in nodes[node].Input)
            {
                if (!producer.TryGetValue(input, out int source) || waitsFor[source] == 0)
                    continue;
                node = source;
                break;
            }
        }
        List<int> cycle = path[seenAt[node]..];
        cycle.Reverse();
        string named = string.Join(", ", cycle.Take(MostNamed).Select(x => $"\"{names[x]}\""));
        return cycle.Count == 1
            ? $"The node {named} reads its own result."
            : $"The nodes {named}{(cycle.Count > MostNamed ? $" and {cycle.Count - MostNamed} more" : "")} wait for each other in a cycle.";
    }
}
