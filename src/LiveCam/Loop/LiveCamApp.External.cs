using LiveCam.Engine;
using LiveCam.Loop.Loading;

namespace LiveCam.Loop;

public sealed partial class LiveCamApp
{
    private readonly Dictionary<string, (PluginLibrary Library, PluginSlot[] Slots)> libraries = [];

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
