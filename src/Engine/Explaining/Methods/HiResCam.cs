using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The last maps times the target's gradient, place by place, summed and rectified (Draelos and Carin, "Use HiResCAM instead of Grad-CAM for faithful explanations of
/// convolutional neural networks", 2020).
/// </summary>
internal sealed class HiResCam : GraphMethod
{
    public override string Name => "hires-cam";
    public override string Shows => "where the last maps speak for the target, place by place";

    protected override Value Map(ExplainGraph graph)
    {
        Value maps = graph.Features;
        return graph.Rectified(graph.SumOfChannels(graph.Times(maps, graph.Gradient(maps))));
    }
}
