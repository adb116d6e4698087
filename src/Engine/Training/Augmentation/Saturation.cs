namespace LiveCam.Engine.Training.Augmentation;

/// <summary>Colours made stronger or paler; a gray picture stays what it is.</summary>
/// <param name="Part">Differences from the pixel's luma are multiplied by 1 - Part to 1 + Part.</param>
internal sealed record Saturation(double Part) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        float factor = (float)random.Uniform(1 - Part, 1 + Part);
        if (picture.Channels == 1) return;
        Span<float> red = picture.Plane(0), green = picture.Plane(1), blue = picture.Plane(2);
        for (int i = 0; i < red.Length; i++)
        {
            float luma = 0.299f * red[i] + 0.587f * green[i] + 0.114f * blue[i];
            red[i] = luma + (red[i] - luma) * factor;
            green[i] = luma + (green[i] - luma) * factor;
            blue[i] = luma + (blue[i] - luma) * factor;
        }
    }
}
