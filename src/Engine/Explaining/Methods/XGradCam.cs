using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The last maps, each weighed by the sum of map times gradient over the sum of the map, summed and rectified (Fu et al., "Axiom-based Grad-CAM: towards accurate
/// visualization and explanation of CNNs", 2020, equation 8).
/// </summary>
internal sealed class XGradCam : GraphMethod
{
    public override string Name => "xgrad-cam";
    public override string Shows => "as grad-cam, with weights that keep what the maps add up to";

    protected override Value Map(ExplainGraph graph)
    {
        Value maps = graph.Features;
        Value weights = graph.Over(graph.SumOfPlaces(graph.Times(maps, graph.Gradient(maps))), graph.NoZero(graph.SumOfPlaces(maps)));
        return graph.Rectified(graph.SumOfChannels(graph.Times(maps, weights)));
    }
}
