using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The last maps, each weighed by the mean of the target's gradient over it, summed and rectified (Selvaraju et al., "Grad-CAM: visual explanations from deep networks via
/// gradient-based localization", 2017).
/// </summary>
internal sealed class GradCam : GraphMethod
{
    public override string Name => "grad-cam";
    public override string Shows => "where the last maps speak for the target";

    protected override Value Map(ExplainGraph graph) => Of(graph);

    internal static Value Of(ExplainGraph graph)
    {
        Value maps = graph.Features;
        return graph.Rectified(graph.SumOfChannels(graph.Times(maps, graph.MeanOfPlaces(graph.Gradient(maps)))));
    }
}
