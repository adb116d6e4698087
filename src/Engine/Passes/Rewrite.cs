using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Passes;

/// <summary>
/// One pass under way: a new graph that grows from an old one. Nodes nobody needs are left out; every value that is kept
/// or is an output finds its way into the new graph under its name.
/// </summary>
internal sealed class Rewrite
{
    private readonly Dictionary<Value, Value> map = [];
    private readonly Dictionary<Value, int> readers = [];
    private readonly Dictionary<Value, Node> producers = [];
    private readonly Dictionary<Value, Node> onlyReader = [];
    private readonly Dictionary<Value, string?> fusedInto = [];
    private readonly HashSet<Value> keep;
    private readonly HashSet<Parameter> assigned;

    public TypedGraph Source { get; }
    public Graph Target { get; } = new();

    /// <summary>The nodes of the old graph that an output or a kept value depends on.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    public Rewrite(TypedGraph source, IEnumerable<Value> keep)
    {
        Source = source;
        this.keep = [.. keep, .. source.Graph.Outputs.Select(output => output.Value), .. source.Graph.Assignments.Select(one => one.Value)];
        if (source.Graph.AssignmentGuard.Exists)
            this.keep.Add(source.Graph.AssignmentGuard);
        assigned = [.. source.Graph.Assignments.Select(one => one.Parameter)];
        var needed = new HashSet<Value>(this.keep);
        var nodes = new List<Node>();
        foreach (Node node in source.Graph.Nodes.Reverse())
        {
            if (!node.Outputs.Any(needed.Contains))
                continue;
            nodes.Add(node);
            foreach (Value input in node.Inputs)
                if (input.Exists)
                    needed.Add(input);
        }
        nodes.Reverse();
        Nodes = nodes;
        foreach (Node node in nodes)
        {
            foreach (Value input in node.Inputs)
            {
                readers[input] = readers.GetValueOrDefault(input) + 1;
                onlyReader[input] = node;
            }
            foreach (Value output in node.Outputs)
                producers[output] = node;
        }
        foreach (GraphInput input in source.Graph.Inputs)
            map[input.Value] = Target.Input(input.Name, input.Type, input.Extents);
    }

    public bool IsKept(Value old) => keep.Contains(old);

    /// <summary>The node that computes a value, or null for inputs and parameters.</summary>
    public Node? Producer(Value old) => producers.GetValueOrDefault(old);

    /// <summary>The single reader of a value that may be swallowed: nobody else reads it and nobody asked to keep it.</summary>
    public Node? SoleReader(Value old) => readers.GetValueOrDefault(old) == 1 && !IsKept(old) ? onlyReader[old] : null;

    /// <summary>The parameter a value is, or null; one that the graph itself assigns is no constant and does not count.</summary>
    public Parameter? Parameter(Value old) =>
        Source.Graph.Parameters.TryGetValue(old, out Parameter? parameter) && !assigned.Contains(parameter) ? parameter : null;

    /// <summary>The new value for an old one.</summary>
    public Value Map(Value old)
    {
        if (!old.Exists)
            return Value.None;
        if (map.TryGetValue(old, out Value known))
            return known;
        if (Source.Graph.Parameters.TryGetValue(old, out Parameter? parameter))
            return map[old] = Target.Parameter(parameter);
        throw new InvalidOperationException($"Value {Source.Graph.NameOf(old)} was not rewritten before it was read.");
    }

    /// <summary>The new value for an old one; <see cref="Value.None"/> where the pass has none for it.</summary>
    public Value Mapped(Value old) => map.GetValueOrDefault(old, Value.None);

    /// <summary>The name of the first new value that holds what was computed from an old one; null where nothing does.</summary>
    public string? FusedInto(Value old)
    {
        List<Value> path = [];
        string? name = null;
        while (!fusedInto.TryGetValue(old, out name) && onlyReader.TryGetValue(old, out Node? reader)
            && reader.Outputs.FirstOrDefault(output => output.Exists, Value.None) is { Exists: true } next)
        {
            path.Add(old);
            if (Mapped(next) is { Exists: true } now)
            {
                name = Target.NameOf(now);
                break;
            }
            old = next;
        }
        foreach (Value one in path) fusedInto[one] = name;
        return name;
    }

    /// <summary>Takes a node over as it is.</summary>
    public void Copy(Node node) => Copy(node, node.Op, Array.ConvertAll(node.Inputs, Map));

    /// <summary>Takes a node over with another operation or other inputs (values of the new graph).</summary>
    public void Copy(Node node, Op op, params Value[] inputs)
    {
        string?[] names = Array.ConvertAll(node.Outputs, value => value.Exists ? Source.Graph.NameOf(value) : null);
        Value[] outputs = Target.Add(op, node.Name, names, inputs);
        for (int i = 0; i < outputs.Length; i++)
            if (node.Outputs[i].Exists)
                map[node.Outputs[i]] = outputs[i];
    }

    /// <summary>From now on an old value is this new one.</summary>
    public void Replace(Value old, Value by) => map[old] = by;

    /// <summary>Ends the pass: outputs and kept values get their names; returns the kept values of the new graph.</summary>
    public List<Value> Finish()
    {
        foreach ((string name, Value value) in Source.Graph.Names)
            if (IsKept(value))
                Target.Alias(Map(value), name);
        foreach ((string name, Value value) in Source.Graph.Outputs)
            Target.Output(name, Map(value));
        foreach ((Parameter parameter, Value value) in Source.Graph.Assignments)
            Target.Assign(parameter, Map(value));
        if (Source.Graph.AssignmentGuard.Exists)
            Target.GuardAssignments(Map(Source.Graph.AssignmentGuard));
        return [.. keep.Select(Map)];
    }
}
