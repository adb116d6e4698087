using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using LiveCam.Engine.Vision;

namespace LiveCam.Teaching;

/// <summary>From where on a picture teaches badly.</summary>
/// <param name="MostBlur">Of <see cref="PictureQuality.Blur"/>: sharp photographs lie at 0.16 to 0.42, the same smoothed over 2.4% of their longer side at 0.70 and above.</param>
/// <param name="LeastBright">Brightness that 2% of the picture has to reach.</param>
/// <param name="MostDark">Brightness that 2% of the picture has to stay below.</param>
/// <param name="MostClipped">The share that may be white without structure.</param>
/// <param name="LeastRange">Brightness levels between the darkest and the brightest 2%.</param>
/// <param name="LeastChange">Levels by which one of 256 cells has to differ from every sample of the class.</param>
public sealed record GateLimits(double MostBlur = 0.60, int LeastBright = 48, int MostDark = 224, double MostClipped = 0.6, int LeastRange = 16, double LeastChange = 6)
{
    /// <summary>Bits in which two fingerprints may differ for the brightnesses to be compared.</summary>
    public const int NearBits = 10;

    /// <summary>This many of the class's newest samples are compared whatever their bits say: noise turns bits of even areas.</summary>
    public const int Recent = 16;
}

/// <summary>Refuses pictures that teach badly, and says why. For one thread.</summary>
public sealed class QualityGate(GateLimits limits)
{
    private readonly Dictionary<int, Prints> kept = [];

    /// <summary>Fingerprints of a class's samples, oldest first. Their bits lie together: a search reads those of all, and the prints of few.</summary>
    private sealed class Prints
    {
        public List<int> Ids { get; } = [];
        public List<ulong> Hashes { get; } = [];
        public List<Fingerprint> All { get; } = [];

        public void Add(int id, Fingerprint print)
        {
            Ids.Add(id);
            Hashes.Add(print.Hash);
            All.Add(print);
        }
    }

    public PictureQuality Quality { get; } = new();

    /// <summary>
    /// Measures a picture and compares it with the samples of its class. Afterwards <see cref="PictureQuality.Fingerprint"/> is what <see cref="Keep"/> takes.
    /// </summary>
    /// <returns>Why it is refused, with what was measured and what is asked; null when it is good.</returns>
    public string? Judge(Picture picture, int classId)
    {
        PictureQuality quality = Quality;
        quality.Measure(picture);
        if (quality.Bright < limits.LeastBright) return Text($"too dark: the brightest parts have {quality.Bright} of 255, at least {limits.LeastBright} are needed");
        if (quality.Dark > limits.MostDark) return Text($"too bright: the darkest parts have {quality.Dark} of 255, at most {limits.MostDark} may be");
        if (quality.Clipped > limits.MostClipped) return Text($"too bright: {100 * quality.Clipped:F0}% of it is plain white, at most {100 * limits.MostClipped:F0}% may be");
        if (quality.Bright - quality.Dark < limits.LeastRange) return Text($"nothing to see: brightness spans {quality.Bright - quality.Dark} levels, at least {limits.LeastRange} are needed");
        if (quality.Blur > limits.MostBlur) return Text($"blurred: {quality.Blur:F2} on a scale from 0 (sharp) to 1, at most {limits.MostBlur:F2} may be");
        double change = Nearest(quality.Fingerprint, classId);
        return change < limits.LeastChange ? Text($"as before: it differs by {change:F1} levels from a sample of this class, at least {limits.LeastChange:F1} are needed") : null;
    }

    public void Keep(int id, int classId, Fingerprint print)
    {
        if (!kept.TryGetValue(classId, out Prints? prints)) kept[classId] = prints = new();
        prints.Add(id, print);
    }

    /// <summary>Forgets the samples that are no longer there.</summary>
    public void Forget(Func<int, bool> isPresent)
    {
        foreach ((int classId, Prints prints) in kept.ToArray())
        {
            if (prints.Ids.TrueForAll(id => isPresent(id))) continue;
            var left = new Prints();
            for (int i = 0; i < prints.Ids.Count; i++)
                if (isPresent(prints.Ids[i])) left.Add(prints.Ids[i], prints.All[i]);
            kept[classId] = left;
        }
    }

    /// <summary>The change from the most similar sample of the class; +infinity where none is near.</summary>
    private double Nearest(Fingerprint print, int classId)
    {
        double least = double.PositiveInfinity;
        if (!kept.TryGetValue(classId, out Prints? prints)) return least;
        ReadOnlySpan<ulong> hashes = CollectionsMarshal.AsSpan(prints.Hashes);
        for (int i = hashes.Length - 1; i >= 0 && least >= limits.LeastChange; i--)
            if (i >= hashes.Length - GateLimits.Recent || BitOperations.PopCount(hashes[i] ^ print.Hash) <= GateLimits.NearBits)
                least = Math.Min(least, prints.All[i].Difference(print));
        return least;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
