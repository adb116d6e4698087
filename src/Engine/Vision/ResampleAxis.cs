namespace LiveCam.Engine.Vision;

/// <summary>
/// One axis of a resize: target pixel i covers [Start + i Step, Start + (i+1) Step) of <paramref name="Source"/> source pixels.
/// </summary>
/// <param name="Source">Source pixels along the axis; taps stay in 0 .. Source - 1.</param>
/// <param name="Count">Target pixels along the axis.</param>
/// <param name="Start">In source pixels, 32.32 fixed point, at least 0.</param>
/// <param name="Step">As Start, above 0; Start + Count Step is at most Source.</param>
/// <param name="Filter">How source pixels are weighed; Area is Bilinear where Step is at most 1.</param>
internal readonly record struct ResampleAxis(int Source, int Count, long Start, long Step, Resample Filter)
{
    private const long One = 1L << 32;

    /// <summary>Added to a centre for Nearest, a millionth of a pixel: a centre on the border of two pixels is the later one's, whatever Step lost by rounding.</summary>
    internal const long NearestBias = 1L << 12;

    /// <summary>The most source pixels that one target pixel reads.</summary>
    public int MaxTaps
    {
        get
        {
            int most = 1;
            for (int i = 0; i < Count; i++)
                most = Math.Max(most, Footprint(i).Last - Footprint(i).First + 1);
            return most;
        }
    }

    /// <summary>Source pixels to either side of a centre at which the filter's weights end; for Antialias and Bicubic.</summary>
    public double Support => (Filter == Resample.Bicubic ? 2 : 1) * FilterScale;

    /// <summary>What distances in source pixels are divided by before the filter is asked: max(Step, 1).</summary>
    public double FilterScale => Math.Max((double)Step / One, 1);

    /// <summary>Covers [<paramref name="start"/>, <paramref name="start"/> + <paramref name="length"/>) source pixels with <paramref name="count"/> target pixels.</summary>
    public static ResampleAxis Over(int source, double start, double length, int count, Resample filter)
    {
        long end = Math.Max(Math.Min((long)Math.Round((start + length) * One), source * One), count);
        long begin = Math.Clamp((long)Math.Round(start * One), 0, end - count);
        long step = (end - begin) / count;
        return new ResampleAxis(source, count, begin, step, filter == Resample.Area && step <= One ? Resample.Bilinear : filter);
    }

    /// <summary>The first and last source pixel that target pixel <paramref name="i"/> reads.</summary>
    public (int First, int Last) Footprint(int i)
    {
        long from = Start + i * Step;
        switch (Filter)
        {
            case Resample.Area:
                return ((int)(from >> 32), (int)((from + Step - 1) >> 32));
            case Resample.Nearest:
                int nearest = Math.Min((int)((from + (Step >> 1) + NearestBias) >> 32), Source - 1);
                return (nearest, nearest);
            case Resample.Bilinear:
                int left = (int)(Centre(i) >> 32);
                return (Math.Clamp(left, 0, Source - 1), Math.Clamp(left + 1, 0, Source - 1));
            default:
                double centre = (double)Centre(i) / One, reach = Support;
                return (Math.Clamp((int)Math.Ceiling(centre - reach), 0, Source - 1), Math.Clamp((int)Math.Floor(centre + reach), 0, Source - 1));
        }
    }

    /// <summary>Sets the weights of the source pixels of target pixel <paramref name="i"/>'s footprint, first to last; they sum to 1.</summary>
    public void Weigh(int i, Span<double> weights)
    {
        (int first, int last) = Footprint(i);
        switch (Filter)
        {
            case Resample.Area:
                long from = Start + i * Step;
                for (int pixel = first; pixel <= last; pixel++)
                    weights[pixel - first] = (double)(Math.Min(from + Step, (pixel + 1) * One) - Math.Max(from, pixel * One)) / Step;
                break;
            case Resample.Nearest:
                weights[0] = 1;
                break;
            case Resample.Bilinear:
                double fraction = (double)(Centre(i) & (One - 1)) / One;
                weights[0] = first == last ? 1 : 1 - fraction;
                if (first != last) weights[1] = fraction;
                break;
            default:
                double centre = (double)Centre(i) / One, sum = 0;
                for (int pixel = first; pixel <= last; pixel++)
                    sum += weights[pixel - first] = Value(Math.Abs(pixel - centre) / FilterScale);
                for (int tap = 0; tap <= last - first; tap++) weights[tap] /= sum;
                break;
        }
    }

    /// <summary>
    /// Weights as a dense table: target pixel i reads source pixels first[i] .. first[i] + taps - 1 with weights[i taps ...]; those it
    /// does not cover weigh 0. One length for all lets the loops over it run without a branch.
    /// </summary>
    public (int[] First, float[] Weights, int Taps) Table()
    {
        int taps = MaxTaps;
        var firsts = new int[Count];
        var weights = new float[Count * taps];
        var own = new double[taps];
        for (int i = 0; i < Count; i++)
        {
            (int first, int last) = Footprint(i);
            firsts[i] = Math.Min(first, Source - taps);
            Weigh(i, own);
            for (int pixel = first; pixel <= last; pixel++)
                weights[i * taps + pixel - firsts[i]] = (float)own[pixel - first];
        }
        return (firsts, weights, taps);
    }

    /// <summary>The filter at a distance of target pixels: a triangle, or Keys' cubic with a = -1/2 (Cubic convolution interpolation, 1981).</summary>
    private double Value(double x) => Filter == Resample.Antialias ? Math.Max(0, 1 - x)
        : x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;

    // The centre of target pixel i, measured from the centre of source pixel 0; as low as -1/2.
    private long Centre(int i) => Start + i * Step + (Step >> 1) - (One >> 1);
}
