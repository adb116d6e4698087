using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>A method that is one graph: the network, the part of its reverse that the map needs, and the map itself. One pass.</summary>
internal abstract class GraphMethod : ExplainMethod
{
    internal const string MapOutput = "explain.map";

    /// <summary>Appends the map: 1 x 1 x height x width, or the picture's shape with one channel.</summary>
    protected abstract Value Map(ExplainGraph graph);

    public sealed override Explainer Prepare(ExplainNetwork network, Device device, ExplainTarget target)
    {
        var graph = new ExplainGraph(network, target);
        graph.Graph.Output(MapOutput, Map(graph));
        return new Run(this, network, graph.Compile(device));
    }

    /// <summary>A value of one channel as a grid: rows and columns remain, wherever the channel stood.</summary>
    internal static ExplainMap Grid(Tensor map, bool isSigned)
    {
        int[] places = [.. map.Shape.Where((_, axis) => axis > 0 && axis != (map.Shape[1] == 1 ? 1 : 3))];
        return new(places[1], places[0], map.Span<float>().ToArray(), isSigned);
    }

    private sealed class Run(GraphMethod method, ExplainNetwork network, Plan plan) : Explainer(method, network)
    {
        private Tensor map = Tensor.Scalar(0f);

        public override int Passes => 1;

        protected override void Start() { }

        protected override Plan Prepare(int pass)
        {
            plan.Write(Network.Model.Input.Name, Picture);
            plan.Write(ExplainGraph.TargetInput, Network.WeightsOf(Target));
            return plan;
        }

        protected override void Collect(int pass) => map = plan.Read(MapOutput);

        public override ExplainMap Map() => Grid(map, Method.IsSigned);

        public override void Dispose() => plan.Dispose();
    }
}
