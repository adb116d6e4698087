namespace LiveCam.Engine.Training.Augmentation;

/// <summary>A shift.</summary>
/// <param name="Part">The most along each axis, as a part of the side.</param>
internal sealed record Translate(double Part) : Movement
{
    public override void Draw(Warp warp, ref SampleRandom random) =>
        warp.Add(Projection.Shift(random.Uniform(-Part, Part) * warp.Width, random.Uniform(-Part, Part) * warp.Height));
}
