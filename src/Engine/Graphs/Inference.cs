using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>Computes a node's outputs from tensors: how constants are folded. Null where the node cannot be run alone.</summary>
public delegate Tensor[]? Evaluate(Node node, Tensor?[] inputs);

/// <summary>A graph with everything known about its values for one set of input shapes.</summary>
public sealed class TypedGraph
{
    /// <summary>Values up to this many elements are computed while shapes are inferred, so that shapes may depend on them.</summary>
    private const int LargestKnown = 1 << 16;

    private readonly ValueInfo?[] infos;

    public Graph Graph { get; }

    private TypedGraph(Graph graph, ValueInfo?[] infos) => (Graph, this.infos) = (graph, infos);

    public ValueInfo this[Value value] => infos[value.Id]!;

    /// <summary>Whether anything is known of a value: not so behind a broken node.</summary>
    public bool Knows(Value value) => infos[value.Id] is not null;

    /// <summary>Asks every operation for its outputs. Problems are collected, each naming its node; what follows a broken node is left out.</summary>
    /// <param name="shapes">Concrete shapes by input name; an input left out takes its declared shape with 1 for unknown extents.</param>
    public static TypedGraph Infer(
        Graph graph, IReadOnlyDictionary<string, Shape>? shapes, Evaluate evaluate, ICollection<string> problems)
    {
        var infos = new ValueInfo?[graph.ValueCount];
        var assigned = graph.Assignments.Select(one => one.Parameter).ToHashSet();
        foreach (GraphInput input in graph.Inputs)
            infos[input.Value.Id] = new(input.Type, InputShape(input, shapes), null);
        foreach ((Value value, Parameter parameter) in graph.Parameters)
            infos[value.Id] = new(parameter.Type, parameter.Shape,
                parameter.Shape.ElementCount <= LargestKnown && !assigned.Contains(parameter) ? parameter.Value : null);
        foreach (Node node in graph.Nodes)
        {
            var given = new ValueInfo?[node.Inputs.Length];
            bool broken = false;
            for (int i = 0; i < given.Length; i++)
                if (node.Inputs[i].Exists && (given[i] = infos[node.Inputs[i].Id]) is null)
                    broken = true;
            if (broken)
                continue;
            try
            {
                var call = new InferCall(node, given);
                node.Checked(() => Asked(call));
                for (int i = 0; i < node.Outputs.Length; i++)
                    if (node.Outputs[i].Exists)
                        infos[node.Outputs[i].Id] = call.OutputInfo(i);
                Know(node, given, infos, evaluate);
            }
            catch (LiveCamException error)
            {
                string message = error.Message;
                problems.Add(message.Contains($"\"{node.Name}\"") ? message : $"{node.Op.Name} \"{node.Name}\": {message}");
            }
        }
        return new(graph, infos);
    }

    /// <summary>The same question put to one node again, for its cost or an alias.</summary>
    public InferCall Call(Node node)
    {
        var given = new ValueInfo?[node.Inputs.Length];
        for (int i = 0; i < given.Length; i++)
            given[i] = node.Inputs[i].Exists ? infos[node.Inputs[i].Id] : null;
        var call = new InferCall(node, given);
        return node.Checked(() => Asked(call));
    }

    /// <summary>What running a node once takes.</summary>
    /// <exception cref="LiveCamException">More than can be counted.</exception>
    public Cost Cost(Node node) => node.Checked(() => node.Op.Cost(Call(node)));

    private static InferCall Asked(InferCall call)
    {
        call.Node.Op.Infer(call);
        return call;
    }

    private static void Know(Node node, ValueInfo?[] given, ValueInfo?[] infos, Evaluate evaluate)
    {
        if (node.Inputs.Length == 0 || node.Outputs.Length == 0)
            return;
        foreach (Value output in node.Outputs)
            if (output.Exists && (infos[output.Id]!.Known is not null || infos[output.Id]!.Shape.ElementCount > LargestKnown))
                return;
        foreach (ValueInfo? info in given)
            if (info is { Known: null })
                return;
        if (evaluate(node, Array.ConvertAll(given, x => x?.Known)) is not { } results)
            return;
        for (int i = 0; i < results.Length; i++)
            if (node.Outputs[i].Exists)
                infos[node.Outputs[i].Id] = infos[node.Outputs[i].Id]! with { Known = results[i] };
    }

    private static Shape InputShape(GraphInput input, IReadOnlyDictionary<string, Shape>? shapes)
    {
        if (shapes is null || !shapes.TryGetValue(input.Name, out Shape given))
            return Shape.Create(Array.ConvertAll(input.Extents.Span.ToArray(), x => x < 0 ? 1 : x));
        bool fits = given.Rank == input.Extents.Count;
        for (int i = 0; fits && i < given.Rank; i++)
            fits = input.Extents[i] < 0 || input.Extents[i] == given[i];
        return fits ? given : throw new LiveCamException(
            $"Input \"{input.Name}\" was given shape {given}, but the model declares {string.Join('x', input.Extents.Select(x => x < 0 ? "?" : x.ToString()))}.");
    }
}
