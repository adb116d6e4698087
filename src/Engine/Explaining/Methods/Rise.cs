using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// The picture seen through random soft masks: the mean of the masks, each weighed by the target's strength behind it (Petsiuk, Das and Saenko, "RISE: randomized input
/// sampling for explanation of black-box models", 2018).
/// </summary>
/// <param name="Samples">Masks.</param>
/// <param name="Grid">Cells of a mask along each side, before it is enlarged and shifted.</param>
/// <param name="Chance">That a cell is seen.</param>
/// <param name="Seed">Of the masks.</param>
internal sealed class Rise(int Samples = 1000, int Grid = 7, double Chance = 0.5, int Seed = 1) : ExplainMethod
{
    public override string Name => "rise";
    public override string Shows => "what has to be seen for the answer to stay, by random masks";

    public override Explainer Prepare(ExplainNetwork network, Device device, ExplainTarget target) => new Run(this, network, device, target);

    /// <summary>The mask of a sample: <paramref name="height"/> rows of <paramref name="width"/>, 1 where the picture is seen.</summary>
    public float[] Mask(int sample, int width, int height)
    {
        var random = new Random(Seed * 1_000_003 + sample);
        var cells = new float[Grid * Grid];
        for (int i = 0; i < cells.Length; i++) cells[i] = random.NextDouble() < Chance ? 1 : 0;
        // One cell more than the input's width and height, and cut out at random.
        int cellWidth = (width + Grid - 1) / Grid, cellHeight = (height + Grid - 1) / Grid;
        (int left, int top) = (random.Next(cellWidth), random.Next(cellHeight));
        float[] large = new ExplainMap(Grid, Grid, cells, false).Resized((Grid + 1) * cellWidth, (Grid + 1) * cellHeight).Values;
        var mask = new float[width * height];
        for (int y = 0; y < height; y++) large.AsSpan((top + y) * (Grid + 1) * cellWidth + left, width).CopyTo(mask.AsSpan(y * width));
        return mask;
    }

    private sealed class Run(Rise method, ExplainNetwork network, Device device, ExplainTarget target) : MaskedPasses(method, network, device, target)
    {
        private readonly double[] sum = new double[network.Model.Contract.Width * network.Model.Contract.Height];
        private float[] mask = [];

        protected override int Masks => method.Samples;

        protected override void Start() => Array.Clear(sum);

        protected override void Mask(int sample, Span<float> input) => Fade(input, mask = method.Mask(sample, Width, Height));

        protected override void TakeWhole(Tensor values, Plan plan) { }

        protected override void Take(int sample, Tensor values)
        {
            double strength = Network.Strength(Target, values);
            for (int i = 0; i < sum.Length; i++) sum[i] += strength * mask[i];
        }

        public override ExplainMap Map() => new(Width, Height, Array.ConvertAll(sum, value => (float)(value / (Math.Max(1, Done - 1) * method.Chance))), Method.IsSigned);
    }

    private int Samples { get; } = Samples;
    private double Chance { get; } = Chance;
}
