namespace LiveCam.Engine.Graphs;

/// <summary>
/// One question to an operation during the reverse walk: given the gradient of a scalar with respect to its outputs, what is the
/// gradient with respect to its inputs? The answer is ordinary nodes appended to the graph.
/// </summary>
/// <remarks>
/// Extents of a batch are not known yet. A node that needs the shape of a value reads the value itself and says so in
/// <see cref="Op.ReadsShapeOnly"/>.
/// </remarks>
public sealed class GradientCall
{
    private readonly Func<Value, bool> wanted;
    private readonly Value[] outputGradients;
    private readonly Value[] results;

    /// <param name="wanted">Whether the gradient of a value is asked for.</param>
    /// <param name="outputGradients">One per output of the node; <see cref="Value.None"/> where the scalar does not depend on it.</param>
    public GradientCall(Graph graph, Node node, Func<Value, bool> wanted, Value[] outputGradients)
    {
        (Graph, Node, this.wanted, this.outputGradients) = (graph, node, wanted, outputGradients);
        results = new Value[node.Inputs.Length];
        Array.Fill(results, Value.None);
    }

    public Graph Graph { get; }
    public Node Node { get; }

    /// <summary>What rectifiers pass back.</summary>
    public GradientRule Rule { get; init; }

    /// <summary>Whether the operation said that it has no gradient.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Whether an optional input is given.</summary>
    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input].Exists;

    /// <summary>Whether the gradient with respect to an input is asked for; where it is not, no node should be spent on it.</summary>
    public bool Wants(int input) => Has(input) && wanted(Node.Inputs[input]);

    public Value Input(int input) => Node.Inputs[input];
    public Value Output(int output) => Node.Outputs[output];

    /// <summary>The gradient with respect to an output; <see cref="Value.None"/> where the scalar does not depend on it.</summary>
    public Value OutputGradient(int output = 0) => outputGradients[output];

    /// <summary>The gradient with respect to an input: set it where <see cref="Wants"/>; left out, it is zero.</summary>
    public Value this[int input]
    {
        get => results[input];
        set => results[input] = value;
    }

    /// <summary>The operation has no gradient: whoever asked is told its name.</summary>
    public void None() => IsRefused = true;

    /// <summary>Appends an operation named after the node whose gradient it computes a part of.</summary>
    public Value Add(Op op, params ReadOnlySpan<Value> inputs) => Graph.Add(op, $"{Node.Name} gradient {Graph.Nodes.Count}", 1, inputs)[0];
}
