using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Training;

/// <summary>What training makes small: one number from a network's output and what it should have been.</summary>
public abstract record Loss
{
    /// <summary>Appends the loss to a graph.</summary>
    /// <param name="output">The network's last values before any softmax or logistic function: a row of numbers per picture.</param>
    /// <param name="target">What they should be, of the same shape.</param>
    /// <returns>A scalar.</returns>
    public abstract Value Build(Graph graph, Value output, Value target);

    private protected static Value WeightsOf(Graph graph, IReadOnlyList<float> weights) =>
        graph.Parameter("class weights", Tensor.Of<float>([weights.Count], [.. weights]));
}

/// <summary>One class per picture: softmax and the mean cross-entropy. Targets are probabilities; a row of zeros does not count.</summary>
/// <param name="Smoothing">How much of the probability is spread over all classes.</param>
/// <param name="ClassWeights">What a mistake in each class counts; 1 where null.</param>
public sealed record CrossEntropyLoss(float Smoothing = 0, IReadOnlyList<float>? ClassWeights = null) : Loss
{
    public override Value Build(Graph graph, Value output, Value target)
    {
        Value weights = ClassWeights is null ? Value.None : WeightsOf(graph, ClassWeights);
        return graph.Add(new CrossEntropy(Smoothing), output, target, weights);
    }
}

/// <summary>Any number of labels per picture: the mean binary cross-entropy of logistic functions. Targets are 0 to 1.</summary>
/// <param name="ClassWeights">What a mistake in each label counts; 1 where null.</param>
public sealed record BinaryCrossEntropyLoss(IReadOnlyList<float>? ClassWeights = null) : Loss
{
    public override Value Build(Graph graph, Value output, Value target)
    {
        Value terms = graph.Add(new BinaryCrossEntropy(), output, target);
        if (ClassWeights is not null)
            terms = graph.Add(new Mul(), terms, WeightsOf(graph, ClassWeights));
        return graph.Add(new ReduceMean(Keep: false), terms);
    }
}

/// <summary>
/// Any number of labels per picture, most of them rare: alpha (1 - p)^gamma times the cross-entropy, so that what is already right
/// counts little (Lin et al. 2017, equation 5).
/// </summary>
public sealed record FocalLoss(float Gamma = 2, float Alpha = 0.25f) : Loss
{
    public override Value Build(Graph graph, Value output, Value target) =>
        graph.Add(new ReduceMean(Keep: false), graph.Add(new FocalTerm(Gamma, Alpha), output, target));
}

/// <summary>
/// 1 - the mean over labels of F1 with probabilities in place of decisions: 2 sum p t / (sum p + sum t) over the batch, which is
/// the measure itself made differentiable.
/// </summary>
public sealed record SoftF1Loss : Loss
{
    /// <summary>Keeps labels that nobody has in a batch from dividing by nothing.</summary>
    private const float Least = 1e-6f;

    public override Value Build(Graph graph, Value output, Value target)
    {
        Value pictures = graph.Parameter("pictures", Tensor.Of<long>([1], 0));
        Value Mean(Value value) => graph.Add(new ReduceMean(Keep: false), value, pictures);
        Value probability = graph.Add(new Sigmoid(), output);
        Value hits = Mean(graph.Add(new Mul(), probability, target));
        Value all = graph.Add(new Sum(), Mean(probability), Mean(target), graph.Parameter("least", Tensor.Scalar(Least)));
        Value half = graph.Add(new ReduceMean(Keep: false), graph.Add(new Div(), hits, all));
        return graph.Add(new Sub(), graph.Parameter("one", Tensor.Scalar(1f)), graph.Add(new Mul(), half, graph.Parameter("two", Tensor.Scalar(2f))));
    }
}

/// <summary>The mean of (output - target)^2.</summary>
public sealed record MeanSquaredLoss : Loss
{
    public override Value Build(Graph graph, Value output, Value target)
    {
        Value difference = graph.Add(new Sub(), output, target);
        return graph.Add(new ReduceMean(Keep: false), graph.Add(new Mul(), difference, difference));
    }
}
