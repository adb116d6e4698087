using LiveCam.Engine.Graphs;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The gradient of the target with respect to the picture, the largest magnitude of the colors (Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks:
/// visualising image classification models and saliency maps", 2014, section 3).
/// </summary>
internal sealed class InputGradient : GraphMethod
{
    public override string Name => "input-gradient";
    public override string Shows => "the pixels whose change would change the target most";

    protected override Value Map(ExplainGraph graph) =>
        graph.LargestOfColors(graph.Gradient(graph.Picture));
}
