using LiveCam.Engine.Graphs;

namespace LiveCam.TrainingRuns;

/// <summary>The norm of the gradient of all that learns in one layer.</summary>
internal sealed record LayerNorm(string Layer, double Norm);

/// <summary>The sum of norms so far, layer by layer, and of how many steps: what a checkpoint keeps of an epoch that was interrupted.</summary>
internal sealed record LayerSums(double[] Sums, int Count);

/// <summary>Norms of gradients, each layer's mean over an epoch. A layer is the node that reads a parameter, in the order of the graph.</summary>
internal sealed class LayerNorms
{
    /// <summary>Each of so many steps is looked at, the first of an epoch included: every number that is read back costs a step on a graphics card time.</summary>
    public const int Every = 8;

    private readonly string[] layers;
    private readonly Dictionary<Parameter, int> layerOf = [];
    private LayerSums state;

    /// <param name="trained">What learns; parameters of the graph.</param>
    public LayerNorms(Graph model, IReadOnlyList<Parameter> trained)
    {
        var names = new List<string>();
        foreach (Node node in model.Nodes)
        {
            int before = layerOf.Count;
            foreach (Value input in node.Inputs)
                if (model.Parameters.TryGetValue(input, out Parameter? own) && trained.Contains(own)) layerOf.TryAdd(own, names.Count);
            if (layerOf.Count > before) names.Add(node.Name);
        }
        layers = [.. names];
        state = new(new double[layers.Length], 0);
    }

    /// <summary>Of this epoch so far; empty before its first step.</summary>
    public IReadOnlyList<LayerNorm> Means { get; private set; } = [];

    /// <summary>To go on with later. Setting it goes on.</summary>
    public LayerSums State
    {
        get => state;
        set
        {
            state = value;
            Means = value.Count == 0 ? [] : [.. layers.Zip(value.Sums, (layer, sum) => new LayerNorm(layer, sum / value.Count))];
        }
    }

    /// <summary>Adds the norms of one step, parameter by parameter.</summary>
    public void Add(IReadOnlyList<(Parameter Parameter, double Norm)> norms)
    {
        var squares = new double[layers.Length];
        foreach ((Parameter parameter, double norm) in norms) squares[layerOf[parameter]] += norm * norm;
        State = new([.. state.Sums.Zip(squares, (sum, square) => sum + Math.Sqrt(square))], state.Count + 1);
    }

    public void Clear() => State = new(new double[layers.Length], 0);
}
