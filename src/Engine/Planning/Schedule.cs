using LiveCam.Engine.Graphs;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Planning;

/// <summary>A graph ready to be planned: shapes, types and layouts of all values, and which values outlive the run.</summary>
public sealed class Schedule
{
    private readonly TypedGraph typed;
    private readonly IReadOnlyDictionary<Value, Layout> layouts;
    private readonly HashSet<Value> kept;

    private readonly Func<Graph, Device, Plan> compile;

    /// <param name="compile">Compiles a small graph for another device: how a device runs on the host what it cannot run itself.</param>
    public Schedule(TypedGraph typed, IReadOnlyDictionary<Value, Layout> layouts, IEnumerable<Value> keep, Func<Graph, Device, Plan> compile)
    {
        (this.typed, this.layouts, this.compile) = (typed, layouts, compile);
        kept = [.. keep];
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
    public IReadOnlyList<Node> Nodes => Graph.Nodes;
    public ValueInfo this[Value value] => typed[value];
    public Layout LayoutOf(Value value) => layouts.GetValueOrDefault(value, Layout.RowMajor);
    public bool IsKept(Value value) => kept.Contains(value);
    public bool IsParameter(Value value) => Graph.Parameters.ContainsKey(value);
    public Plan CompileHost(Graph graph, Device host) => compile(graph, host);
    public long Flop(Node node) => node.Op.Cost(typed.Call(node)).Flop;

    /// <summary>The form of a value that has memory of its own.</summary>
    public Form OwnForm(Value value)
    {
        ValueInfo info = typed[value];
        return LayoutOf(value) == Layout.ChannelsLast ? Form.ChannelsLast(info.Type, info.Shape) : Form.RowMajor(info.Type, info.Shape);
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
        string[] near = [.. Graph.Nodes.SelectMany(node => node.Outputs).Where(v => v.Exists).Select(Graph.NameOf)
            .Where(other => other.Contains(name, StringComparison.OrdinalIgnoreCase)).Take(5)];
        throw new LiveCamException(
            $"The network has no value named \"{name}\"; {(near.Length > 0 ? $"near it are {string.Join(", ", near)}" : "`livecam inspect` lists all of them")}.");
    }
}
