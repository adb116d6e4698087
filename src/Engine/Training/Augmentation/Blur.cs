namespace LiveCam.Engine.Training.Augmentation;

/// <summary>Out of focus: a Gaussian, each axis for itself, the border repeated.</summary>
/// <param name="Radius">The largest standard deviation in pixels.</param>
internal sealed record Blur(double Radius) : Painting
{
    public override void Paint(FloatPicture picture, ref SampleRandom random)
    {
        double sigma = random.Uniform(0, Radius);
        // Below a tenth of a pixel the outer taps are nothing in eight bits.
        if (sigma < 0.1) return;
        int reach = (int)Math.Ceiling(3 * sigma);
        var weights = new float[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) sum += Math.Exp(-i * i / (2 * sigma * sigma));
        for (int i = -reach; i <= reach; i++) weights[i + reach] = (float)(Math.Exp(-i * i / (2 * sigma * sigma)) / sum);
        Span<float> between = picture.Spare();
        for (int c = 0; c < picture.Channels; c++)
        {
            Span<float> plane = picture.Plane(c), lines = between.Slice(c * picture.PlaneSize, picture.PlaneSize);
            Along(plane, lines, picture.Width, 1, picture.Height, picture.Width, weights);
            Along(lines, plane, picture.Height, picture.Width, picture.Width, 1, weights);
        }
    }

    /// <summary>Filters <paramref name="lines"/> lines of <paramref name="count"/> values that are <paramref name="step"/> apart.</summary>
    private static void Along(ReadOnlySpan<float> from, Span<float> to, int count, int step, int lines, int lineStep, ReadOnlySpan<float> weights)
    {
        int reach = weights.Length / 2;
        for (int line = 0; line < lines; line++)
            for (int i = 0; i < count; i++)
            {
                float sum = 0;
                for (int t = 0; t < weights.Length; t++) sum += weights[t] * from[line * lineStep + Math.Clamp(i + t - reach, 0, count - 1) * step];
                to[line * lineStep + i * step] = sum;
            }
    }
}
