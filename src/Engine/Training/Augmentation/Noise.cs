namespace LiveCam.Engine.Training.Augmentation;

/// <summary>A sensor's noise: a normal number added to every value.</summary>
/// <param name="Amount">The largest standard deviation, of 255.</param>
internal sealed record Noise(double Amount) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        double deviation = random.Uniform(0, Amount);
        foreach (ref float value in picture.All) value += (float)(random.Normal() * deviation);
    }
}
