using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The gradient times the input, summed over colors (Shrikumar et al., "Not just a black box: learning important features through propagating activation differences", 2016).
/// </summary>
internal sealed class GradientTimesInput : GraphMethod
{
    public override string Name => "gradient-x-input";
    public override string Shows => "what each pixel adds to the target, to first order";
    public override bool IsSigned => true;

    protected override Value Map(ExplainGraph graph) =>
        graph.SumOfColors(graph.Times(graph.Picture, graph.Gradient(graph.Picture)));
}
