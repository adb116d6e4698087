using LiveCam.Engine.Tensors;

namespace LiveCam.Engine.Tests.Reference;

/// <summary>Functions of all elements along some axes.</summary>
internal static class Reductions
{
    /// <returns>What the function makes of each group, and how many elements a group has.</returns>
    public static (Doubles Result, int Count) Over(Doubles x, long[] named, bool keep, bool nothingWhenEmpty, Func<double[], double> function)
    {
        int[] axes = [.. named.Select(axis => (int)(axis < 0 ? axis + x.Rank : axis))];
        if (axes.Length == 0 && !nothingWhenEmpty)
            axes = [.. Enumerable.Range(0, x.Rank)];
        Shape kept = Shape.Create([.. x.Shape.Select((extent, i) => axes.Contains(i) ? 1 : extent)]);
        (double[][] groups, _) = Groups(x, at => axes.Aggregate(at, (place, axis) => With(place, axis)));
        var result = new Doubles(kept, [.. groups.Select(function)]);
        return (keep ? result : result.Reshaped(Shape.Create([.. kept.Where((_, i) => !axes.Contains(i))])), x.Count / Math.Max(1, kept.ElementCount));
    }

    /// <summary>Elements by the place their coordinates are sent to, groups in the order of their first element; and each element's group.</summary>
    public static (double[][] Groups, int[] GroupOf) Groups(Doubles x, Func<int[], int[]> place)
    {
        var numbers = new Dictionary<string, int>();
        var groups = new List<List<double>>();
        var groupOf = new List<int>();
        Doubles.Of(x.Shape, at =>
        {
            string key = string.Join(',', place([.. at]));
            if (!numbers.TryGetValue(key, out int group))
            {
                numbers[key] = group = groups.Count;
                groups.Add([]);
            }
            groups[group].Add(x[at]);
            groupOf.Add(group);
            return 0;
        });
        return ([.. groups.Select(group => group.ToArray())], [.. groupOf]);
    }

    private static int[] With(int[] place, int axis) => [.. place.Select((at, i) => i == axis ? 0 : at)];
}
