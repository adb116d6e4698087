namespace LiveCam.Engine.Training.Augmentation;

/// <summary>All values raised or lowered by one amount.</summary>
/// <param name="Part">The most, as a part of full scale.</param>
internal sealed record Brightness(double Part) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        float shift = (float)(random.Uniform(-Part, Part) * 255);
        foreach (ref float value in picture.All) value += shift;
    }
}
