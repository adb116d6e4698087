using LiveCam.Engine.Graphs;
using LiveCam.Engine.Passes;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// Does a map say anything of what the network has learned? With weights shuffled from the top down it has to change (Adebayo et al., "Sanity checks for saliency maps",
/// 2018, section 3).
/// </summary>
internal static class Randomization
{
    /// <summary>The network with the numbers of its last weights in an order of chance.</summary>
    /// <param name="part">Of its weights, counted from the output: 1 for all of them.</param>
    public static ExplainNetwork Of(ExplainNetwork network, double part = 1, int seed = 1)
    {
        IReadOnlyList<Parameter> weights = TrainingForm.Trainable(network.Model.Graph);
        HashSet<Parameter> shuffled = [.. weights.Skip((int)Math.Round(weights.Count * (1 - part)))];
        var rewrite = new Rewrite(network.Typed, []);
        foreach ((Value value, Parameter parameter) in network.Model.Graph.Parameters)
            if (shuffled.Contains(parameter)) rewrite.Replace(value, rewrite.Target.Parameter(parameter.Name, Shuffled(parameter.Value, seed++)));
        foreach (Node node in rewrite.Nodes) rewrite.Copy(node);
        rewrite.Finish();
        return new(network.Model with { Graph = rewrite.Target, Input = rewrite.Target.Inputs[0] });
    }

    /// <summary>How alike two maps rank their places, by magnitude: Spearman's rank correlation, 1 for the same order, about 0 for none.</summary>
    public static double Likeness(ExplainMap a, ExplainMap b)
    {
        double[] x = Ranks(a.Values), y = Ranks(b.Resized(a.Width, a.Height).Values);
        double middle = (x.Length - 1) / 2.0, both = 0, xs = 0, ys = 0;
        for (int i = 0; i < x.Length; i++)
        {
            both += (x[i] - middle) * (y[i] - middle);
            xs += (x[i] - middle) * (x[i] - middle);
            ys += (y[i] - middle) * (y[i] - middle);
        }
        return xs == 0 || ys == 0 ? 0 : both / Math.Sqrt(xs * ys);
    }

    /// <summary>The likeness in one word: whether the map depends on what was learned.</summary>
    public static string Word(double likeness) => Math.Abs(likeness) switch { < 0.3 => "depends", < 0.6 => "partly", _ => "hardly" };

    private static Tensor Shuffled(Tensor tensor, int seed)
    {
        float[] numbers = tensor.Span<float>().ToArray();
        new Random(seed).Shuffle(numbers);
        return Tensor.Of<float>(tensor.Shape, numbers);
    }

    /// <summary>The rank of each magnitude; equal ones share the mean of theirs.</summary>
    private static double[] Ranks(float[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => Math.Abs(values[i]))];
        var ranks = new double[values.Length];
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && Math.Abs(values[order[to]]) == Math.Abs(values[order[from]]);) to++;
            for (int i = from; i < to; i++) ranks[order[i]] = (from + to - 1) / 2.0;
        }
        return ranks;
    }
}
