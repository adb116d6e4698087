using LiveCam.Engine.Training.Augmentation;

namespace LiveCam.Engine.Data;

/// <summary>Cuts a part of every class off a set without parting a burst.</summary>
internal static class BurstSplit
{
    /// <summary>
    /// Whole bursts of each class, in an order the seed decides, until the fraction is met as nearly as they allow; one burst of each class always stays.
    /// </summary>
    /// <param name="cutNumber">Enters the random numbers, so that two cuts of one set with one seed differ.</param>
    /// <returns>Both parts' samples, ascending.</returns>
    public static (int[] Kept, int[] Cut) Cut(DataSet set, double fraction, ulong seed, int cutNumber)
    {
        var classes = new SortedDictionary<int, Dictionary<string, List<int>>>();
        for (int sample = 0; sample < set.Count; sample++)
        {
            // Samples of several classes are one heap: no cut keeps the shares of all classes at once.
            int own = set.IsMultiLabel || set.Labels(sample).IsEmpty ? -1 : set.Labels(sample)[0];
            if (!classes.TryGetValue(own, out Dictionary<string, List<int>>? bursts)) classes[own] = bursts = [];
            string burst = set.Burst(sample) is { } name ? $"burst {name}" : $"{sample}";
            if (!bursts.TryGetValue(burst, out List<int>? members)) bursts[burst] = members = [];
            members.Add(sample);
        }
        var cut = new List<int>();
        foreach ((int own, Dictionary<string, List<int>> bursts) in classes)
        {
            List<int>[] groups = [.. bursts.Values];
            int[] order = [.. Enumerable.Range(0, groups.Length)];
            new SampleRandom(seed, cutNumber, own).Shuffle(order);
            double wanted = fraction * groups.Sum(group => group.Count);
            int have = 0;
            foreach (int i in order.Skip(1))
            {
                if (have + groups[i].Count / 2.0 > wanted) continue;
                have += groups[i].Count;
                cut.AddRange(groups[i]);
            }
        }
        var gone = cut.ToHashSet();
        return ([.. Enumerable.Range(0, set.Count).Where(sample => !gone.Contains(sample))], [.. cut.Order()]);
    }
}
