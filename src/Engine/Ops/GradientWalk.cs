using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Ops;

/// <summary>The reverse walk: from a scalar back to the values it depends on, every operation asked for its own reverse.</summary>
internal static class GradientWalk
{
    extension(Graph graph)
    {
        /// <summary>
        /// Appends nodes that compute the gradient of <paramref name="loss"/> with respect to values of the graph: parameters, inputs
        /// or anything in between. Only nodes between them and the loss are walked, so a layer is frozen by leaving its parameters out.
        /// </summary>
        /// <param name="loss">A scalar; of a larger value, the sum of its elements is differentiated.</param>
        /// <returns>One value for each of <paramref name="wrt"/>, of the same shape.</returns>
        /// <exception cref="LiveCamException">Operators on the way have no gradient (all of them are named), or the loss does not depend on a value.</exception>
        public Value[] Gradients(Value loss, params IReadOnlyList<Value> wrt) => graph.Gradients(loss, wrt, GradientRule.Plain);

        /// <summary>As the gradient, with a rule for what rectifiers pass back: the mechanism of explanations.</summary>
        public Value[] Gradients(Value loss, IReadOnlyList<Value> wrt, GradientRule rule)
        {
            Value[] gradients = Walk(graph, loss, wrt, rule);
            string[] idle = [.. gradients.Index().Where(one => !one.Item.Exists).Select(one => $"\"{graph.NameOf(wrt[one.Index])}\"")];
            return idle.Length == 0 ? gradients : throw new LiveCamException(
                $"The gradient of \"{graph.NameOf(loss)}\" with respect to {string.Join(", ", idle)} was asked for, but it does not depend on {(idle.Length == 1 ? "it" : "them")}. Leave {(idle.Length == 1 ? "it" : "them")} out.");
        }
    }

    /// <summary>As <c>Gradients</c>, with <see cref="Value.None"/> for values the loss does not depend on.</summary>
    internal static Value[] Walk(Graph graph, Value loss, IReadOnlyList<Value> wrt, GradientRule rule = GradientRule.Plain)
    {
        Node[] nodes = [.. graph.Nodes];
        var wanted = new HashSet<Value>(wrt);
        foreach (Node node in nodes)
            if (node.Inputs.Index().Any(input => wanted.Contains(input.Item) && !node.Op.ReadsShapeOnly(input.Index)))
                wanted.UnionWith(node.Outputs.Where(value => value.Exists));
        var parts = new Dictionary<Value, List<Value>>();
        if (wanted.Contains(loss))
            parts[loss] = [graph.Add(new ExpandLike(), $"{graph.NameOf(loss)} gradient", 1, graph.Parameter("one", Tensor.Scalar(1f)), loss)[0]];
        var refused = new List<string>();
        foreach (Node node in nodes.Reverse())
        {
            if (!node.Outputs.Any(parts.ContainsKey) || !node.Inputs.Any(wanted.Contains))
                continue;
            var call = new GradientCall(graph, node, wanted.Contains, [.. node.Outputs.Select(value => Sum(graph, parts, value))]) { Rule = rule };
            node.Op.Gradient(call);
            if (call.IsRefused)
                refused.Add($"{node.Op.Name} \"{node.Name}\"");
            for (int i = 0; i < node.Inputs.Length; i++)
                if (call.Wants(i) && call[i].Exists)
                {
                    if (!parts.TryGetValue(node.Inputs[i], out List<Value>? list))
                        parts[node.Inputs[i]] = list = [];
                    list.Add(call[i]);
                }
        }
        if (refused.Count > 0)
            throw new LiveCamException(
                $"The gradient of \"{graph.NameOf(loss)}\" passes operators that have none: {string.Join(", ", refused)}. Freeze the parameters before them.");
        return [.. wrt.Select(value => Sum(graph, parts, value))];
    }

    /// <summary>All contributions to one gradient, added in a fixed order; a sum is made once.</summary>
    private static Value Sum(Graph graph, Dictionary<Value, List<Value>> parts, Value value)
    {
        if (!parts.TryGetValue(value, out List<Value>? list))
            return Value.None;
        if (list.Count > 1)
            parts[value] = list = [graph.Add(new Sum(), $"{graph.NameOf(value)} gradient sum", 1, [.. list])[0]];
        return list[0];
    }
}
