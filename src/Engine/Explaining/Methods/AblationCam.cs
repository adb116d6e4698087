using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The last maps, each weighed by the part of the score that is lost without it, summed and rectified (Desai and Ramaswamy, "Ablation-CAM: visual explanations for deep
/// convolutional network via gradient-free localization", 2020, equation 3). One pass of the network, then one of its last layers for each map.
/// </summary>
internal sealed class AblationCam : ExplainMethod
{
    private const string MapsOutput = "explain.maps", ValueOutput = "explain.value";

    public override string Name => "ablation-cam";
    public override string Shows => "where the last maps are without which the score falls";

    public override Explainer Prepare(ExplainNetwork network, Device device, ExplainTarget target)
    {
        Value maps = FeatureLayers.Last(network, network.ValueOf(target), below: true);
        ExplainGraph whole = new(network, target), rest = new(network, target, maps);
        whole.Graph.Output(MapsOutput, whole.Of(maps));
        whole.Graph.Output(ValueOutput, whole.Target);
        rest.Graph.Output(ValueOutput, rest.Target);
        Plan first = whole.Compile(device);
        try
        {
            return new Run(this, network, first, rest.Compile(device), network.Typed[maps].Shape);
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    private sealed class Run(ExplainMethod method, ExplainNetwork network, Plan whole, Plan rest, Shape shape) : Explainer(method, network)
    {
        private readonly double[] weights = new double[shape[1]];
        private readonly Tensor given = new(ElementType.Float32, shape);
        private Tensor maps = new(ElementType.Float32, shape);
        private double score;

        public override int Passes => 1 + shape[1];

        protected override void Start() => Array.Clear(weights);

        protected override Plan Prepare(int pass)
        {
            if (pass == 0)
            {
                whole.Write(Network.Model.Input.Name, Picture);
                return whole;
            }
            int places = shape[2] * shape[3];
            maps.Span<float>().CopyTo(given.Span<float>());
            given.Span<float>().Slice((pass - 1) * places, places).Clear();
            rest.Write(ExplainGraph.FeatureInput, given);
            return rest;
        }

        protected override void Collect(int pass)
        {
            if (pass == 0) (maps, score) = (whole.Read(MapsOutput), Network.Score(Target, whole.Read(ValueOutput)));
            else weights[pass - 1] = (score - Network.Score(Target, rest.Read(ValueOutput))) / (score == 0 ? 1 : Math.Abs(score));
        }

        public override ExplainMap Map() => new Maps(maps).Weighed(weights);

        public override void Dispose()
        {
            whole.Dispose();
            rest.Dispose();
        }
    }
}
