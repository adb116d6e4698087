namespace LiveCam.Engine.Training.Augmentation;

/// <summary>
/// Thicker or thinner strokes: each pixel moves towards the largest, or towards the smallest, of itself and its four neighbours, as often as
/// whole pixels are asked for and in part for the rest.
/// </summary>
/// <param name="Pixels">The most a stroke grows or shrinks at each side.</param>
internal sealed record Thickness(double Pixels) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        double amount = random.Uniform(-Pixels, Pixels);
        for (double left = Math.Abs(amount); left > 0; left--)
            for (int c = 0; c < picture.Channels; c++)
                Pass(picture.Plane(c), picture.Spare(), picture.Width, picture.Height, (float)Math.Min(left, 1), amount > 0);
    }

    private static void Pass(Span<float> plane, Span<float> before, int width, int height, float part, bool largest)
    {
        plane.CopyTo(before);
        for (int y = 0, at = 0; y < height; y++)
            for (int x = 0; x < width; x++, at++)
            {
                float own = before[at], best = own;
                if (x > 0) best = Better(best, before[at - 1]);
                if (x + 1 < width) best = Better(best, before[at + 1]);
                if (y > 0) best = Better(best, before[at - width]);
                if (y + 1 < height) best = Better(best, before[at + width]);
                plane[at] = own + (best - own) * part;
            }

        float Better(float a, float b) => largest ? MathF.Max(a, b) : MathF.Min(a, b);
    }
}
