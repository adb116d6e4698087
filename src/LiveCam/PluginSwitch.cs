using LiveCam.Engine;

namespace LiveCam;

/// <summary>What a person does to the list of plugins while the loop runs; what is refused is said on screen.</summary>
public static class PluginSwitch
{
    /// <summary>Chooses the plugin before or after the chosen one.</summary>
    public static void Choose(Frame frame, int by) =>
        frame.Screen.ChosenPlugin = Math.Clamp(frame.Screen.ChosenPlugin + by, 0, frame.Plugins.Slots.Count - 1);

    /// <summary>Lets the chosen plugin take part, or not.</summary>
    public static void Toggle(Frame frame) => Try(frame, slot =>
    {
        frame.Plugins.Enable(slot.Name, !slot.IsEnabled);
        frame.Screen.Say($"plugin \"{slot.Name}\" {(slot.IsEnabled ? "on" : "off")}", frame.Now);
    });

    /// <summary>Moves the chosen plugin one place in the order of a tick.</summary>
    public static void Move(Frame frame, bool isUp) => Try(frame, slot =>
    {
        frame.Plugins.Move(slot.Name, isUp);
        Choose(frame, isUp ? -1 : 1);
    });

    private static void Try(Frame frame, Action<PluginSlot> action)
    {
        IReadOnlyList<PluginSlot> slots = frame.Plugins.Slots;
        if (slots.Count == 0) return;
        try
        {
            action(slots[Math.Clamp(frame.Screen.ChosenPlugin, 0, slots.Count - 1)]);
        }
        catch (LiveCamException refused)
        {
            frame.Screen.Say(refused.Message, frame.Now, complaint: true);
        }
    }
}
