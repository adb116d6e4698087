using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The picture seen through each of the last maps: the maps, weighed by a softmax of the scores behind them, summed and rectified (Wang et al., "Score-CAM: score-weighted
/// visual explanations for convolutional neural networks", 2020).
/// </summary>
internal sealed class ScoreCam : ExplainMethod
{
    public override string Name => "score-cam";
    public override string Shows => "where the last maps are that keep the score when only they are seen";

    public override Explainer Prepare(ExplainNetwork network, Device device, ExplainTarget target) => new Run(this, network, device, target);

    private sealed class Run(ExplainMethod method, ExplainNetwork network, Device device, ExplainTarget target)
        : MaskedPasses(method, network, device, target, FeatureLayers.Last(network, network.ValueOf(target), below: true))
    {
        private readonly int channels = network.Typed[FeatureLayers.Last(network, network.ValueOf(target), below: true)].Shape[1];
        private readonly List<(int Channel, double Score)> scores = [];
        private Maps maps = new(Tensor.Of([1, 1, 1, 1], 0f));

        protected override int Masks => channels;

        protected override void Start() => scores.Clear();

        protected override void TakeWhole(Tensor values, Plan plan) => maps = new(MapsOf(plan));

        protected override void Mask(int channel, Span<float> input)
        {
            float[] mask = new ExplainMap(maps.Width, maps.Height, maps.Channel(channel).ToArray(), false).Resized(Width, Height).Values;
            (float low, float high) = (mask.Min(), mask.Max());
            // A map without contrast hides everything.
            for (int i = 0; i < mask.Length; i++) mask[i] = high > low ? (mask[i] - low) / (high - low) : 0;
            Fade(input, mask);
        }

        protected override void Take(int channel, Tensor values) => scores.Add((channel, Network.Score(Target, values)));

        public override ExplainMap Map()
        {
            var weights = new double[channels];
            double highest = scores.Count == 0 ? 0 : scores.Max(one => one.Score), sum = scores.Sum(one => Math.Exp(one.Score - highest));
            foreach ((int channel, double score) in scores) weights[channel] = Math.Exp(score - highest) / sum;
            return maps.Weighed(weights);
        }
    }
}
