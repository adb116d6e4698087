using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The target carried back through switches, rectifiers and transposed filters: <see cref="GradientRule.Deconvnet"/> (Zeiler and Fergus, "Visualizing and understanding
/// convolutional networks", 2014, section 2.1).
/// </summary>
internal sealed class Deconvnet : GraphMethod
{
    public override string Name => "deconvnet";
    public override string Shows => "the pattern that excites the target, carried back through transposed filters";

    protected override Value Map(ExplainGraph graph) =>
        graph.LargestOfColors(graph.Gradient(graph.Picture, GradientRule.Deconvnet));
}
