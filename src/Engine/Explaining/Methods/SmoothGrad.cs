using LiveCam.Engine.Planning;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The mean of the target's gradients at the picture with noise, the largest magnitude of the colors (Smilkov et al., "SmoothGrad: removing noise by adding noise", 2017).
/// </summary>
/// <param name="Samples">Noisy pictures.</param>
/// <param name="Noise">The noise's standard deviation as a part of the input's range.</param>
/// <param name="Seed">Of the noise.</param>
internal sealed class SmoothGrad(int Samples = 32, double Noise = 0.15, int Seed = 1) : ExplainMethod
{
    public override string Name => "smoothgrad";
    public override string Shows => "as input-gradient, the noise of the gradient averaged away";

    public override Explainer Prepare(ExplainNetwork network, Device device, ExplainTarget target) => new Run(this, network, device, target, Samples, Noise, Seed);

    private sealed class Run(ExplainMethod method, ExplainNetwork network, Device device, ExplainTarget target, int samples, double noise, int seed)
        : GradientPasses(method, network, device, target)
    {
        public override int Passes => samples;

        protected override void Fill(int pass, Span<float> input)
        {
            ReadOnlySpan<float> picture = Picture.Span<float>();
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            foreach (float value in picture) (low, high) = (Math.Min(low, value), Math.Max(high, value));
            var random = new Random(seed * 1_000_003 + pass);
            double deviation = noise * (high - low);
            for (int i = 0; i < input.Length; i++) input[i] = picture[i] + (float)(deviation * Normal(random));
        }

        public override ExplainMap Map() => MapOf(i => Math.Abs(Sum[i]) / Math.Max(1, Done), Math.Max);
    }

    /// <summary>A number of the standard normal distribution (Box and Muller 1958).</summary>
    internal static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
