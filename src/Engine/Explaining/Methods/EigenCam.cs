using LiveCam.Engine.Graphs;
using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// What the last maps have most in common: their projection on their first principal component, which knows of no class (Muhammad and Yeasin, "Eigen-CAM: class activation
/// map using principal components", 2020). Of its two signs the one with the positive sum.
/// </summary>
internal sealed class EigenCam : ExplainMethod
{
    private const string MapsOutput = "explain.maps";

    public override string Name => "eigen-cam";
    public override string Shows => "what the last maps have most in common, whatever the class";

    public override Explainer Prepare(ExplainNetwork network, Device device, ExplainTarget target)
    {
        Value maps = FeatureLayers.Last(network, network.ValueOf(target), below: true);
        var graph = new ExplainGraph(network, target);
        graph.Graph.Output(MapsOutput, graph.Of(maps));
        return new Run(this, network, graph.Compile(device));
    }

    private sealed class Run(ExplainMethod method, ExplainNetwork network, Plan plan) : Explainer(method, network)
    {
        // Steps of the power method, and the change below which it is done.
        private const int MostSteps = 1000;
        private const double Least = 1e-12;

        private Maps maps = new(Tensor.Of([1, 1, 1, 1], 0f));

        public override int Passes => 1;

        protected override void Start() { }

        protected override Plan Prepare(int pass)
        {
            plan.Write(Network.Model.Input.Name, Picture);
            return plan;
        }

        protected override void Collect(int pass) => maps = new(plan.Read(MapsOutput));

        public override ExplainMap Map()
        {
            // The power method on places by channels: v = M' M v, then the projection M v.
            var direction = new double[maps.Channels];
            Array.Fill(direction, 1 / Math.Sqrt(maps.Channels));
            double[] projection = Projected(direction);
            for (int step = 0; step < MostSteps; step++)
            {
                double[] next = new double[maps.Channels];
                for (int c = 0; c < next.Length; c++)
                {
                    ReadOnlySpan<float> channel = maps.Channel(c);
                    for (int i = 0; i < channel.Length; i++) next[c] += channel[i] * projection[i];
                }
                double length = Math.Sqrt(next.Sum(x => x * x));
                if (length == 0 || !double.IsFinite(length)) break;
                double change = 0;
                for (int c = 0; c < next.Length; c++)
                {
                    next[c] /= length;
                    change = Math.Max(change, Math.Abs(next[c] - direction[c]));
                }
                direction = next;
                projection = Projected(direction);
                if (change < Least) break;
            }
            double sign = projection.Sum() < 0 ? -1 : 1;
            return new(maps.Width, maps.Height, Array.ConvertAll(projection, value => value * sign > 0 || double.IsNaN(value) ? (float)(value * sign) : 0), IsSigned: false);
        }

        private double[] Projected(double[] direction)
        {
            var sum = new double[maps.Width * maps.Height];
            for (int c = 0; c < direction.Length; c++)
            {
                ReadOnlySpan<float> channel = maps.Channel(c);
                for (int i = 0; i < sum.Length; i++) sum[i] += direction[c] * channel[i];
            }
            return sum;
        }

        public override void Dispose() => plan.Dispose();
    }
}
