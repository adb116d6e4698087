using System.Globalization;
using LiveCam.Platform;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Switchboard;

/// <summary>The page of plugins: what each reads, writes and takes, and which take part, in which order.</summary>
public sealed class SwitchboardPlugin : Plugin
{
    // Its figures change at most twice a second, so that they can be read.
    private static readonly TimeSpan TextsEvery = TimeSpan.FromMilliseconds(500);

    private ListRow[] rows = [];
    private ListBoxLayout list;
    private Rect onOff, up, down;
    private TimeSpan written;

    public override string Name => "plugins";
    public override FrameParts MayRead => FrameParts.Events;
    public override FrameParts Reads => FrameParts.Canvas;
    public override FrameParts Writes => FrameParts.Canvas;

    public override void Update(Frame frame)
    {
        if (!frame.Screen.ShowsPlugins) return;
        foreach (WindowEvent happened in frame.Events)
        {
            if (happened is not { Kind: WindowEventKind.MouseDown, Button: MouseButton.Left }) continue;
            if (list.At(happened.X, happened.Y) is >= 0 and var row) frame.Screen.ChosenPlugin = row;
            else if (onOff.Contains(happened.X, happened.Y)) PluginSwitch.Toggle(frame);
            else if (up.Contains(happened.X, happened.Y)) PluginSwitch.Move(frame, isUp: true);
            else if (down.Contains(happened.X, happened.Y)) PluginSwitch.Move(frame, isUp: false);
        }
    }

    public override void Draw(Frame frame)
    {
        if (!frame.Screen.ShowsPlugins) return;
        Canvas canvas = frame.Canvas!;
        Theme theme = frame.Theme;
        IReadOnlyList<PluginSlot> slots = frame.Plugins.Slots;
        int chosen = frame.Screen.ChosenPlugin = Math.Clamp(frame.Screen.ChosenPlugin, 0, slots.Count - 1);
        if (rows.Length != slots.Count || frame.Now - written >= TextsEvery || frame.Now < written) written = TimeSpan.MinValue;
        if (written == TimeSpan.MinValue) Write(frame, slots, theme);

        canvas.Fill(canvas.Bounds, theme.Background.Fade(0.86f));
        float width = MathF.Min(canvas.Width - 2 * theme.Margin, theme.Px(theme.LargeText ? 980 : 820));
        float row = theme.LineHeight(theme.Row) + theme.Px(6), height = MathF.Min(canvas.Height - 2 * theme.Margin, slots.Count * row + theme.Px(theme.LargeText ? 220 : 180));
        Rect box = new Rect((canvas.Width - width) / 2, (canvas.Height - height) / 2, width, height).Snap();
        canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Border(box, theme.Line, theme.Hairline, theme.Radius);
        Rect inner = box.Inset(theme.Px(24), theme.Px(16)), head = inner.CutTop(theme.LineHeight(theme.Headline), out inner);
        canvas.Text("Plugins, in the order of a tick", head, theme.Headline, theme.Text);
        Rect foot = inner.CutBottom(Button.Height(theme), out inner);
        Rect facts = inner.CutBottom(theme.LineHeight(theme.Body) + theme.Px(14), out inner);
        list = ListBox.Draw(canvas, theme, inner.Inset(0, theme.Gap), rows, chosen);
        canvas.Text(Facts(slots[chosen]), facts, theme.Body, slots[chosen].Fault is null ? theme.TextDim : theme.Bad);
        Buttons(canvas, theme, foot, slots[chosen]);
        Toast.Draw(canvas, theme, canvas.Bounds, frame.Screen.Message, frame.Screen.IsComplaint);
    }

    private void Buttons(Canvas canvas, Theme theme, Rect foot, PluginSlot slot)
    {
        string toggle = slot.IsEnabled ? "switch off" : "switch on";
        onOff = Next(toggle, "Enter");
        up = Next("earlier", "Shift+Up");
        down = Next("later", "Shift+Down");
        Button.Draw(canvas, theme, onOff, toggle, "Enter", isEnabled: !slot.IsEssential);
        Button.Draw(canvas, theme, up, "earlier", "Shift+Up");
        Button.Draw(canvas, theme, down, "later", "Shift+Down");
        canvas.Text("F2 or Esc closes this", foot, theme.Body, theme.TextFaint, Align.Right);

        Rect Next(string text, string key)
        {
            Rect box = foot.CutLeft(Button.Width(canvas, theme, text, key), out foot);
            foot.CutLeft(theme.Gap, out foot);
            return box;
        }
    }

    private void Write(Frame frame, IReadOnlyList<PluginSlot> slots, Theme theme)
    {
        written = frame.Now;
        if (rows.Length != slots.Count) rows = new ListRow[slots.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            PluginSlot slot = slots[i];
            float took = 0;
            foreach (Stage stage in frame.Stages)
                if (stage.Name == slot.Name) took = stage.Milliseconds;
            string state = slot.Fault is not null ? "failed" : !slot.IsEnabled ? "off" : string.Create(CultureInfo.InvariantCulture, $"{took:0.00} ms");
            rows[i] = new(slot.IsGuest ? $"{slot.Name} (guest)" : slot.Name, state, slot.Fault is not null ? theme.Bad : slot.IsEnabled ? theme.Good : theme.Line, !slot.IsEnabled);
        }
    }

    private static string Facts(PluginSlot slot)
    {
        if (slot.Fault is { } fault) return fault.Sentence;
        string reads = Parts(slot.Reads | slot.MayRead), writes = Parts(slot.Writes);
        return $"reads {reads}, writes {writes}{(slot.IsEssential ? "; the run needs it" : "")}";
    }

    private static string Parts(FrameParts parts) => parts == FrameParts.None ? "nothing" : parts.ToString().ToLowerInvariant();
}
