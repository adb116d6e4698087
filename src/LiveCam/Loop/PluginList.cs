using System.Collections;
using LiveCam.Engine;

namespace LiveCam.Loop;

/// <summary>The plugins of a loop in the order they run in: that of what they read and write, else the one they were added in.</summary>
public sealed class PluginList : IEnumerable<Plugin>
{
    private readonly List<PluginSlot> added = [];
    private PluginSlot[]? order;

    /// <summary>In the order of a tick. A new array after each change, so a tick under way keeps its own.</summary>
    /// <exception cref="LiveCamException">A plugin reads what nobody writes, or some wait for each other.</exception>
    public IReadOnlyList<PluginSlot> Slots => Order;

    internal PluginSlot[] Order => order ??= PluginOrder.Of(added);

    /// <summary>Does what a key asks of its plugin, whose errors are its own; the loop sets it.</summary>
    internal Action<PluginSlot, KeyCommand, bool>? Press { get; set; }

    /// <param name="isEssential">Whether its error ends the run.</param>
    public void Add(Plugin plugin, bool isEssential = false) => Add(new PluginSlot(plugin, isEssential, isExternal: false));

    internal PluginSlot AddExternal(Plugin plugin) => Add(new PluginSlot(plugin, isEssential: false, isExternal: true));

    private PluginSlot Add(PluginSlot slot)
    {
        added.Add(slot);
        order = null;
        return slot;
    }

    internal void Remove(PluginSlot slot)
    {
        added.Remove(slot);
        order = null;
    }

    /// <summary>The plugin of this name, in any case.</summary>
    /// <exception cref="LiveCamException">There is none.</exception>
    public PluginSlot Find(string name) =>
        added.Find(slot => slot.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new LiveCamException($"There is no plugin \"{name}\"; the plugins are {string.Join(", ", added.Select(slot => slot.Name))}.");

    /// <summary>Whether any plugin takes messages of this type.</summary>
    public bool Handles<T>() => added.Exists(slot => slot.Handles.Any(handler => handler.Message == typeof(T)));

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

    internal PluginSlot[] InOrderOrAsAdded() => order ?? [.. added];

    public IEnumerator<Plugin> GetEnumerator() => added.Select(slot => slot.Plugin).GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
