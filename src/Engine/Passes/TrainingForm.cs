using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Passes;

/// <summary>
/// A network as it is trained: the same parameters, the batch's extent open, BatchNormalization by the batch's own statistics with
/// its running averages assigned, dropout at work, pooling before the non-linearity. Frozen parts stay as they are at inference.
/// </summary>
public static class TrainingForm
{
    /// <param name="output">What the loss is taken of.</param>
    /// <param name="frozen">Whether a parameter keeps its value; a BatchNormalization whose scale does is left in its inference form.</param>
    /// <param name="step">Makes the value that counts steps, where something random needs it.</param>
    /// <param name="seed">Of everything random.</param>
    /// <param name="dropPath">Stochastic depth (Huang et al. 2016, section 3): how often a picture goes without the last residual branch; without those before it
    /// evenly less often.</param>
    /// <returns>The new graph and what became of the old one's values.</returns>
    /// <exception cref="LiveCamException">Branches are to be dropped, but there are none.</exception>
    public static (Graph Graph, Func<Value, Value> Map) Of(Graph model, Value output, Func<Parameter, bool> frozen, Func<Graph, Value> step, uint seed, float dropPath = 0)
    {
        Value counter = Value.None;
        Value Dropped(Graph graph, Value x, string name, float ratio, bool perSample)
        {
            counter = counter.Exists ? counter : step(graph);
            return graph.Add(new RandomDropout(ratio, perSample, seed + (uint)graph.Nodes.Count * 0x9E3779B9u), name, 1, x, counter)[0];
        }
        IReadOnlyList<(Node Sum, int Branch)> branches = dropPath > 0 ? ResidualBranches.Of(model) : [];
        if (dropPath > 0 && branches.Count == 0)
            throw new LiveCamException("Residual branches are to be dropped at random, but the network has none.");
        Dictionary<Node, (int Branch, int Number)> numbered = branches.Index().ToDictionary(one => one.Item.Sum, one => (one.Item.Branch, one.Index + 1));
        Dictionary<Node, Node> exchanged = PooledActivations(model, output);
        HashSet<Node> postponed = [.. exchanged.Values];
        return Copy(model, (graph, node, inputs) =>
        {
            if (postponed.Contains(node))
                return inputs[0];
            if (exchanged.TryGetValue(node, out Node? relu))
                return graph.Add(relu.Op, relu.Name, 1, graph.Add(node.Op, node.Name, 1, inputs)[0])[0];
            Parameter? ParameterOf(int input) => model.Parameters.GetValueOrDefault(node.Inputs[input]);
            if (node.Op is BatchNormalization { Training: false } norm && ParameterOf(1) is { } scale && !frozen(scale)
                && ParameterOf(3) is { } mean && ParameterOf(4) is { } variance)
            {
                Value[] outputs = graph.Add(norm with { Training = true }, node.Name, 3, inputs);
                graph.Assign(mean, outputs[1]);
                graph.Assign(variance, outputs[2]);
                return outputs[0];
            }
            if (node.Op is Dropout { Ratio: > 0 } dropout && !(node.Outputs.Length > 1 && node.Outputs[1].Exists))
                return Dropped(graph, inputs[0], node.Name, dropout.Ratio, dropout.PerSample);
            if (numbered.TryGetValue(node, out (int Branch, int Number) residual))
            {
                inputs[residual.Branch] = Dropped(graph, inputs[residual.Branch], $"{node.Name} branch", dropPath * residual.Number / numbered.Count, perSample: true);
                return graph.Add(node.Op, node.Name, 1, inputs)[0];
            }
            return null;
        });
    }

    /// <summary>
    /// Max pooling that is all that reads a ReLU, with that ReLU. The largest of the values cut at zero is the largest value cut at zero, and both ways the gradient goes to
    /// where that was or is zero; behind the pooling the ReLU and its gradient have a fraction of the elements.
    /// </summary>
    private static Dictionary<Node, Node> PooledActivations(Graph model, Value output)
    {
        Dictionary<Value, Node> activations = model.Nodes.Where(node => node.Op is Relu).ToDictionary(node => node.Outputs[0]);
        Dictionary<Value, int> readers = model.Nodes.SelectMany(node => node.Inputs).Append(output).CountBy(value => value).ToDictionary();
        return model.Nodes.Where(node => node is { Op: MaxPool, Outputs.Length: 1 } && activations.ContainsKey(node.Inputs[0]) && readers[node.Inputs[0]] == 1)
            .ToDictionary(pool => pool, pool => activations[pool.Inputs[0]]);
    }

    /// <param name="instead">What takes the place of a node, or null where it is taken over.</param>
    private static (Graph Graph, Func<Value, Value> Map) Copy(Graph model, Func<Graph, Node, Value[], Value?> instead)
    {
        var graph = new Graph();
        var map = new Dictionary<Value, Value>();
        foreach (GraphInput input in model.Inputs)
            map[input.Value] = graph.Input(input.Name, input.Type, input.Extents.Count == 0 ? input.Extents : Ints.Create([-1, .. input.Extents.Skip(1)]));
        Value Map(Value old)
        {
            if (old.Exists && !map.ContainsKey(old))
                map[old] = graph.Parameter(model.Parameters[old]);
            return old.Exists ? map[old] : Value.None;
        }
        foreach (Node node in model.Nodes)
        {
            Value[] inputs = Array.ConvertAll(node.Inputs, Map);
            if (instead(graph, node, inputs) is { } other)
            {
                map[node.Outputs[0]] = other;
                continue;
            }
            string?[] names = Array.ConvertAll(node.Outputs, value => value.Exists ? model.NameOf(value) : null);
            foreach ((Value old, Value made) in node.Outputs.Zip(graph.Add(node.Op, node.Name, names, inputs)))
                if (old.Exists)
                    map[old] = made;
        }
        return (graph, Map);
    }

    /// <summary>The network as it is at inference, with the batch's extent open and one of its values the output.</summary>
    public static Graph Open(Graph model, Value output, string name)
    {
        (Graph graph, Func<Value, Value> map) = Copy(model, (_, _, _) => null);
        graph.Output(name, map(output));
        return graph;
    }

    /// <summary>
    /// What training may change: weights and biases of convolutions and matrix products, scales and shifts of normalizations, and
    /// numbers added or multiplied behind the first of those. What stands before (a mean picture, say) is preparation.
    /// </summary>
    public static IReadOnlyList<Parameter> Trainable(Graph model)
    {
        var found = new List<Parameter>();
        var behind = new HashSet<Value>();
        foreach (Node node in model.Nodes)
        {
            bool follows = node.Inputs.Any(behind.Contains);
            bool layer = node.Op is Conv2d or ConvTranspose or Gemm or MatMul or BatchNormalization or LayerNormalization;
            if (layer || follows)
                behind.UnionWith(node.Outputs);
            for (int i = 0; i < node.Inputs.Length; i++)
                if (model.Parameters.TryGetValue(node.Inputs[i], out Parameter? parameter) && parameter is { Type: ElementType.Float32, Shape.Rank: > 0, IsDerived: false }
                    && (node.Op is Conv2d or ConvTranspose or Gemm or BatchNormalization or LayerNormalization ? i is 1 or 2 : node.Op is MatMul || node.Op is Add or Mul && follows)
                    && !found.Contains(parameter))
                    found.Add(parameter);
        }
        return found;
    }
}
