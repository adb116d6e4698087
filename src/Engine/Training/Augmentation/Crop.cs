namespace LiveCam.Engine.Training.Augmentation;

/// <summary>A crop of the picture's own size out of the picture with a border of some pixels around it: a shift by whole pixels.</summary>
/// <param name="Border">Pixels; the shift along each axis is at most that.</param>
internal sealed record Crop(double Border) : Movement
{
    public override void Draw(Warp warp, ref SampleRandom random)
    {
        int most = (int)Border;
        warp.Add(Projection.Shift(random.Below(2 * most + 1) - most, random.Below(2 * most + 1) - most));
    }
}
