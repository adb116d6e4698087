namespace LiveCam.Engine.Training.Augmentation;

/// <summary>Differences from the picture's mean made larger or smaller.</summary>
/// <param name="Part">The factor is 1 - Part to 1 + Part.</param>
internal sealed record Contrast(double Part) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        float factor = (float)random.Uniform(1 - Part, 1 + Part), mean = 0;
        for (int c = 0; c < picture.Channels; c++) mean += picture.Mean(c) / picture.Channels;
        foreach (ref float value in picture.All) value = mean + (value - mean) * factor;
    }
}
