namespace LiveCam.Engine.Training.Augmentation;

/// <summary>Seen from aside: the picture is tilted about an axis in its plane.</summary>
/// <param name="Part">How much nearer or farther an edge comes at most, as a part of the distance.</param>
internal sealed record Perspective(double Part) : Movement
{
    public override void Draw(Warp warp, ref SampleRandom random)
    {
        double x = random.Uniform(-Part, Part) / (warp.Width / 2.0), y = random.Uniform(-Part, Part) / (warp.Height / 2.0);
        warp.Add(Projection.Identity with { G = x, H = y });
    }
}
