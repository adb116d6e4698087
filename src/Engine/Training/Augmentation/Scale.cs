namespace LiveCam.Engine.Training.Augmentation;

/// <summary>Larger or smaller, the shape kept.</summary>
/// <param name="Part">The factor is 1 / (1 + Part) to 1 + Part, as often above 1 as below.</param>
internal sealed record Scale(double Part) : Movement
{
    public override void Draw(Warp warp, ref SampleRandom random)
    {
        double back = Math.Pow(1 + Part, random.Uniform(-1, 1));
        warp.Add(Projection.Zoom(back, back));
    }
}
