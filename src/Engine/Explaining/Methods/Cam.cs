using LiveCam.Engine.Graphs;
using LiveCam.Engine.Ops;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The maps before global average pooling, each weighed as the linear layer behind weighs its mean: the class's score is the mean of this map, up to the bias (Zhou et al.,
/// "Learning deep features for discriminative localization", 2016). The weights are the gradient of the score with respect to the means, which a linear layer gives exactly.
/// </summary>
internal sealed class Cam : GraphMethod
{
    public override string Name => "cam";
    public override string Shows => "what each place adds to the score, exactly, where the network ends in global average pooling";
    public override bool IsSigned => true;

    protected override Value Map(ExplainGraph graph)
    {
        Node pooling = Pooling(graph);
        return graph.SumOfChannels(graph.Times(graph.Of(pooling.Inputs[0]), graph.PerChannel(graph.Gradient(graph.Of(pooling.Outputs[0])))));
    }

    /// <summary>The pooling from which only moving numbers and one linear layer lead to the target.</summary>
    private static Node Pooling(ExplainGraph graph)
    {
        ExplainNetwork network = graph.Network;
        int layers = 0;
        for (Value at = graph.TargetValue; network.Producer(at) is { } node; at = network.Sees(node.Inputs[0]) ? node.Inputs[0] : node.Inputs[^1])
        {
            if (network.Typed[node.Inputs[0]].Shape is { Rank: 4 } maps && maps[2] * maps[3] > 1 && node.Op is GlobalAveragePool or AveragePool or ReduceMean
                && network.Typed[node.Outputs[0]].Shape.ElementCount == maps[0] * maps[1]) return node;
            if (node.Op is Gemm or MatMul or Conv2d) layers++;
            else if (node.Op is not (Identity or Reshape or Flatten or Squeeze or Unsqueeze or Dropout or Add)) break;
            if (layers > 1) break;
        }
        throw new LiveCamException($"cam of {network.Model.Name}: it does not end in global average pooling and at most one linear layer, which cam reads its weights from; grad-cam takes any convolutional network.");
    }
}
