using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Passes;

/// <summary>
/// A network whose file fixes one picture a run, made for any number: the input's first extent is open, and a Reshape whose constant target
/// begins with that 1 takes the number of pictures in its place. Whether the network then treats pictures apart is for the caller to check.
/// </summary>
public static class OpenBatch
{
    /// <param name="model">With what is known of its values for one picture.</param>
    /// <returns>The same nodes with the same names, on the same parameters.</returns>
    public static Graph Run(TypedGraph model)
    {
        Graph old = model.Graph, graph = new();
        var map = new Dictionary<Value, Value>();
        var follows = new HashSet<Value>();
        foreach (GraphInput input in old.Inputs)
        {
            map[input.Value] = graph.Input(input.Name, input.Type, input.Extents.Count == 0 ? input.Extents : Ints.Create([-1, .. input.Extents.Skip(1)]));
            follows.Add(input.Value);
        }
        foreach (Node node in old.Nodes)
        {
            if (node.Inputs.Any(follows.Contains))
                follows.UnionWith(node.Outputs);
            Value[] inputs = Array.ConvertAll(node.Inputs, Map);
            if (node.Op is Reshape reshape && follows.Contains(node.Inputs[0]) && !follows.Contains(node.Inputs[1])
                && Opened(model[node.Inputs[1]].Known, reshape.AllowZero) is { } target)
                inputs[1] = graph.Parameter($"{old.NameOf(node.Inputs[1])} for any number of pictures, {node.Name}", target);
            string?[] names = Array.ConvertAll(node.Outputs, value => value.Exists ? old.NameOf(value) : null);
            foreach ((Value before, Value made) in node.Outputs.Zip(graph.Add(node.Op, node.Name, names, inputs)))
                if (before.Exists)
                    map[before] = made;
        }
        foreach ((string name, Value value) in old.Outputs)
            graph.Output(name, Map(value));
        return graph;

        Value Map(Value value) => !value.Exists ? Value.None : map.TryGetValue(value, out Value made) ? made : map[value] = graph.Parameter(old.Parameters[value]);
    }

    /// <summary>A target that finds, or keeps, its first extent; null where it names no 1 there, or has no way to say so.</summary>
    private static Tensor? Opened(Tensor? target, bool allowZero)
    {
        if (target is not { Type: ElementType.Int64, Count: > 1 } || target.Span<long>() is not [1, ..])
            return null;
        long[] extents = target.Span<long>().ToArray();
        if (extents.Contains(-1) && allowZero)
            return null;
        extents[0] = extents.Contains(-1) ? 0 : -1;
        return Tensor.Of<long>(target.Shape, extents);
    }
}
