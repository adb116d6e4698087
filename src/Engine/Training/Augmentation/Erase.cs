namespace LiveCam.Engine.Training.Augmentation;

/// <summary>
/// A rectangle of noise somewhere: 2 to 33 % of the area, 0.3 to 3.3 times as wide as high (Zhong and others: Random erasing data
/// augmentation, 2017).
/// </summary>
/// <param name="Part">In which part of the pictures, 0 to 1.</param>
internal sealed record Erase(double Part) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        if (!random.Chance(Part)) return;
        double area = random.Uniform(0.02, 0.33) * picture.PlaneSize, shape = Math.Exp(random.Uniform(Math.Log(0.3), Math.Log(3.3)));
        int width = Math.Clamp((int)Math.Round(Math.Sqrt(area * shape)), 1, picture.Width), height = Math.Clamp((int)Math.Round(Math.Sqrt(area / shape)), 1, picture.Height);
        int left = random.Below(picture.Width - width + 1), top = random.Below(picture.Height - height + 1);
        for (int c = 0; c < picture.Channels; c++)
            for (int row = top; row < top + height; row++)
                foreach (ref float value in picture.Plane(c).Slice(row * picture.Width + left, width))
                    value = (float)random.Uniform(0, 255);
    }
}
