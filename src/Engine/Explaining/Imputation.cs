namespace LiveCam.Engine.Explaining;

/// <summary>
/// Pixels taken out of a picture without a trace of their place: each becomes the weighted mean of its eight neighbors, known or taken out themselves, plus a little noise
/// (Rong et al., "A consistent and efficient evaluation strategy for attribution methods" (ROAD), 2022, section 4: 1/6 for direct neighbors, 1/12 for diagonal ones).
/// </summary>
/// <param name="width">Of the picture.</param>
/// <param name="height">Of the picture.</param>
/// <param name="channels">Numbers a pixel has, one behind the other.</param>
internal sealed class Imputation(int width, int height, int channels)
{
    // Relaxation and sweeps of the linear system; a sweep that changes less than this part of the range is the last.
    private const float Relaxation = 1.5f, Least = 3e-4f, Direct = 1 / 6f, Diagonal = 1 / 12f;
    private const int MostSweeps = 60;

    // Rows of the picture with a border of one pixel of zeros, which counts for nothing.
    private readonly int row = (width + 2) * channels;
    private readonly float[] bordered = new float[(width + 2) * (height + 2) * channels];

    /// <summary>Replaces pixels that are taken out, without noise.</summary>
    /// <param name="pixels">Rows of pixels of channels.</param>
    /// <param name="isOut">For each pixel, whether it is taken out; at least one has to stay.</param>
    public void Fill(Span<float> pixels, ReadOnlySpan<bool> isOut)
    {
        if (isOut.Contains(true)) Solve(pixels, isOut);
    }

    /// <summary>From the same picture at half its size, filled in the same way, by sweeps of successive over-relaxation.</summary>
    private void Solve(Span<float> pixels, ReadOnlySpan<bool> isOut)
    {
        if (width > 1 || height > 1) Guess(pixels, isOut);
        (float low, float high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in pixels) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        for (int y = 0; y < height; y++) pixels.Slice(y * width * channels, width * channels).CopyTo(bordered.AsSpan((y + 1) * row + channels));
        (int At, float Part)[] places = Places(isOut);
        for (int sweep = 0; sweep < MostSweeps; sweep++)
            if (Sweep(places) <= Least * (high - low)) break;
        for (int y = 0; y < height; y++) bordered.AsSpan((y + 1) * row + channels, width * channels).CopyTo(pixels[(y * width * channels)..]);
    }

    /// <summary>Where the pixels that are taken out lie, and what their neighbors' sum is multiplied by: more than 1 at the picture's edge, where some are missing.</summary>
    private (int At, float Part)[] Places(ReadOnlySpan<bool> isOut)
    {
        var places = new List<(int, float)>();
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                if (!isOut[y * width + x]) continue;
                int across = (x > 0 ? 1 : 0) + (x < width - 1 ? 1 : 0), down = (y > 0 ? 1 : 0) + (y < height - 1 ? 1 : 0);
                float total = Direct * (across + down) + Diagonal * across * down;
                places.Add(((y + 1) * row + (x + 1) * channels, total > 0 ? 1 / total : 0));
            }
        return [.. places];
    }

    /// <returns>The largest change.</returns>
    private float Sweep((int At, float Part)[] places)
    {
        float largest = 0;
        float[] x = bordered;
        foreach ((int first, float part) in places)
            for (int at = first; at < first + channels; at++)
            {
                float sum = Direct * (x[at - row] + x[at - channels] + x[at + channels] + x[at + row])
                    + Diagonal * (x[at - row - channels] + x[at - row + channels] + x[at + row - channels] + x[at + row + channels]);
                float change = sum * part - x[at];
                x[at] += Relaxation * change;
                largest = Math.Max(largest, Math.Abs(change));
            }
        return largest;
    }

    private void Guess(Span<float> pixels, ReadOnlySpan<bool> isOut)
    {
        int halfWidth = (width + 1) / 2, halfHeight = (height + 1) / 2;
        var half = new float[halfWidth * halfHeight * channels];
        var counts = new int[halfWidth * halfHeight];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                if (!isOut[y * width + x])
                {
                    int to = y / 2 * halfWidth + x / 2;
                    counts[to]++;
                    for (int c = 0; c < channels; c++) half[to * channels + c] += pixels[(y * width + x) * channels + c];
                }
        for (int i = 0; i < counts.Length; i++)
            for (int c = 0; c < channels; c++) half[i * channels + c] /= Math.Max(1, counts[i]);
        new Imputation(halfWidth, halfHeight, channels).Fill(half, Array.ConvertAll(counts, count => count == 0));
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                if (isOut[y * width + x])
                    half.AsSpan((y / 2 * halfWidth + x / 2) * channels, channels).CopyTo(pixels[((y * width + x) * channels)..]);
    }
}
