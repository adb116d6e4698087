using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Graphs;

/// <summary>One value of a graph: the result of a node, an input, or a parameter.</summary>
public readonly record struct Value(int Id)
{
    /// <summary>An optional input that is not given, or an output nobody reads.</summary>
    public static Value None => new(-1);
    public bool Exists => Id >= 0;

    /// <summary>The number of the graph it belongs to; 0 for <see cref="None"/>.</summary>
    internal int Graph { get; init; }
}

/// <summary>An operation applied to values. Inputs and outputs may hold <see cref="Value.None"/> where the operation allows.</summary>
public sealed record Node(Op Op, Value[] Inputs, Value[] Outputs, string Name);

/// <summary>A named input: its element type and its shape, where -1 is an extent known only when a plan is made.</summary>
public sealed record GraphInput(string Name, Value Value, ElementType Type, Ints Extents);

/// <summary>An append-only list of nodes over values, with named inputs, outputs and parameters. It knows no device.</summary>
public sealed class Graph
{
    private static int graphs;

    private readonly List<Node> nodes = [];
    private readonly List<GraphInput> inputs = [];
    private readonly List<(string Name, Value Value)> outputs = [];
    private readonly List<string> names = [];
    private readonly Dictionary<string, Value> byName = [];
    private readonly Dictionary<Value, Parameter> parameters = [];
    private readonly Dictionary<Parameter, Value> valueOf = [];
    private readonly List<(Parameter Parameter, Value Value)> assignments = [];

    /// <summary>Tells this graph's values from those of others.</summary>
    internal int Number { get; } = Interlocked.Increment(ref graphs);

    /// <summary>In an order in which every node follows the nodes it reads from.</summary>
    public IReadOnlyList<Node> Nodes => nodes;
    public IReadOnlyList<GraphInput> Inputs => inputs;
    public IReadOnlyList<(string Name, Value Value)> Outputs => outputs;
    public IReadOnlyDictionary<Value, Parameter> Parameters => parameters;
    public int ValueCount => names.Count;

    /// <summary>Parameters that take a new value at the end of every finished pass, all at once.</summary>
    public IReadOnlyList<(Parameter Parameter, Value Value)> Assignments => assignments;

    /// <summary>A scalar that has to be other than 0 for the assignments of a pass to take place; none where they always do.</summary>
    public Value AssignmentGuard { get; private set; } = Value.None;

    /// <summary>Declares an input; an extent of -1 is fixed when a plan is made.</summary>
    public Value Input(string name, ElementType type, Ints extents)
    {
        Value value = NewValue(name);
        inputs.Add(new(name, value, type, extents));
        return value;
    }

    public Value Input(string name, Shape shape) => Input(name, ElementType.Float32, Ints.Create(shape.Span));

    /// <summary>The value of a parameter; the same parameter is one value however often it is asked for.</summary>
    public Value Parameter(Parameter parameter)
    {
        if (valueOf.TryGetValue(parameter, out Value known))
            return known;
        Value value = NewValue(parameter.Name);
        parameters[value] = parameter;
        valueOf[parameter] = value;
        return value;
    }

    public Value Parameter(string name, Tensor tensor) => Parameter(new Parameter(name, tensor));

    /// <summary>Appends an operation with one output.</summary>
    public Value Add(Op op, params ReadOnlySpan<Value> inputs) => Add(op, $"{op.Name}_{nodes.Count}", 1, inputs)[0];

    /// <summary>Appends an operation with a name and any number of outputs; outputs are named after the node unless renamed.</summary>
    public Value[] Add(Op op, string name, int outputCount, params ReadOnlySpan<Value> inputs)
    {
        foreach (Value input in inputs)
            if (input.Id >= names.Count)
                throw new ArgumentException($"Node {name} reads value {input.Id}, which does not exist yet.");
        var results = new Value[outputCount];
        for (int i = 0; i < outputCount; i++)
            results[i] = NewValue(i == 0 ? name : $"{name}:{i}");
        nodes.Add(new(op, inputs.ToArray(), results, name));
        return results;
    }

    /// <summary>Appends a node whose later outputs may be <see cref="Value.None"/> (<paramref name="outputNames"/> null).</summary>
    public Value[] Add(Op op, string name, ReadOnlySpan<string?> outputNames, ReadOnlySpan<Value> inputs)
    {
        var results = new Value[outputNames.Length];
        for (int i = 0; i < results.Length; i++)
            results[i] = outputNames[i] is { } output ? NewValue(output) : Value.None;
        nodes.Add(new(op, inputs.ToArray(), results, name));
        return results;
    }

    public void Output(string name, Value value) => outputs.Add((name, value));

    /// <summary>
    /// From the end of a pass on the parameter is this value: an optimizer's step, a running average. The only way a graph changes
    /// anything; within the pass every node sees the parameter as it was.
    /// </summary>
    public void Assign(Parameter parameter, Value value)
    {
        if (IsAssigned(parameter))
            throw new LiveCamException($"Parameter \"{parameter.Name}\" is assigned twice in one graph.");
        assignments.Add((parameter, value));
    }

    /// <summary>Lets the assignments of a pass take place only where a scalar is other than 0.</summary>
    public void GuardAssignments(Value guard) => AssignmentGuard = guard;

    public bool IsAssigned(Parameter parameter) => assignments.Exists(one => one.Parameter == parameter);

    public string NameOf(Value value) => names[value.Id];

    /// <summary>Lets a further name find a value, unless the name is taken.</summary>
    public void Alias(Value value, string name) => byName.TryAdd(name, value);

    /// <summary>Every name that finds a value.</summary>
    public IEnumerable<(string Name, Value Value)> Names => byName.Select(pair => (pair.Key, pair.Value));

    /// <summary>Finds a value by name.</summary>
    public bool TryFind(string name, out Value value) => byName.TryGetValue(name, out value);

    /// <summary>The value with this id.</summary>
    internal Value ValueAt(int id) => new(id) { Graph = Number };

    private Value NewValue(string name)
    {
        Value value = ValueAt(names.Count);
        names.Add(name);
        byName.TryAdd(name, value);
        return value;
    }
}
