using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Planning;

/// <summary>A graph ready to be planned: shapes, types and layouts of all values, and which values outlive the run.</summary>
public sealed class LoweredGraph
{
    private readonly TypedGraph typed;
    private readonly IReadOnlyDictionary<Value, Layout> layouts;
    private readonly HashSet<Value> kept, inputs;

    private readonly Func<Graph, Device, Plan> compile;

    /// <param name="compile">Compiles a small graph for another device: how a device runs on the host what it cannot run itself.</param>
    public LoweredGraph(TypedGraph typed, IReadOnlyDictionary<Value, Layout> layouts, IEnumerable<Value> keep, Func<Graph, Device, Plan> compile)
    {
        (this.typed, this.layouts, this.compile) = (typed, layouts, compile);
        kept = [.. keep];
        inputs = [.. Graph.Inputs.Select(input => input.Value)];
        foreach ((_, Value value) in Graph.Outputs)
            kept.Add(value);
        foreach ((_, Value value) in Graph.Assignments)
            kept.Add(value);
        if (Graph.AssignmentGuard.Exists)
            kept.Add(Graph.AssignmentGuard);
    }

    /// <summary>Whether sums are to be taken as defined, without fast algorithms that round more.</summary>
    public bool Exact { get; init; }

    public Graph Graph => typed.Graph;

    /// <summary>The values of the graph before the passes; null where none has run.</summary>
    public SourceValues? Sources { get; init; }
    public IReadOnlyList<Node> Nodes => Graph.Nodes;
    public ValueInfo this[Value value] => typed[value];
    public Layout LayoutOf(Value value) => layouts.GetValueOrDefault(value, Layout.RowMajor);
    public bool IsKept(Value value) => kept.Contains(value);
    public bool IsParameter(Value value) => Graph.Parameters.ContainsKey(value);
    public Plan CompileHost(Graph graph, Device host) => compile(graph, host);
    public IReadOnlyList<Layer> Layers() => Graphs.Layers.Of(typed);
    public IReadOnlyList<Reach> Window(Node node) => node.Op.Reaches(typed.Call(node));
    public long Flop(Node node) => typed.Cost(node).Flop;

    /// <summary>The form of a value that has memory of its own.</summary>
    public MemoryFormat OwnForm(Value value)
    {
        ValueInfo info = typed[value];
        return LayoutOf(value) == Layout.ChannelsLast ? MemoryFormat.ChannelsLast(info.Type, info.Shape) : MemoryFormat.RowMajor(info.Type, info.Shape);
    }

    /// <summary>The value of this schedule whose numbers a value holds, of which something is left after a run: an input, an output, a
    /// parameter, or one that was kept. It may be one of the graph before the passes.</summary>
    /// <exception cref="LiveCamException">It is of another graph, a pass left nothing of it, or its memory is used again.</exception>
    public Value Readable(Value value)
    {
        if (value.Graph != Graph.Number || !value.Exists)
            value = Sources is not null && Sources.Has(value) ? Sources.Present(value) : throw new LiveCamException(
                "Reading a value: it belongs neither to the graph that this plan runs nor to the one it was compiled from. Take it from that graph, or read it by name.");
        return IsKept(value) || IsParameter(value) || inputs.Contains(value) ? value : throw new LiveCamException(
            $"Reading \"{Graph.NameOf(value)}\": its memory is used again within a run, so nothing is left of it. Add it to CompileOptions.Keep.");
    }

    /// <summary>An input by its name.</summary>
    /// <exception cref="LiveCamException">There is none of that name; all are told.</exception>
    public Value Input(string name)
    {
        foreach (GraphInput input in Graph.Inputs)
            if (input.Name == name)
                return input.Value;
        throw new LiveCamException($"The network has no input \"{name}\"; its inputs are {string.Join(", ", Graph.Inputs.Select(input => input.Name))}.");
    }

    /// <summary>A value by the name the model gives it.</summary>
    /// <exception cref="LiveCamException">No such value is left after the passes; near names are offered.</exception>
    public Value Find(string name)
    {
        foreach ((string output, Value value) in Graph.Outputs)
            if (output == name)
                return value;
        if (Graph.TryFind(name, out Value found))
            return found;
        if (Sources?.Missing(name) is { } missing)
            throw missing;
        string[] near = [.. Graph.Nodes.SelectMany(node => node.Outputs).Where(v => v.Exists).Select(Graph.NameOf)
            .Where(other => other.Contains(name, StringComparison.OrdinalIgnoreCase)).Take(5)];
        throw new LiveCamException(
            $"The network has no value named \"{name}\"; {(near.Length > 0 ? $"near it are {string.Join(", ", near)}" : "`livecam inspect` lists all of them")}.");
    }
}
