using LiveCam.Input;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Plugins.Switchboard;

// The settings of the chosen plugin: two lines each, and on the right what changes it.
public sealed partial class SwitchboardPlugin
{
    private readonly List<(Rect Row, Rect Control, Slider? Slider)> places = [];
    private int setting;

    /// <summary>Where the settings can be clicked in the last frame.</summary>
    internal IEnumerable<Rect> Controls => places.Select(place => place.Control);

    private static IReadOnlyList<Setting> Shown(PluginSlot slot) => [.. slot.Settings.Where(one => !one.IsHidden)];

    private IReadOnlyList<Setting> Shown(Frame frame)
    {
        IReadOnlyList<PluginSlot> slots = frame.Get<PluginList>()!.Slots;
        return Shown(slots[Math.Clamp(chosen, 0, slots.Count - 1)]);
    }

    private Setting? ChosenSetting(Frame frame)
    {
        IReadOnlyList<Setting> settings = Shown(frame);
        return settings.Count == 0 ? null : settings[Math.Clamp(setting, 0, settings.Count - 1)];
    }

    private void ChooseSetting(Frame frame, int by)
    {
        int count = Shown(frame).Count;
        if (count > 0) setting = ((setting + by) % count + count) % count;
    }

    private void Type(Frame frame)
    {
        if (ChosenSetting(frame) is not { } one) return;
        frame.Get<Focus>()!.Entry = new TextEntry($"{one.Name}: {one.Allowed}", one.Text, text =>
        {
            if (!one.TrySet(text)) Say($"\"{text}\" is not {one.Allowed}.", Severity.Warning);
        });
    }

    private void Press(Frame frame, float x, float y)
    {
        IReadOnlyList<Setting> settings = Shown(frame);
        for (int i = 0; i < Math.Min(places.Count, settings.Count); i++)
        {
            (Rect row, Rect control, Slider? slider) = places[i];
            if (!row.Contains(x, y)) continue;
            setting = i;
            if (!control.Contains(x, y)) return;
            if (slider is { } track && settings[i] is NumberSetting number) number.SetShare(track.At(x));
            else if (settings[i] is TextSetting) Type(frame);
            else settings[i].Step(settings[i] is ChoiceSetting && x < control.X + control.Width / 2 ? -1 : 1);
        }
    }

    private static float RowHeight(Theme theme) => theme.LineHeight(theme.Row) + theme.LineHeight(theme.Caption) + theme.Px(12);

    private static float HeadHeight(Theme theme) => theme.LineHeight(theme.Title) + theme.Px(8);

    private static float SettingsHeight(Theme theme, int count) => HeadHeight(theme) + count * RowHeight(theme);

    private void DrawSettings(Canvas canvas, Theme theme, Rect box, PluginSlot slot)
    {
        places.Clear();
        canvas.Fill(new(box.X - theme.Px(8), box.Y, theme.Hairline, box.Height), theme.Line);
        box = box.Inset(theme.Px(8), 0);
        IReadOnlyList<Setting> settings = Shown(slot);
        Rect head = box.CutTop(HeadHeight(theme), out box);
        canvas.Text(settings.Count == 0 ? "nothing to set" : "settings", head, theme.Title, theme.TextDim);
        if (settings.Count > 0) canvas.Text("Tab, arrows, E", head, theme.Caption, theme.TextFaint, Align.Right);
        setting = Math.Clamp(setting, 0, Math.Max(0, settings.Count - 1));
        float line = theme.LineHeight(theme.Row), row = RowHeight(theme);
        // Of more than have room those around the chosen one are seen.
        int room = Math.Max(1, (int)(box.Height / row)), first = Math.Clamp(setting - room / 2, 0, Math.Max(0, settings.Count - room));
        for (int i = 0; i < first; i++) places.Add(default);
        for (int i = first; i < Math.Min(settings.Count, first + room); i++)
        {
            Rect place = box.CutTop(row, out box);
            if (i == setting)
            {
                canvas.Fill(place, theme.Well, theme.Px(4));
                canvas.Fill(new(place.X, place.Y, theme.Px(3), place.Height), theme.Accent);
            }
            Rect inner = place.Inset(theme.Px(10), theme.Px(5)), top = inner.CutTop(line, out Rect below);
            Rect control = top.CutRight(MathF.Floor(top.Width * 0.5f), out Rect name);
            canvas.Text(settings[i].Name, name, theme.Row, i == setting ? theme.Text : theme.TextDim);
            canvas.Text(settings[i].Help, below, theme.Caption, theme.TextFaint);
            places.Add((place, control, DrawValue(canvas, theme, control, settings[i], i == setting)));
        }
    }

    private static Slider? DrawValue(Canvas canvas, Theme theme, Rect box, Setting setting, bool isChosen)
    {
        Color color = isChosen ? theme.Text : theme.TextDim;
        switch (setting)
        {
            case NumberSetting { Share: { } share }:
                Rect figure = box.CutRight(MathF.Ceiling(canvas.Font.Measure("00000", theme.Row)), out Rect track);
                canvas.Text(setting.Text, figure, theme.Row, color, Align.Right);
                return Slider.Draw(canvas, theme, track with { Width = track.Width - theme.Px(10) }, share, 0, 1);
            case SwitchSetting { IsOn: var isOn }:
                float high = theme.Px(16), wide = theme.Px(30), knob = high - theme.Px(4);
                var pill = new Rect(box.Right - wide, MathF.Floor(box.CenterY - high / 2), wide, high);
                canvas.Fill(pill, isOn ? theme.Accent : theme.TextFaint.Fade(0.55f), high / 2);
                canvas.Fill(new(isOn ? pill.Right - knob - theme.Px(2) : pill.X + theme.Px(2), pill.Y + theme.Px(2), knob, knob), theme.Surface, knob / 2);
                canvas.Text(setting.Text, box with { Width = box.Width - wide - theme.Px(8) }, theme.Row, color, Align.Right);
                return null;
            case ColorSetting { Value: var value }:
                float side = theme.Px(16);
                var swatch = new Rect(box.Right - side, MathF.Floor(box.CenterY - side / 2), side, side);
                canvas.Fill(swatch, value, theme.Px(3));
                canvas.Border(swatch, theme.Line, theme.Hairline, theme.Px(3));
                canvas.Text(setting.Text, box with { Width = box.Width - side - theme.Px(8) }, theme.Row, color, Align.Right);
                return null;
            default:
                canvas.Text(setting is ChoiceSetting ? $"‹ {setting.Text} ›" : setting.Text, box, theme.Row, color, Align.Right);
                return null;
        }
    }
}
