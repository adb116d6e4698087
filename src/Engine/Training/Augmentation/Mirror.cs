namespace LiveCam.Engine.Training.Augmentation;

/// <summary>Left and right swapped.</summary>
/// <param name="Part">In which part of the pictures, 0 to 1.</param>
internal sealed record Mirror(double Part) : Movement
{
    public override void Draw(Warp warp, ref SampleRandom random)
    {
        if (random.Chance(Part)) warp.Add(Projection.Zoom(-1, 1));
    }
}
