using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The last maps, each weighed by its positive gradients g, a place counting g^2 / (2 g^2 + g^3 times the sum of the map), summed and rectified (Chattopadhay et al.,
/// "Grad-CAM++: generalized gradient-based visual explanations for deep convolutional networks", 2018, equations 10 and 19, the score's exponential as its last function).
/// </summary>
internal sealed class GradCamPlusPlus : GraphMethod
{
    public override string Name => "grad-cam++";
    public override string Shows => "as grad-cam, for several things of one class";

    protected override Value Map(ExplainGraph graph)
    {
        Value maps = graph.Features, gradient = graph.Gradient(maps), square = graph.Times(gradient, gradient);
        Value below = graph.Plus(graph.Times(square, graph.Number(2)), graph.Times(graph.Times(square, gradient), graph.SumOfPlaces(maps)));
        Value part = graph.Over(square, graph.NoZero(below));
        return graph.Rectified(graph.SumOfChannels(graph.Times(maps, graph.SumOfPlaces(graph.Times(part, graph.Rectified(gradient))))));
    }
}
