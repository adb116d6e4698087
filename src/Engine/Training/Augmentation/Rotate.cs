namespace LiveCam.Engine.Training.Augmentation;

/// <summary>A turn about the centre.</summary>
/// <param name="Degrees">The most, either way.</param>
internal sealed record Rotate(double Degrees) : Movement
{
    public override void Draw(Warp warp, ref SampleRandom random) => warp.Add(Projection.Turn(random.Uniform(-Degrees, Degrees)));
}
