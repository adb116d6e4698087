using LiveCam.Engine.Planning;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The picture less a black one, times the mean of the target's gradients on the straight way between them, summed over colors (Sundararajan, Taly and Yan, "Axiomatic
/// attribution for deep networks", 2017). A whole map adds up to the score less that of the black picture; <see cref="ICompleteness"/> says how nearly.
/// </summary>
/// <param name="Steps">Gradients on the way, at the middles of equal parts: a power of two, so that the way is covered evenly after each doubling.</param>
internal sealed class IntegratedGradients(int Steps = 128) : ExplainMethod
{
    public override string Name => "integrated-gradients";
    public override string Shows => "what each pixel adds to the score over a black picture; the map adds up to the difference";
    public override bool IsSigned => true;

    public override Explainer Prepare(ExplainNetwork network, Device device, ExplainTarget target) => new Run(this, network, device, target, Steps);

    private sealed class Run(ExplainMethod method, ExplainNetwork network, Device device, ExplainTarget target, int steps)
        : GradientPasses(method, network, device, target), ICompleteness
    {
        private readonly float[] black = Black(network);
        private double scoreOfBlack, score;

        // The two ends of the way first: their scores are what the map has to add up to.
        public override int Passes => steps + 2;

        public double CompletenessError
        {
            get
            {
                double total = Map().Values.Sum(value => (double)value), difference = score - scoreOfBlack;
                return Math.Abs(total - difference) / Math.Max(Math.Abs(difference), double.Epsilon);
            }
        }

        protected override bool Counts(int pass) => pass >= 2;

        protected override void Take(int pass, double value)
        {
            if (pass == 0) scoreOfBlack = value;
            if (pass == 1) score = value;
        }

        protected override void Fill(int pass, Span<float> input)
        {
            ReadOnlySpan<float> picture = Picture.Span<float>();
            float part = pass < 2 ? pass : Middle(pass - 2);
            for (int i = 0; i < input.Length; i++) input[i] = black[i] + part * (picture[i] - black[i]);
        }

        /// <summary>The middle of one of the equal parts, the parts in the order of their bits reversed: any first few lie far apart.</summary>
        private float Middle(int step)
        {
            double place = 0, half = 0.5;
            for (int rest = step; rest > 0; rest >>= 1, half /= 2)
                if ((rest & 1) == 1) place += half;
            return (float)(place + 0.5 / steps);
        }

        public override ExplainMap Map() => MapOf(i => (Picture.Span<float>()[i] - black[i]) * Sum[i] / Math.Max(1, Done - 2), (sum, value) => sum + value);

        private static float[] Black(ExplainNetwork network)
        {
            var black = new float[network.Model.InputShape.ElementCount];
            for (int y = 0; y < network.Model.Contract.Height; y++)
                for (int x = 0; x < network.Model.Contract.Width; x++)
                    for (int c = 0; c < network.Model.Contract.Channels; c++)
                        black[y * network.Strides.Y + x * network.Strides.X + c * network.Strides.C] = network.Gray(0, c);
            return black;
        }
    }
}
