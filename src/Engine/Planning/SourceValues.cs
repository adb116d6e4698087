using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Planning;

/// <summary>
/// What has become of the values of the graph that a plan was compiled from. Passes take them over, fuse them into others and leave
/// out what nobody needs, each into a new graph with values of its own.
/// </summary>
public sealed class SourceValues
{
    private readonly Graph source;
    private readonly Dictionary<Value, Value> present = [];
    private readonly Dictionary<Value, string> fusedInto = [];

    /// <summary>All values are themselves.</summary>
    public SourceValues(Graph source)
    {
        this.source = source;
        foreach (GraphInput input in source.Inputs) present[input.Value] = input.Value;
        foreach (Value output in source.Nodes.SelectMany(node => node.Outputs))
            if (output.Exists) present[output] = output;
    }

    /// <summary>Takes in what a pass did.</summary>
    /// <param name="after">The value that holds the same numbers behind the pass; <see cref="Value.None"/> where none does.</param>
    /// <param name="fused">The name of the value that one was fused into; null where it was left out.</param>
    public void Follow(Func<Value, Value> after, Func<Value, string?> fused)
    {
        foreach ((Value own, Value before) in present.ToArray())
        {
            Value now = after(before);
            if (now.Exists) present[own] = now;
            else
            {
                present.Remove(own);
                if (fused(before) is { } name) fusedInto[own] = name;
            }
        }
    }

    /// <summary>Whether a value is of the graph before the passes.</summary>
    public bool Has(Value value) => value.Exists && value.Graph == source.Number;

    /// <summary>The parameter that a value of the graph before the passes is, or null.</summary>
    public Parameter? Parameter(Value value) => source.Parameters.GetValueOrDefault(value);

    /// <summary>The value of the planned graph with the same numbers.</summary>
    /// <exception cref="LiveCamException">None has; it says what became of it.</exception>
    public Value Present(Value value) => present.TryGetValue(value, out Value now) ? now : throw Missing(value);

    /// <summary>What became of a value that no name in the planned graph finds; null for a name the graph before the passes has not either.</summary>
    public LiveCamException? Missing(string name) => source.TryFind(name, out Value value) && !present.ContainsKey(value) ? Missing(value) : null;

    private LiveCamException Missing(Value value)
    {
        string name = source.NameOf(value);
        return new(fusedInto.TryGetValue(value, out string? into)
            ? $"Reading \"{name}\": it was fused into \"{into}\" and is never stored. Add it to CompileOptions.Keep, which keeps it apart, or read \"{into}\"."
            : $"Reading \"{name}\": no output of this plan needs it, so it is not computed. Add it to CompileOptions.Keep.");
    }
}
