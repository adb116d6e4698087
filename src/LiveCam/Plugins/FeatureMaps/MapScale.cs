namespace LiveCam.Plugins.FeatureMaps;

/// <summary>
/// The values that are drawn darkest and brightest: the 1% and 99% quantiles of a layer, following it slowly so that a scene's
/// change does not make the picture flicker.
/// </summary>
internal sealed class MapScale
{
    private const int MostSamples = 4096;
    public const float Speed = 0.1f;
    private const float LowQuantile = 0.01f, HighQuantile = 0.99f;

    private readonly float[] samples = new float[MostSamples];
    private bool hasBegun;

    public float Low { get; private set; }
    public float High { get; private set; } = 1;

    /// <param name="pixels">Elements of one channel.</param>
    /// <param name="strides">Distances between neighbours along the layer's axes; channels are axis 1.</param>
    public void Follow(ReadOnlySpan<float> values, int channels, int pixels, long[] strides)
    {
        // A prime step visits channels and pixels evenly.
        long total = (long)channels * pixels;
        int step = total <= MostSamples ? 1 : NextPrime((int)(total / MostSamples) + 1);
        int pitch = strides.Length > 2 ? (int)strides[^1] : 0, count = 0;
        for (long i = 0; i < total && count < MostSamples; i += step)
        {
            float value = values[(int)(i % channels * strides[1] + i / channels * pitch)];
            if (float.IsFinite(value)) samples[count++] = value;
        }
        if (count == 0) return;
        Array.Sort(samples, 0, count);
        float low = samples[(int)(LowQuantile * (count - 1))], high = samples[(int)(HighQuantile * (count - 1))];
        Low = hasBegun ? Low + (low - Low) * Speed : low;
        High = hasBegun ? High + (high - High) * Speed : high;
        // A constant layer is drawn dark.
        High = Math.Max(High, Low + 1e-6f + Math.Abs(Low) * 1e-6f);
        hasBegun = true;
    }

    private static int NextPrime(int from)
    {
        for (int n = from; ; n++)
        {
            bool prime = n > 1;
            for (int d = 2; d * d <= n && prime; d++) prime = n % d != 0;
            if (prime) return n;
        }
    }
}
