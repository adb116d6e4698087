using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// Guided backprop where Grad-CAM speaks for the target: their product, pixel by pixel (Selvaraju et al., "Grad-CAM: visual explanations from deep networks via
/// gradient-based localization", 2017, section 3.2).
/// </summary>
internal sealed class GuidedGradCam : ExplainMethod
{
    private const string EdgesOutput = "explain.edges", PlacesOutput = "explain.places";

    public override string Name => "guided-grad-cam";
    public override string Shows => "the edges that excite the target, where the last maps speak for it";

    public override Explainer Prepare(ExplainNetwork network, Device device, ExplainTarget target)
    {
        var graph = new ExplainGraph(network, target);
        graph.Graph.Output(EdgesOutput, graph.LargestOfColors(graph.Gradient(graph.Picture, GradientRule.Guided)));
        graph.Graph.Output(PlacesOutput, GradCam.Of(graph));
        return new Run(this, network, graph.Compile(device));
    }

    private sealed class Run(ExplainMethod method, ExplainNetwork network, Plan plan) : Explainer(method, network)
    {
        private ExplainMap? edges, places;

        public override int Passes => 1;

        protected override void Start() { }

        protected override Plan Prepare(int pass)
        {
            plan.Write(Network.Model.Input.Name, Picture);
            plan.Write(ExplainGraph.TargetInput, Network.WeightsOf(Target));
            return plan;
        }

        protected override void Collect(int pass) => (edges, places) = (GraphMethod.Grid(plan.Read(EdgesOutput), isSigned: false), GraphMethod.Grid(plan.Read(PlacesOutput), isSigned: false));

        public override ExplainMap Map() => edges! with { Values = [.. edges.Values.Zip(places!.Resized(edges.Width, edges.Height).Values, (edge, place) => edge * place)] };

        public override void Dispose() => plan.Dispose();
    }
}
