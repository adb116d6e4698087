using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The last maps times what is positive of the target's gradient, place by place, summed and rectified (Jiang et al., "LayerCAM: exploring hierarchical class activation maps
/// for localization", 2021).
/// </summary>
internal sealed class LayerCam : GraphMethod
{
    public override string Name => "layer-cam";
    public override string Shows => "where the last maps speak for the target, finer in early layers";

    protected override Value Map(ExplainGraph graph)
    {
        Value maps = graph.Features;
        return graph.Rectified(graph.SumOfChannels(graph.Times(maps, graph.Rectified(graph.Gradient(maps)))));
    }
}
