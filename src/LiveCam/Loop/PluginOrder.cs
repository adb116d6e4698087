using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Text;

namespace LiveCam.Loop;

/// <summary>From what plugins read and write to the order they run in.</summary>
internal static class PluginOrder
{
    /// <summary>Before every plugin come those that write what it reads; plugins that do not depend on each other keep their order.</summary>
    /// <exception cref="LiveCamException">A plugin reads what nobody writes, or some wait for each other.</exception>
    public static PluginSlot[] Of(IReadOnlyList<PluginSlot> slots)
    {
        CheckWriters(slots);
        List<PluginSlot> waiting = [.. slots];
        var order = new PluginSlot[slots.Count];
        for (int i = 0; i < order.Length; i++)
        {
            PluginSlot? next = waiting.Find(slot => !waiting.Exists(other => other != slot && Link(other, slot) is not null));
            order[i] = next ?? throw Circle(waiting);
            waiting.Remove(next);
        }
        return order;
    }

    /// <summary>One type for which <paramref name="first"/> has to run before <paramref name="second"/>; null where there is none.</summary>
    public static Type? Link(PluginSlot first, PluginSlot second)
    {
        // Who makes a part, then who changes it, then who only reads it.
        foreach (Type type in first.Writes)
            if (second.Needs(type) && !(first.Needs(type) && second.Writes.Contains(type))) return type;
        return null;
    }

    private static void CheckWriters(IReadOnlyList<PluginSlot> slots)
    {
        HashSet<Type> written = [typeof(WindowEvent), .. slots.SelectMany(slot => slot.Writes.Where(type => !slot.Needs(type)))];
        foreach (PluginSlot slot in slots)
        {
            Type[] missing = [.. slot.Reads.Where(type => !written.Contains(type))];
            if (missing.Length > 0)
                throw new LiveCamException($"The plugin \"{slot.Name}\" reads the {string.Join(" and the ", missing.Select(TypeName.Of))} of a frame, which no plugin writes; "
                    + $"add one that does, or leave \"{slot.Name}\" out.");
        }
    }

    private static LiveCamException Circle(List<PluginSlot> waiting)
    {
        // Each of them waits for another, so walking back from any comes to one that was seen.
        var seen = new List<PluginSlot>();
        PluginSlot at = waiting[0];
        while (!seen.Contains(at))
        {
            seen.Add(at);
            at = waiting.First(other => other != at && Link(other, at) is not null);
        }
        List<PluginSlot> circle = [.. seen[seen.IndexOf(at)..], at];
        IEnumerable<string> links = circle.Zip(circle.Skip(1), (after, before) => $"\"{after.Name}\" reads the {TypeName.Of(Link(before, after)!)} of \"{before.Name}\"");
        return new($"Ordering the plugins: {string.Join(", ", links)}, so none of them can run first; leave one of them out.");
    }
}
