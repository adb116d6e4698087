using System.Globalization;
using LiveCam.Engine.Training.Heads;

namespace LiveCam.Teaching;

/// <summary>
/// Whether a new lesson may take the old one's place. Both are asked about the same samples, and about none that they learned from: the new one's answers come from
/// heads fitted without the sample, the old one's too or, for samples that came after it, from itself.
/// </summary>
internal static class Guard
{
    /// <summary>The part of a class's samples that may turn from right to wrong, and how many may where that is less than one.</summary>
    public const double MostLoss = 0.1;
    private const int MostMistakes = 1;

    /// <summary>Why the new lesson should not answer, as a sentence without its end; null when it may.</summary>
    /// <param name="nameOf">A class's name.</param>
    public static string? Objection(Lesson old, Lesson next, SampleRows rows, Func<int, string> nameOf)
    {
        // Samples that somebody took out are in the old lesson still: it must not stay.
        if (old.Samples.Any(one => !next.Samples.TryGetValue(one.Key, out int own) || own != one.Value)) return null;
        Dictionary<int, (int Asked, int Old, int New)> counts = [];
        var features = new float[rows.Dimension];
        var probabilities = new double[old.Classes.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            Sample sample = rows.Sample(row);
            if (!next.HeldOut.TryGetValue(sample.Id, out int now)) continue;
            if (!old.HeldOut.TryGetValue(sample.Id, out int was))
            {
                if (old.Samples.ContainsKey(sample.Id)) continue;
                rows.Read(row, features);
                was = old.Model.Judge(features, probabilities).Class is >= 0 and var label ? old.Classes[label] : -1;
            }
            (int asked, int before, int after) = counts.GetValueOrDefault(sample.Class);
            counts[sample.Class] = (asked + 1, before + (was == sample.Class ? 1 : 0), after + (now == sample.Class ? 1 : 0));
        }
        foreach ((int own, (int asked, int before, int after)) in counts)
            if (before - after > Math.Max(MostLoss * asked, MostMistakes))
                return Text($"of {asked} held-out samples of \"{nameOf(own)}\" it knows {after} instead of {before}");
        (int right, int wasRight, int all) = (counts.Values.Sum(one => one.New), counts.Values.Sum(one => one.Old), counts.Values.Sum(one => one.Asked));
        return right < wasRight ? Text($"of {all} held-out samples it knows {right} instead of {wasRight}") : null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
