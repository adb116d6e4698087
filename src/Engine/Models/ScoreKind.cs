using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Models;

/// <summary>What a network's scores are.</summary>
public enum ScoreKind
{
    /// <summary>Of one class each picture: probabilities that sum to 1, or anything a softmax turns into them.</summary>
    Exclusive,
    /// <summary>Of each class by itself, before a logistic function.</summary>
    Logits,
    /// <summary>Of each class by itself, behind one.</summary>
    Probabilities,
    /// <summary>One score for two classes, the second one's, before a logistic function.</summary>
    BinaryLogit,
    /// <summary>One score for two classes, the second one's probability where it lies in 0..1.</summary>
    Binary,
}

/// <summary>What the scores of a network are, by the operators that end it.</summary>
public static class ScoreKinds
{
    /// <summary>
    /// Looks through operators that only move numbers (Identity, Reshape, Squeeze, Concat and their like): scores all of which come from a
    /// logistic function are independent.
    /// </summary>
    /// <param name="output">The value that holds the scores.</param>
    /// <param name="count">Scores for one picture.</param>
    public static ScoreKind Of(Graph graph, Value output, int count)
    {
        List<Op?> ends = Ends(graph, output);
        if (count == 1) return ends.TrueForAll(op => op is Gemm or MatMul or Add or Conv2d) ? ScoreKind.BinaryLogit : ScoreKind.Binary;
        return ends.TrueForAll(op => op is Sigmoid or HardSigmoid) ? ScoreKind.Probabilities : ScoreKind.Exclusive;
    }

    /// <summary>Whether what ends a network is no layer that weighs classes: a pooling, an activation, a normalization.</summary>
    public static bool EndsInFeatures(Graph graph, Value output) => Ends(graph, output).TrueForAll(op => op is GlobalAveragePool or GlobalMaxPool or AveragePool or MaxPool or ReduceMean or Relu or HardSwish or Clip or BatchNormalization);

    /// <summary>The probability of the second of two classes that share one score.</summary>
    public static float Second(float score, ScoreKind kind) => kind == ScoreKind.Binary && score is >= 0 and <= 1 ? score : 1 / (1 + MathF.Exp(-score));

    private static List<Op?> Ends(Graph graph, Value output)
    {
        var producers = new Dictionary<Value, Node>();
        foreach (Node node in graph.Nodes)
            foreach (Value value in node.Outputs)
                if (value.Exists) producers[value] = node;
        List<Op?> ends = [];
        Collect(output, ends, producers, []);
        return ends;
    }

    /// <summary>What computes the numbers of a value, null for what no operator does.</summary>
    private static void Collect(Value value, List<Op?> ends, Dictionary<Value, Node> producers, HashSet<Value> seen)
    {
        if (!seen.Add(value)) return;
        if (!producers.TryGetValue(value, out Node? node)) ends.Add(null);
        else if (node.Op is Concat)
            foreach (Value input in node.Inputs) Collect(input, ends, producers, seen);
        else if (node.Op is Identity or Reshape or Flatten or Squeeze or Unsqueeze or Transpose or Slice or Gather or Dropout) Collect(node.Inputs[0], ends, producers, seen);
        else ends.Add(node.Op);
    }
}
