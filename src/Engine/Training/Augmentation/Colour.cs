namespace LiveCam.Engine.Training.Augmentation;

/// <summary>Each colour channel multiplied and shifted for itself, as light of another colour does.</summary>
/// <param name="Part">The factor is 1 - Part to 1 + Part, the shift at most half of Part of full scale.</param>
internal sealed record Colour(double Part) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        for (int c = 0; c < picture.Channels; c++)
        {
            float factor = (float)random.Uniform(1 - Part, 1 + Part), shift = (float)(random.Uniform(-Part, Part) / 2 * 255);
            foreach (ref float value in picture.Plane(c)) value = value * factor + shift;
        }
    }
}
