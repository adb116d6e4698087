using LiveCam.Engine;
using LiveCam.Loop.Loading;

namespace LiveCam.Loop;

public sealed partial class LiveCamApp
{
    /// <summary>How long a plugin from a class library may take to return when the run is to end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.2);

    private readonly Dictionary<string, (PluginLibrary Library, PluginSlot[] Slots)> libraries = [];

    // The plugin from a class library that is being called; null while none is.
    private volatile PluginSlot? guest;

    /// <summary>When the run is to end and a plugin from a class library does not return, the process ends without it: it is named, and what writes files finishes them.</summary>
    private async Task AbandonLooping()
    {
        await Task.Delay(Patience).ConfigureAwait(false);
        if (guest is not { } looping) return;
        messages.Take(new Fault(looping.Name, "it does not return, so it is abandoned, and the run ends."));
        foreach (PluginSlot slot in slots.Reverse())
            if (slot.Plugin is IFileFinisher) Unload(slot);
        settings?.Dispose();
        OrderlyEnd.Exit(1);
    }

    /// <summary>Takes in the class libraries that came, changed or went. One that is broken leaves its last good version running.</summary>
    private void Exchange(PluginFolder folder)
    {
        while (folder.TryTake(out LibraryChange? change))
        {
            string name = Path.GetFileName(change.File);
            if (change.Fault is { } fault)
            {
                messages.Take(new Fault(name, fault));
                continue;
            }
            messages.Mend(name);
            if (libraries.Remove(change.File, out var old)) Dismiss(old.Library, old.Slots);
            if (change.Library is not null) Admit(change.File, change.Library);
        }
    }

    private void Admit(string file, PluginLibrary library)
    {
        PluginSlot[] added = [];
        try
        {
            added = [.. library.Plugins.Select(plugins.AddExternal)];
            slots = plugins.Order;
            libraries[file] = (library, added);
        }
        catch (Exception misfit)
        {
            // What it declares cannot be had, or declaring it failed.
            Dismiss(library, added);
            messages.Take(Fault.Of(Path.GetFileName(file), misfit));
        }
    }

    private void Dismiss(PluginLibrary library, PluginSlot[] added)
    {
        foreach (PluginSlot slot in added)
        {
            plugins.Remove(slot);
            messages.Mend(slot.Name);
            Unload(slot);
            frame.Forget(slot.Writes);
        }
        slots = plugins.Order;
        library.Dispose();
    }
}
