using LiveCam.Engine.Planning;
using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Explaining;

/// <summary>
/// A gray square slid over the picture: by how much the target's strength falls, the mean over all squares that hide a pixel (Zeiler and Fergus, "Visualizing and
/// understanding convolutional networks", 2014, section 4.2).
/// </summary>
/// <param name="Parts">The square's side is this part of the input's shorter side; it moves by half of its side.</param>
internal sealed class Occlusion(int Parts = 8) : ExplainMethod
{
    public override string Name => "occlusion";
    public override string Shows => "how far the answer falls where a gray square hides the picture";
    public override bool IsSigned => true;

    public override Explainer Prepare(ExplainNetwork network, Device device, ExplainTarget target) => new Run(this, network, device, target, Parts);

    private sealed class Run : MaskedPasses
    {
        private readonly int side;
        private readonly (int Left, int Top)[] squares;
        private readonly float[] kept, falls, covers;
        private double whole;

        public Run(ExplainMethod method, ExplainNetwork network, Device device, ExplainTarget target, int parts) : base(method, network, device, target)
        {
            side = Math.Max(1, Math.Min(Width, Height) / parts);
            squares = [.. Places(Height).SelectMany(top => Places(Width).Select(left => (left, top)))];
            // In any order that is not one after the other, so that the first few say something of the whole picture.
            new Random(1).Shuffle(squares);
            (kept, falls, covers) = (new float[Width * Height], new float[Width * Height], new float[Width * Height]);
        }

        protected override int Masks => squares.Length;

        protected override void Start()
        {
            Array.Clear(falls);
            Array.Clear(covers);
        }

        protected override void Mask(int mask, Span<float> input)
        {
            Array.Fill(kept, 1);
            for (int y = 0; y < side; y++) kept.AsSpan((squares[mask].Top + y) * Width + squares[mask].Left, side).Clear();
            Fade(input, kept);
        }

        protected override void TakeWhole(Tensor values, Plan plan) => whole = Network.Strength(Target, values);

        protected override void Take(int mask, Tensor values)
        {
            float fall = (float)(whole - Network.Strength(Target, values));
            for (int y = squares[mask].Top; y < squares[mask].Top + side; y++)
                for (int x = squares[mask].Left; x < squares[mask].Left + side; x++)
                {
                    falls[y * Width + x] += fall;
                    covers[y * Width + x]++;
                }
        }

        public override ExplainMap Map() => new(Width, Height, [.. falls.Zip(covers, (fall, count) => count > 0 ? fall / count : 0)], Method.IsSigned);

        /// <summary>Where squares begin along an axis: every half side, the last one at the end.</summary>
        private int[] Places(int extent)
        {
            int step = Math.Max(1, side / 2);
            return [.. Enumerable.Range(0, (extent - side) / step + 1).Select(i => i * step).Append(extent - side).Distinct()];
        }
    }
}
