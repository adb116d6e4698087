using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The gradient of which rectifiers pass back only what is positive, where they were positive: <see cref="GradientRule.Guided"/> (Springenberg et al., "Striving for
/// simplicity: the all convolutional net", 2015).
/// </summary>
internal sealed class GuidedBackprop : GraphMethod
{
    public override string Name => "guided-backprop";
    public override string Shows => "the edges that excite the target, sharp; little changes with the class";

    protected override Value Map(ExplainGraph graph) =>
        graph.LargestOfColors(graph.Gradient(graph.Picture, GradientRule.Guided));
}
