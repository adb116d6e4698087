namespace LiveCam.Engine.Training.Augmentation;

/// <summary>Bent smoothly, as handwriting varies; see <see cref="Bending"/>.</summary>
/// <param name="Amount">Standard deviation of the displacement as a part of the shorter side.</param>
internal sealed record Elastic(double Amount) : Movement
{
    public override void Draw(Warp warp, ref SampleRandom random) =>
        warp.Add(new Bending(warp.Width, warp.Height, Amount * Math.Min(warp.Width, warp.Height), ref random));
}
