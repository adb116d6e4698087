using LiveCam.Engine;
using LiveCam.Plugins.Loading;

namespace LiveCam;

public sealed partial class LiveCamApp
{
    private readonly Dictionary<string, (PluginLibrary Library, PluginSlot[] Slots)> visiting = [];

    /// <summary>Takes in the class libraries that came, changed or went. One that is broken leaves its last good version running.</summary>
    private void Exchange(PluginFolder folder)
    {
        while (folder.TryTake(out LibraryChange? change))
        {
            string name = Path.GetFileName(change.File);
            if (change.Fault is { } fault)
            {
                Tell(new Fault(name, fault));
                continue;
            }
            frame.Faults.RemoveAll(fault => fault.Name == name);
            if (visiting.Remove(change.File, out var old)) Dismiss(old.Library, old.Slots);
            if (change.Library is not null) Invite(change.File, change.Library);
        }
    }

    private void Invite(string file, PluginLibrary library)
    {
        PluginSlot[] added = [.. library.Plugins.Select(plugin => plugins.AddGuest(plugin))];
        try
        {
            slots = plugins.Order;
            visiting[file] = (library, added);
        }
        catch (LiveCamException misfit)
        {
            Dismiss(library, added);
            Tell(new Fault(Path.GetFileName(file), misfit.Message));
        }
    }

    private void Dismiss(PluginLibrary library, PluginSlot[] added)
    {
        foreach (PluginSlot slot in added)
        {
            plugins.Remove(slot);
            frame.Faults.RemoveAll(fault => fault.Name == slot.Name);
            Unload(slot);
        }
        slots = plugins.Order;
        library.Dispose();
    }
}
