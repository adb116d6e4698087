using LiveCam.Engine;
using LiveCam.Input;
using LiveCam.Networks;
using LiveCam.Platform;

namespace LiveCam.Plugins.Controls;

/// <summary>Keys to the plugins they belong to, dropped files to whoever takes such, and the window's wishes to the frame. The mouse belongs to whoever drew
/// what it points at.</summary>
public sealed class ControlsPlugin : Plugin
{
    private static readonly string[] LabelFiles = [".txt", ".json"];

    private readonly Focus focus = new();
    private IReadOnlyList<PluginSlot> known = [];
    private KeyTable keys = new([]);

    public override string Name => "keys";
    public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent)];
    public override IReadOnlyList<Type> Writes => [typeof(Focus), typeof(KeyTable)];

    public override IEnumerable<KeyCommand> Keys =>
    [
        new(KeyTable.Program, "Esc", "back; from the first view it ends the program", [(Key.Escape, 0)], (frame, _) => Back(frame)),
        new(KeyTable.Program, "Q", "quit", [(Key.Q, 0)], (frame, _) => frame.HasEnded = true),
    ];

    public override void Update(Frame frame)
    {
        PluginList plugins = frame.Get<PluginList>()!;
        if (!ReferenceEquals(known, plugins.Slots)) Learn(frame, plugins.Slots);
        frame.Set(focus);
        // A page goes with its plugin.
        foreach (PluginSlot slot in known)
            if (slot.Plugin == focus.Page && !slot.IsEnabled) focus.Close();
        foreach (WindowEvent happened in frame.Events)
        {
            if (focus.Entry is { } entry && TakeText(entry, happened)) continue;
            switch (happened.Kind)
            {
                case WindowEventKind.KeyDown:
                    if (keys.Find(frame, happened) is { } found) plugins.Press!(found.Slot, found.Command, happened.Modifiers.HasFlag(Modifiers.Shift));
                    break;
                case WindowEventKind.Close: frame.HasEnded = true; break;
                case WindowEventKind.Drop: Take(happened.Path!); break;
                case WindowEventKind.Resize when happened is { Width: > 0, Height: > 0 }: (frame.Width, frame.Height) = (happened.Width, happened.Height); break;
            }
        }
    }

    private void Learn(Frame frame, IReadOnlyList<PluginSlot> slots)
    {
        HashSet<string> before = [.. keys.Conflicts()];
        (known, keys) = (slots, new KeyTable(slots));
        frame.Set(keys);
        foreach (string conflict in keys.Conflicts())
            if (!before.Contains(conflict)) Say(conflict, Severity.Warning);
        if (!slots.Any(slot => slot.Plugin == focus.Page)) focus.Close();
    }

    private bool TakeText(TextEntry entry, in WindowEvent happened)
    {
        try
        {
            return entry.Take(happened);
        }
        catch (LiveCamException refused)
        {
            Say(refused.Message, Severity.Warning);
            return true;
        }
        finally
        {
            if (entry.IsOver) focus.Entry = null;
        }
    }

    /// <summary>Models and labels go to the network; whatever else was dropped is a source, and capture says why where it is none.</summary>
    private void Take(string path)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        bool isFolder = Directory.Exists(path);
        ChangeNetwork? wish = isFolder ? null : ending == ".onnx" ? new(Model: path) : LabelFiles.Contains(ending) ? new(Labels: path) : null;
        if (wish is null)
        {
            Send(new ChangeCamera(path));
            return;
        }
        Send(wish);
        Say($"loading {Path.GetFileName(path)} …");
    }

    private void Back(Frame frame)
    {
        if (focus.Page is not null) focus.Close();
        else if (frame.IsFullscreen) frame.IsFullscreen = false;
        else frame.HasEnded = true;
    }
}
