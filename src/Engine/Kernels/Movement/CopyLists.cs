namespace LiveCam.Engine.Kernels;

/// <summary>
/// Of an axis whose places were copied to others: which copies each place has. One list of integers: entry i is where the copies of
/// place i begin in the same list, entry i + 1 where they end; they are in ascending order.
/// </summary>
internal static class CopyLists
{
    /// <summary>Integers for an axis of <paramref name="extent"/> places with this many copies.</summary>
    public static int Length(int extent, int copies) => extent + 1 + copies;

    /// <inheritdoc cref="Fill"/>
    public static int[] Of(int extent, ReadOnlySpan<int> origins)
    {
        var lists = new int[Length(extent, origins.Length)];
        Fill(extent, origins, lists);
        return lists;
    }

    /// <param name="origins">For each copy, the place it was copied from: 0 to <paramref name="extent"/> - 1.</param>
    /// <param name="lists">Filled; <see cref="Length"/> integers.</param>
    public static void Fill(int extent, ReadOnlySpan<int> origins, Span<int> lists)
    {
        lists[..(extent + 1)].Clear();
        foreach (int origin in origins)
            lists[origin + 1]++;
        lists[0] = extent + 1;
        for (int i = 0; i < extent; i++)
            lists[i + 1] += lists[i];
        // Entry i + 1 is the end of place i; filled from behind, it becomes the beginning.
        for (int copy = origins.Length - 1; copy >= 0; copy--)
            lists[--lists[origins[copy] + 1]] = copy;
        lists[1..(extent + 1)].CopyTo(lists);
        lists[extent] = extent + 1 + origins.Length;
    }
}
