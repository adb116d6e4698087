using LiveCam.Engine.Vision;

namespace LiveCam.Engine.Explaining;

/// <summary>How much each place matters: a grid over what the network saw (its input, or a layer of fewer places).</summary>
/// <param name="Values">Rows, top row first, <paramref name="Width"/> x <paramref name="Height"/> of them.</param>
/// <param name="IsSigned">Whether values below zero speak against the target; else nothing is below zero.</param>
internal sealed record ExplainMap(int Width, int Height, float[] Values, bool IsSigned)
{
    // What rounding leaves of a difference: relative to the largest magnitude.
    private const float Flatness = 1e-5f;

    /// <summary>Why the map says nothing and gets no colors: a sentence; null where it says something.</summary>
    public string? Trouble
    {
        get
        {
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            foreach (float value in Values)
            {
                if (!float.IsFinite(value)) return "The map holds numbers that are not finite, so it says nothing; are the weights and the preprocessing the ones the network was trained with?";
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
            if (high <= 0 && !IsSigned) return "Nothing speaks for it: the map is nowhere above zero.";
            if (high - low <= Flatness * Math.Max(Math.Abs(low), Math.Abs(high))) return "The map is flat: no place matters more than another.";
            return null;
        }
    }

    /// <summary>The map at another number of places: linear between centers where there are more, means where there are fewer.</summary>
    public ExplainMap Resized(int width, int height)
    {
        if ((width, height) == (Width, Height)) return this;
        Preprocessing whole = new() { Width = width, Height = height, Fit = Fit.Stretch };
        return this with { Width = width, Height = height, Values = BackProjection.Run(Values, Width, Height, whole, width, height) };
    }

    /// <summary>The map on the pixels of the picture, <paramref name="height"/> rows of <paramref name="width"/>; 0 where the network did not look.</summary>
    /// <param name="contract">How the picture became the network's input.</param>
    public float[] OnPicture(Preprocessing contract, int width, int height) => BackProjection.Run(Values, Width, Height, contract, width, height);

    /// <summary>Which pixels of a picture the network looks at through a contract: <paramref name="height"/> rows of <paramref name="width"/>.</summary>
    public static bool[] Seen(Preprocessing contract, int width, int height) => Array.ConvertAll(BackProjection.Run([1], 1, 1, contract, width, height), weight => weight > 0);
}
