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

    private static readonly TimeSpan EscapeAgain = TimeSpan.FromSeconds(2.5);

    // More presses than this before there is a network are those of a cat.
    private const int MostWaiting = 64;

    private readonly Focus focus = new();
    private readonly Queue<(PluginSlot Slot, KeyCommand Command, bool IsFast)> waiting = new();
    private TimeSpan escape = TimeSpan.MinValue / 2;
    private IReadOnlyList<PluginSlot> known = [];
    private KeyTable keys = new([]);

    public override string Name => "keys";
    public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent)];
    public override IReadOnlyList<Type> Writes => [typeof(Focus), typeof(KeyTable)];

    public override IEnumerable<KeyCommand> Keys =>
    [
        new(KeyTable.Program, "Esc", "back; twice from the first view ends the program", [(Key.Escape, 0)], (frame, _) => Back(frame)),
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
        if (!IsPreparing(frame))
            while (waiting.TryDequeue(out var early)) plugins.Press!(early.Slot, early.Command, early.IsFast);
        foreach (WindowEvent happened in frame.Events)
        {
            if (focus.Entry is { } entry && TakeText(entry, happened)) continue;
            switch (happened.Kind)
            {
                case WindowEventKind.KeyDown:
                    if (keys.Find(frame, happened) is { } found) Press(frame, plugins, found.Slot, found.Command, happened.Modifiers.HasFlag(Modifiers.Shift));
                    break;
                case WindowEventKind.Close: frame.HasEnded = true; break;
                case WindowEventKind.Drop: Take(happened.Path!); break;
                case WindowEventKind.Resize when happened is { Width: > 0, Height: > 0 }: (frame.Width, frame.Height) = (happened.Width, happened.Height); break;
            }
        }
    }

    /// <summary>Keys that walk through a network wait until there is one.</summary>
    private void Press(Frame frame, PluginList plugins, PluginSlot slot, KeyCommand command, bool isFast)
    {
        bool isEarly = command.Group is KeyTable.Walk or KeyTable.Kernels && IsPreparing(frame);
        if (!isEarly) plugins.Press!(slot, command, isFast);
        else if (waiting.Count < MostWaiting) waiting.Enqueue((slot, command, isFast));
    }

    /// <summary>Whether a network is expected and has not shown anything yet.</summary>
    private bool IsPreparing(Frame frame) =>
        frame.Get<NetworkInfo>() is not { } network ? known.Any(slot => slot.IsEnabled && slot.Writes.Contains(typeof(NetworkInfo))) : network.Kept is not null && frame.Get<LayerData>() is null && frame.Get<Answer>() is null;

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
        else if (frame.Now < escape + EscapeAgain) frame.HasEnded = true;
        else
        {
            escape = frame.Now;
            Say("Esc again ends the program");
        }
    }
}
