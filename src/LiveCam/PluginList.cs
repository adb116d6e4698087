using System.Collections;
using LiveCam.Engine;

namespace LiveCam;

/// <summary>A plugin's place in the loop.</summary>
public sealed class PluginSlot
{
    internal PluginSlot(Plugin plugin, bool isEssential, bool isGuest)
    {
        (Plugin, IsEssential, IsGuest, Name) = (plugin, isEssential, isGuest, plugin.Name);
        (Reads, MayRead, Writes) = (plugin.Reads, plugin.MayRead, plugin.Writes);
    }

    internal Plugin Plugin { get; }

    public string Name { get; }
    public FrameParts Reads { get; }
    public FrameParts MayRead { get; }
    public FrameParts Writes { get; }

    /// <summary>Whether the run has no purpose without it: its error ends the run, and it cannot be disabled.</summary>
    public bool IsEssential { get; }

    /// <summary>Whether it came from a class library beside the program.</summary>
    public bool IsGuest { get; }

    /// <summary>Whether it takes part in ticks.</summary>
    public bool IsEnabled { get; internal set; } = true;

    /// <summary>Why it was disabled; null where nothing went wrong.</summary>
    public Fault? Fault { get; internal set; }

    internal bool WasEnabled { get; set; }
    internal bool IsLoaded { get; set; }
    internal bool CannotLoad { get; set; }

    /// <summary>Milliseconds of this tick, and smoothed over ticks.</summary>
    internal float Spent { get; set; }
    internal float Smoothed { get; set; }
}

/// <summary>The plugins of a loop in the order they run in: that of what they read and write, else the one they were added in.</summary>
public sealed class PluginList : IEnumerable<Plugin>
{
    private readonly List<PluginSlot> wished = [];
    private PluginSlot[]? order;

    /// <summary>In the order of a tick. A new array after each change, so a tick under way keeps its own.</summary>
    /// <exception cref="LiveCamException">A plugin reads what nobody writes, or some wait for each other.</exception>
    public IReadOnlyList<PluginSlot> Slots => Order;

    internal PluginSlot[] Order => order ??= PluginOrder.Of(wished);

    /// <param name="isEssential">Whether its error ends the run.</param>
    public void Add(Plugin plugin, bool isEssential = false)
    {
        wished.Add(new(plugin, isEssential, isGuest: false));
        order = null;
    }

    internal PluginSlot AddGuest(Plugin plugin)
    {
        var slot = new PluginSlot(plugin, isEssential: false, isGuest: true);
        wished.Add(slot);
        order = null;
        return slot;
    }

    internal void Remove(PluginSlot slot)
    {
        wished.Remove(slot);
        order = null;
    }

    /// <summary>The plugin of this name, in any case.</summary>
    /// <exception cref="LiveCamException">There is none.</exception>
    public PluginSlot Find(string name) =>
        wished.Find(slot => slot.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new LiveCamException($"There is no plugin \"{name}\"; the plugins are {string.Join(", ", wished.Select(slot => slot.Name))}.");

    /// <summary>Lets a plugin take part from the next tick on, or not. Enabling one that failed tries it again.</summary>
    /// <exception cref="LiveCamException">There is no such plugin, or the run cannot do without it.</exception>
    public void Enable(string name, bool isEnabled = true)
    {
        PluginSlot slot = Find(name);
        if (slot.IsEssential && !isEnabled)
            throw new LiveCamException($"Disabling the plugin \"{slot.Name}\": the run has no purpose without it; end the run instead.");
        if (slot.CannotLoad && isEnabled)
            throw new LiveCamException($"Enabling the plugin \"{slot.Name}\": it could not be loaded: {slot.Fault!.Sentence}");
        slot.IsEnabled = isEnabled;
        if (isEnabled) slot.Fault = null;
    }

    /// <summary>Moves a plugin one place up (towards the first) or down, past one that neither needs it nor is needed by it.</summary>
    /// <exception cref="LiveCamException">There is no such plugin or place, or one of the two reads what the other writes.</exception>
    public void Move(string name, bool up)
    {
        PluginSlot slot = Find(name);
        List<PluginSlot> now = [.. Slots];
        int at = now.IndexOf(slot), to = up ? at - 1 : at + 1;
        if (to < 0 || to >= now.Count)
            throw new LiveCamException($"Moving the plugin \"{slot.Name}\": it is the {(up ? "first" : "last")} of {now.Count} already.");
        PluginSlot other = now[to];
        (PluginSlot first, PluginSlot second) = up ? (other, slot) : (slot, other);
        if (PluginOrder.Link(first, second) is var part and not FrameParts.None)
            throw new LiveCamException($"Moving the plugin \"{slot.Name}\" past \"{other.Name}\": \"{second.Name}\" reads the {part} that \"{first.Name}\" writes, so it has to come after.");
        (now[at], now[to]) = (now[to], now[at]);
        wished.Clear();
        wished.AddRange(now);
        order = null;
    }

    internal PluginSlot[] InOrderOrAsAdded() => order ?? [.. wished];

    public IEnumerator<Plugin> GetEnumerator() => wished.Select(slot => slot.Plugin).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
