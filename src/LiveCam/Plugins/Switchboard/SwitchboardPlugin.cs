using System.Globalization;
using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Text;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Switchboard;

/// <summary>The page of plugins: what each reads, writes and takes, which take part, and what can be set of the chosen one.</summary>
public sealed partial class SwitchboardPlugin : Plugin
{
    // Its figures change at most twice a second, so that they can be read.
    private static readonly TimeSpan TextsEvery = TimeSpan.FromMilliseconds(500);

    private ListRow[] rows = [];
    private ListBoxLayout list;
    private Rect onOff;
    private TimeSpan written;
    private int chosen;

    /// <summary>The place of the plugin that keys work on.</summary>
    internal int Chosen => chosen;

    public override string Name => "plugins";
    public override IReadOnlyList<Type> Reads => [typeof(Canvas)];
    public override IReadOnlyList<Type> MayRead => [typeof(WindowEvent), typeof(Focus)];
    public override IReadOnlyList<Type> Writes => [typeof(Canvas)];

    public override IEnumerable<KeyCommand> Keys =>
    [
        OnPage("F2", "the plugins: on, off, settings; and back", [(Key.F2, 0)], (frame, _) => frame.Get<Focus>()!.Toggle(this)) with { When = null },
        OnPage("Up / Down", "previous / next plugin", [(Key.Up, 0)], (frame, _) => Choose(frame, chosen - 1)),
        OnPage("", "", [(Key.Down, 0)], (frame, _) => Choose(frame, chosen + 1)),
        OnPage("Enter or Space", "switch it on or off", [(Key.Enter, 0), (Key.Space, 0)], (frame, _) => Toggle(frame)),
        OnPage("Tab", "next of its settings (Shift: back)", [(Key.Tab, 0)], (frame, back) => ChooseSetting(frame, back ? -1 : 1)),
        OnPage("Left / Right", "change the setting (Shift: by five)", [(Key.Left, 0)], (frame, fast) => ChosenSetting(frame)?.Step(fast ? -5 : -1)),
        OnPage("", "", [(Key.Right, 0)], (frame, fast) => ChosenSetting(frame)?.Step(fast ? 5 : 1)),
        OnPage("E", "type the setting's value", [(Key.E, 0)], (frame, _) => Type(frame)),
    ];

    public override void Update(Frame frame)
    {
        if (frame.Get<Focus>() is not { Entry: null } focus || !focus.IsOn(this)) return;
        foreach (WindowEvent happened in frame.Events)
        {
            if (happened is not { Kind: WindowEventKind.MouseDown, Button: MouseButton.Left }) continue;
            if (list.At(happened.X, happened.Y) is >= 0 and var row) Choose(frame, row);
            else if (onOff.Contains(happened.X, happened.Y)) Toggle(frame);
            else Press(frame, happened.X, happened.Y);
        }
    }

    public override void Draw(Frame frame)
    {
        if (frame.Get<Focus>() is not { } focus || !focus.IsOn(this)) return;
        Canvas canvas = frame.Canvas!;
        Theme theme = frame.Theme;
        IReadOnlyList<PluginSlot> slots = frame.Get<PluginList>()!.Slots;
        chosen = Math.Clamp(chosen, 0, slots.Count - 1);
        if (rows.Length != slots.Count || frame.Now - written >= TextsEvery || frame.Now < written) written = TimeSpan.MinValue;
        if (written == TimeSpan.MinValue) Write(frame, slots, theme);

        canvas.Fill(canvas.Bounds, theme.Background.Fade(0.86f));
        float width = MathF.Min(canvas.Width - 2 * theme.Margin, theme.Px(theme.LargeText ? 1180 : 1020));
        // High enough for the list and for any plugin's settings, so that it stays where it is whichever is chosen.
        float row = theme.LineHeight(theme.Row) + theme.Px(6), content = MathF.Max(slots.Count * row, SettingsHeight(theme, slots.Max(slot => Shown(slot).Count)));
        float height = MathF.Min(canvas.Height - 2 * theme.Margin, content + theme.Px(theme.LargeText ? 260 : 210));
        Rect box = new Rect((canvas.Width - width) / 2, (canvas.Height - height) / 2, width, height).Snap();
        canvas.Fill(box, theme.Surface, theme.Radius);
        canvas.Border(box, theme.Line, theme.Hairline, theme.Radius);
        Rect inner = box.Inset(theme.Px(24), theme.Px(16)), head = inner.CutTop(theme.LineHeight(theme.Headline), out inner);
        canvas.Text("Plugins, in the order of a tick", head, theme.Headline, theme.Text);
        Rect foot = inner.CutBottom(Button.Height(theme), out inner);
        Rect facts = inner.CutBottom(FactLines * theme.LineHeight(theme.Body) + theme.Px(22), out inner);
        inner = inner.Inset(0, theme.Gap);
        Rect panel = inner.CutRight(MathF.Floor(inner.Width * 0.42f), out inner);
        inner.CutRight(theme.Px(16), out inner);
        list = ListBox.Draw(canvas, theme, inner, rows, chosen);
        DrawSettings(canvas, theme, panel, slots[chosen]);
        DrawFacts(canvas, theme, facts, slots[chosen]);
        DrawFoot(canvas, theme, foot, slots[chosen]);
        if (focus.Entry is { } entry) EntryBox.Draw(canvas, theme, entry.Title, entry.Field, "Enter takes it, Esc leaves it");
        if (frame.Get<Messages>() is { } messages) Toast.Draw(canvas, theme, canvas.Bounds, messages.Text, messages.IsWarning);
    }

    private KeyCommand OnPage(string label, string help, (Key, Modifiers)[] chords, Action<Frame, bool> what) =>
        new(KeyTable.PluginPage, label, help, chords, what) { When = frame => frame.Get<Focus>()!.IsOn(this) };

    private void Choose(Frame frame, int place)
    {
        chosen = Math.Clamp(place, 0, frame.Get<PluginList>()!.Slots.Count - 1);
        setting = 0;
    }

    /// <summary>Lets the chosen plugin take part, or not; what is refused is said.</summary>
    private void Toggle(Frame frame)
    {
        PluginList plugins = frame.Get<PluginList>()!;
        PluginSlot slot = plugins.Slots[Math.Clamp(chosen, 0, plugins.Slots.Count - 1)];
        try
        {
            plugins.Enable(slot.Name, !slot.IsEnabled);
            Say($"plugin \"{slot.Name}\" {(slot.IsEnabled ? "on" : "off")}");
        }
        catch (LiveCamException refused)
        {
            Say(refused.Message, Severity.Warning);
        }
    }

    private void DrawFoot(Canvas canvas, Theme theme, Rect foot, PluginSlot slot)
    {
        string toggle = slot.IsEnabled ? "switch off" : "switch on";
        onOff = foot.CutLeft(Button.Width(canvas, theme, toggle, "Enter"), out foot);
        Button.Draw(canvas, theme, onOff, toggle, "Enter", isEnabled: !slot.IsEssential);
        canvas.Text("F2 or Esc closes this", foot, theme.Body, theme.TextFaint, Align.Right);
    }

    private void Write(Frame frame, IReadOnlyList<PluginSlot> slots, Theme theme)
    {
        written = frame.Now;
        if (rows.Length != slots.Count) rows = new ListRow[slots.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            PluginSlot slot = slots[i];
            string state = slot.Fault is not null ? "failed" : !slot.IsEnabled ? "off" : string.Create(CultureInfo.InvariantCulture, $"{slot.Milliseconds:0.00} ms");
            rows[i] = new(slot.IsExternal ? $"{slot.Name} (external)" : slot.Name, state, slot.Fault is not null ? theme.Bad : slot.IsEnabled ? theme.Good : theme.Line, !slot.IsEnabled);
        }
    }

    private const int FactLines = 2;

    private static void DrawFacts(Canvas canvas, Theme theme, Rect box, PluginSlot slot)
    {
        string text = slot.Fault?.Sentence ?? Facts(slot);
        Span<Range> lines = stackalloc Range[FactLines];
        int count = Toast.Wrap(canvas, theme.Body, text, box.Width, lines);
        box = box.Inset(0, theme.Px(7));
        for (int i = 0; i < count; i++)
            canvas.Text(text.AsSpan()[lines[i]], box.CutTop(theme.LineHeight(theme.Body), out box), theme.Body, slot.Fault is null ? theme.TextDim : theme.Bad);
    }

    private static string Facts(PluginSlot slot) =>
        $"reads {Parts([.. slot.Reads, .. slot.MayRead])}; writes {Parts(slot.Writes)}{(slot.Handles.Count > 0 ? $"; handles {Parts([.. slot.Handles.Select(handler => handler.Message)])}" : "")}"
        + (slot.IsEssential ? "; the run needs it" : "");

    private static string Parts(IReadOnlyList<Type> types) => types.Count == 0 ? "nothing" : string.Join(", ", types.Select(TypeName.Of));
}
