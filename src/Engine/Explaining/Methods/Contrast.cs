using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// Grad-CAM's weighed maps for a difference of two scores, not rectified: what is above zero speaks for the one, what is below for the other (after Prabhushankar et al.,
/// "Contrastive explanations in neural networks", 2020). Without <see cref="ExplainTarget.Against"/> it is Grad-CAM with its sign.
/// </summary>
internal sealed class Contrast : GraphMethod
{
    public override string Name => "contrast";
    public override string Shows => "why this class and not the other: above zero for it, below for the other";
    public override bool IsSigned => true;

    protected override Value Map(ExplainGraph graph)
    {
        Value maps = graph.Features;
        return graph.SumOfChannels(graph.Times(maps, graph.MeanOfPlaces(graph.Gradient(maps))));
    }
}
