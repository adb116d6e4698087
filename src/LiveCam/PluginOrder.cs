using System.Numerics;
using LiveCam.Engine;

namespace LiveCam;

/// <summary>From what plugins read and write to the order they run in.</summary>
internal static class PluginOrder
{
    /// <summary>Before every plugin come those whose parts it reads; plugins that do not depend on each other keep their order.</summary>
    /// <exception cref="LiveCamException">A plugin reads what nobody writes, or some wait for each other.</exception>
    public static PluginSlot[] Of(IReadOnlyList<PluginSlot> slots)
    {
        CheckWriters(slots);
        List<PluginSlot> waiting = [.. slots];
        var order = new PluginSlot[slots.Count];
        for (int i = 0; i < order.Length; i++)
        {
            PluginSlot? next = waiting.Find(slot => !waiting.Exists(other => other != slot && Link(other, slot) != FrameParts.None));
            order[i] = next ?? throw Circle(waiting);
            waiting.Remove(next);
        }
        return order;
    }

    /// <summary>One part for which <paramref name="first"/> has to run before <paramref name="second"/>; None where there is no such part.</summary>
    public static FrameParts Link(PluginSlot first, PluginSlot second)
    {
        FrameParts firstReads = first.Reads | first.MayRead, secondReads = second.Reads | second.MayRead;
        // Who makes a part, then who changes it, then who only reads it.
        FrameParts parts = first.Writes & secondReads & ~(firstReads & second.Writes);
        return (FrameParts)((int)parts & -(int)parts);
    }

    private static void CheckWriters(IReadOnlyList<PluginSlot> slots)
    {
        FrameParts written = slots.Aggregate(FrameParts.Events, (parts, slot) => parts | (slot.Writes & ~slot.Reads));
        foreach (PluginSlot slot in slots)
            if ((slot.Reads & ~written) is var missing and not FrameParts.None)
                throw new LiveCamException($"The plugin \"{slot.Name}\" reads the {missing} of a frame, which no plugin writes"
                    + $"{(BitOperations.IsPow2((int)missing) ? "" : " all")}; add one that does, or leave \"{slot.Name}\" out.");
    }

    private static LiveCamException Circle(List<PluginSlot> waiting)
    {
        // Each of them waits for another, so walking back from any comes to one that was seen.
        var seen = new List<PluginSlot>();
        PluginSlot at = waiting[0];
        while (!seen.Contains(at))
        {
            seen.Add(at);
            at = waiting.First(other => other != at && Link(other, at) != FrameParts.None);
        }
        List<PluginSlot> circle = [.. seen[seen.IndexOf(at)..], at];
        IEnumerable<string> links = circle.Zip(circle.Skip(1), (after, before) => $"\"{after.Name}\" reads the {Link(before, after)} of \"{before.Name}\"");
        return new($"Ordering the plugins: {string.Join(", ", links)}, so none of them can run first; leave one of them out.");
    }
}
