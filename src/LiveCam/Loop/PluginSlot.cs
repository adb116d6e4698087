using LiveCam.Engine;

namespace LiveCam.Loop;

/// <summary>A plugin's place in the loop, and what it declared when it was added.</summary>
public sealed class PluginSlot
{
    internal PluginSlot(Plugin plugin, bool isEssential, bool isExternal)
    {
        (Plugin, IsEssential, IsExternal, Name) = (plugin, isEssential, isExternal, plugin.Name);
        (Reads, MayRead, Writes, Handles) = (plugin.Reads, plugin.MayRead, plugin.Writes, plugin.Handles);
        (Keys, Settings) = ([.. plugin.Keys], [.. plugin.Settings]);
        if (string.IsNullOrWhiteSpace(Name)) throw new LiveCamException($"Adding the plugin {plugin.GetType().Name}: it has no name; let its Name say one.");
        if (Reads is null || MayRead is null || Writes is null || Handles is null)
            throw new LiveCamException($"Adding the plugin \"{Name}\": its Reads, MayRead, Writes or Handles is null; an empty list says nothing.");
    }

    internal Plugin Plugin { get; }

    public string Name { get; }
    public IReadOnlyList<Type> Reads { get; }
    public IReadOnlyList<Type> MayRead { get; }
    public IReadOnlyList<Type> Writes { get; }
    public IReadOnlyList<Handler> Handles { get; }
    public IReadOnlyList<KeyCommand> Keys { get; }
    public IReadOnlyList<Setting> Settings { get; }

    /// <summary>Whether the run has no purpose without it: its error ends the run, and it cannot be disabled.</summary>
    public bool IsEssential { get; }

    /// <summary>Whether it came from a class library beside the program.</summary>
    public bool IsExternal { get; }

    /// <summary>Whether it takes part in ticks.</summary>
    public bool IsEnabled { get; internal set; } = true;

    /// <summary>Why it was disabled; null where nothing went wrong.</summary>
    public Fault? Fault { get; internal set; }

    /// <summary>Milliseconds of a tick, smoothed; in the first, what its update just took.</summary>
    public float Milliseconds => Smoothed > 0 ? Smoothed : Spent;

    internal bool WasEnabled { get; set; }
    internal bool IsLoaded { get; set; }
    internal bool CannotLoad { get; set; }

    /// <summary>The fault that is on the screen; it goes when the plugin is enabled again.</summary>
    internal Fault? Told { get; set; }

    /// <summary>Messages that wait for it.</summary>
    internal Queue<(Handler Handler, object Message)> Inbox { get; } = new();

    /// <summary>Milliseconds of this tick, and smoothed over ticks.</summary>
    internal float Spent { get; set; }
    internal float Smoothed { get; set; }

    internal bool Needs(Type type) => Reads.Contains(type) || MayRead.Contains(type);
}
