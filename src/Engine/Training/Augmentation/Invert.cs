namespace LiveCam.Engine.Training.Augmentation;

/// <summary>Dark and light swapped: ink on paper for chalk on a board.</summary>
/// <param name="Part">In which part of the pictures, 0 to 1.</param>
internal sealed record Invert(double Part) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        if (!random.Chance(Part)) return;
        foreach (ref float value in picture.All) value = 255 - value;
    }
}
