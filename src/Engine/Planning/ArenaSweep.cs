namespace LiveCam.Engine.Planning;

/// <summary>Places blocks in the order they begin, each into the smallest gap it fits (best fit, n log n): for graphs of many thousand values.</summary>
internal static class ArenaSweep
{
    public static (IReadOnlyList<Block>, long) Place(List<Block> blocks)
    {
        Block[] placed = [.. blocks];
        var alive = new PriorityQueue<int, int>();
        var gaps = new Gaps();
        foreach (int i in Enumerable.Range(0, placed.Length).OrderBy(i => placed[i].From).ThenByDescending(i => placed[i].Bytes).ThenBy(i => i))
        {
            while (alive.TryPeek(out int over, out int to) && to < placed[i].From)
            {
                alive.Dequeue();
                gaps.Add(placed[over].Offset, placed[over].Bytes);
            }
            placed[i] = placed[i] with { Offset = gaps.Take(placed[i].Bytes) };
            alive.Enqueue(i, placed[i].To);
        }
        return (placed, gaps.End);
    }

    /// <summary>What is free below the end of the memory used so far. Neighboring gaps are one.</summary>
    private sealed class Gaps
    {
        private readonly SortedSet<(long Bytes, long Offset)> bySize = [];
        private readonly Dictionary<long, long> bytesAt = [], offsetOfEnd = [];

        public long End { get; private set; }

        public void Add(long offset, long bytes)
        {
            if (bytes == 0) return;
            if (offsetOfEnd.TryGetValue(offset, out long before))
            {
                bytes += bytesAt[before];
                offset = before;
                Remove(before);
            }
            if (bytesAt.TryGetValue(offset + bytes, out long behind))
            {
                Remove(offset + bytes);
                bytes += behind;
            }
            bySize.Add((bytes, offset));
            (bytesAt[offset], offsetOfEnd[offset + bytes]) = (bytes, offset);
        }

        public long Take(long bytes)
        {
            if (bySize.Count > 0 && bySize.Max.Bytes >= bytes)
            {
                (long room, long offset) = bySize.GetViewBetween((bytes, 0), (long.MaxValue, long.MaxValue)).Min;
                Remove(offset);
                Add(offset + bytes, room - bytes);
                return offset;
            }
            // The memory grows, from a gap at its end where there is one.
            long start = End;
            if (offsetOfEnd.TryGetValue(End, out long last))
            {
                Remove(last);
                start = last;
            }
            End = start + bytes;
            return start;
        }

        private void Remove(long offset)
        {
            long bytes = bytesAt[offset];
            bytesAt.Remove(offset);
            offsetOfEnd.Remove(offset + bytes);
            bySize.Remove((bytes, offset));
        }
    }
}
