namespace LiveCam.Engine.Vision;

/// <summary>
/// One axis of a resize: target pixel i covers [Start + i Step, Start + (i+1) Step) of <paramref name="Source"/> source pixels.
/// </summary>
/// <param name="Source">Source pixels along the axis; taps stay in 0 .. Source - 1.</param>
/// <param name="Count">Target pixels along the axis.</param>
/// <param name="Start">In source pixels, 32.32 fixed point, at least 0.</param>
/// <param name="Step">As Start, above 0; Start + Count Step is at most Source.</param>
internal readonly record struct ResampleAxis(int Source, int Count, long Start, long Step)
{
    private const long One = 1L << 32;

    /// <summary>Area average (true) or linear interpolation (false).</summary>
    public bool Reduces => Step > One;

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

    /// <summary>Covers [<paramref name="start"/>, <paramref name="start"/> + <paramref name="length"/>) source pixels with <paramref name="count"/> target pixels.</summary>
    public static ResampleAxis Over(int source, double start, double length, int count)
    {
        long end = Math.Max(Math.Min((long)Math.Round((start + length) * One), source * One), count);
        long begin = Math.Clamp((long)Math.Round(start * One), 0, end - count);
        return new ResampleAxis(source, count, begin, (end - begin) / count);
    }

    /// <summary>The first and last source pixel that target pixel <paramref name="i"/> reads.</summary>
    public (int First, int Last) Footprint(int i)
    {
        if (Reduces)
        {
            long from = Start + i * Step;
            return ((int)(from >> 32), (int)((from + Step - 1) >> 32));
        }
        int left = (int)(Centre(i) >> 32);
        return (Math.Clamp(left, 0, Source - 1), Math.Clamp(left + 1, 0, Source - 1));
    }

    /// <summary>The weight of source pixel <paramref name="pixel"/>, one of the footprint, in target pixel <paramref name="i"/>; they sum to 1.</summary>
    public double Weight(int i, int pixel)
    {
        if (Reduces)
        {
            long from = Start + i * Step;
            long covered = Math.Min(from + Step, (pixel + 1) * One) - Math.Max(from, pixel * One);
            return (double)covered / Step;
        }
        (int first, int last) = Footprint(i);
        double fraction = (double)(Centre(i) & (One - 1)) / One;
        return first == last ? 1 : pixel == first ? 1 - fraction : fraction;
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
        for (int i = 0; i < Count; i++)
        {
            (int first, int last) = Footprint(i);
            firsts[i] = Math.Min(first, Source - taps);
            for (int pixel = first; pixel <= last; pixel++)
                weights[i * taps + pixel - firsts[i]] = (float)Weight(i, pixel);
        }
        return (firsts, weights, taps);
    }

    // The centre of target pixel i, measured from the centre of source pixel 0; as low as -1/2.
    private long Centre(int i) => Start + i * Step + (Step >> 1) - (One >> 1);
}

/// <summary>
/// Where each target pixel of a contract comes from, for one source size: two axes that follow the source's rows and columns (so the
/// resize knows nothing of rotation) and an exact map of target to axis positions.
/// </summary>
internal sealed record Resampling
{
    /// <summary>Along the source's columns and rows. Their counts are target pixels (turned with the picture).</summary>
    public required ResampleAxis Horizontal { get; init; }
    public required ResampleAxis Vertical { get; init; }

    /// <summary>The content's rectangle in the target, in pixels; the whole target except for Letterbox.</summary>
    public required int Left { get; init; }
    public required int Top { get; init; }
    public required int ContentWidth { get; init; }
    public required int ContentHeight { get; init; }

    /// <summary>Whether the horizontal axis runs along the target's rows (90 and 270 degrees swap them).</summary>
    public required bool Turned { get; init; }
    /// <summary>Whether target x (or y) decreases while its axis increases.</summary>
    public required bool FlipX { get; init; }
    public required bool FlipY { get; init; }

    /// <summary>Works out the axes; a source of any size at all has some.</summary>
    public static Resampling Of(Preprocessing contract, int sourceWidth, int sourceHeight)
    {
        bool turned = contract.Rotation is 90 or 270;
        Region region = contract.Region;
        double left = region.Left * sourceWidth, top = region.Top * sourceHeight;
        double width = region.Width * sourceWidth, height = region.Height * sourceHeight;
        // The target as the source's axes see it.
        int across = turned ? contract.Height : contract.Width;
        int down = turned ? contract.Width : contract.Height;
        if (contract.Fit == Fit.Crop)
        {
            bool wide = width * down > height * across;
            double cropWidth = (wide ? height * across / down : width) * contract.CropFraction;
            double cropHeight = (wide ? height : width * down / across) * contract.CropFraction;
            left += (width - cropWidth) / 2;
            top += (height - cropHeight) / 2;
            (width, height) = (cropWidth, cropHeight);
        }
        else if (contract.Fit == Fit.Letterbox)
        {
            double scale = Math.Min(across / width, down / height);
            across = Math.Clamp((int)Math.Round(width * scale), 1, across);
            down = Math.Clamp((int)Math.Round(height * scale), 1, down);
        }
        int contentWidth = turned ? down : across, contentHeight = turned ? across : down;
        return new Resampling
        {
            Horizontal = ResampleAxis.Over(sourceWidth, left, width, across),
            Vertical = ResampleAxis.Over(sourceHeight, top, height, down),
            Left = (contract.Width - contentWidth) / 2,
            Top = (contract.Height - contentHeight) / 2,
            ContentWidth = contentWidth,
            ContentHeight = contentHeight,
            Turned = turned,
            // Clockwise by 90: source rows, top first, become target columns, right first.
            FlipX = (contract.Rotation is 90 or 180) != contract.Mirror,
            FlipY = contract.Rotation is 180 or 270,
        };
    }
}
