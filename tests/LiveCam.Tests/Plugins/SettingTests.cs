using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Plugins.Controls;
using LiveCam.Plugins.Switchboard;
using LiveCam.Tests.Platform;
using LiveCam.Ui;

namespace LiveCam.Tests.Plugins;

/// <summary>Settings on the command line, in their file and on the page.</summary>
public sealed class SettingTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly FakeClock clock = new();

    public void Dispose() => scratch.Dispose();

    private sealed class Clock : Plugin
    {
        public readonly NumberSetting Size = new("size", "of the figures", 1, 0.5, 3, 0.25);
        public readonly ChoiceSetting Corner = new("corner", "where it stands", ["top", "bottom"]);
        public readonly SwitchSetting Seconds = new("seconds", "whether they are shown");
        public readonly TextSetting Title = new("title", "above it", "Time");
        public readonly ColorSetting Ink = new("ink", "of the figures", Color.Hex(0xFFFFFF));
        public readonly TextSetting Laps = new("laps", "", "0") { IsHidden = true };
        public string Loaded = "";

        public override string Name => "wall clock";
        public override IReadOnlyList<Type> Writes => [typeof(Canvas)];
        public override IEnumerable<Setting> Settings => [Size, Corner, Seconds, Title, Ink, Laps];
        public override void Load() => Loaded = All;
        public override void Unload() => Laps.Value = $"{int.Parse(Laps.Value) + 1}";
        public override void Draw(Frame frame) => frame.Canvas!.Begin(frame.Width, frame.Height, default);
        public string All => string.Join(' ', Settings.Select(one => one.Text));
    }

    private sealed record Program(LiveCamApp App, Frame Frame, Clock Clock, SwitchboardPlugin Page, List<string> Notes) : IDisposable
    {
        public void Press(Key key, Modifiers with = 0)
        {
            Frame.Events.Add(new(WindowEventKind.KeyDown) { Key = key, Modifiers = with });
            App.Tick();
        }

        public void Dispose() => App.Unload();
    }

    private Program Start(params string[] asked)
    {
        var made = new Program(null!, new Frame(1280, 720, isShown: true), new Clock(), new SwitchboardPlugin(), []);
        made = made with { App = new LiveCamApp([new ControlsPlugin(), made.Clock, made.Page], made.Frame, clock: clock, note: made.Notes.Add, settings: new SettingsStore(scratch["settings.json"], asked)) };
        made.App.Load();
        made.App.Tick();
        return made;
    }

    [Fact]
    public void What_the_command_line_sets_is_there_when_the_plugin_is_loaded_and_is_not_kept()
    {
        using (Program program = Start("wall-clock.size=2.5", "wall-clock.corner=Bottom", "wall-clock.seconds=on", "wall-clock.title=a=b.c", "wall-clock.ink=#45BDF5"))
            Assert.Equal("2.5 bottom on a=b.c #45BDF5 0", program.Clock.Loaded);
        using Program again = Start();
        Assert.Equal("1 top off Time #FFFFFF 1", again.Clock.Loaded);
    }

    [Theory]
    [InlineData("wall-clock.size", "--set is \"wall-clock.size\", but has to be plugin.name=value, as in overlay.large-text=on.")]
    [InlineData("size=1", "--set is \"size=1\", but has to be plugin.name=value, as in overlay.large-text=on.")]
    [InlineData("moon.size=1", "Setting moon.size: there is no plugin \"moon\" in this run; those with settings are wall-clock.")]
    [InlineData("wall-clock.hue=1", "Setting wall-clock.hue: the plugin \"wall clock\" has no such setting; it has size, corner, seconds, title, ink.")]
    [InlineData("wall-clock.size=9", "Setting wall-clock.size: \"9\" is not a number from 0.5 to 3.")]
    [InlineData("wall-clock.size=NaN", "Setting wall-clock.size: \"NaN\" is not a number from 0.5 to 3.")]
    [InlineData("wall-clock.corner=left", "Setting wall-clock.corner: \"left\" is not top, bottom.")]
    [InlineData("wall-clock.seconds=maybe", "Setting wall-clock.seconds: \"maybe\" is not on or off.")]
    [InlineData("wall-clock.ink=red", "Setting wall-clock.ink: \"red\" is not a colour as #RRGGBB.")]
    public void What_cannot_be_set_is_one_sentence(string asked, string sentence) => Assert.Equal(sentence, Assert.Throws<LiveCamException>(() => Start(asked)).Message);

    [Fact]
    public void What_is_changed_on_the_page_survives_the_program_and_so_does_the_plugins_own_state()
    {
        using (Program program = Start())
        {
            program.Press(Key.F2);
            for (int i = 0; i < 3; i++) program.Press(Key.Up);
            while (program.Frame.Plugins.Slots[program.Page.Chosen].Name != "wall clock") program.Press(Key.Down);
            program.Press(Key.Right);
            program.Press(Key.Right, Modifiers.Shift);
            program.Press(Key.Left);
            program.Press(Key.Tab);
            program.Press(Key.Left);
            program.Press(Key.Tab);
            program.Press(Key.Right);
            program.Press(Key.Tab);
            program.Press(Key.E);
            foreach (char letter in "!") program.Frame.Events.Add(new(WindowEventKind.Text) { Character = new(letter) });
            program.Press(Key.Enter);
            program.Press(Key.Tab);
            program.Press(Key.Right);
            Assert.Equal("2.25 bottom on Time! #45BDF5 0", program.Clock.All);
            // Typed, a value that is none is refused.
            program.Press(Key.E);
            program.Press(Key.Enter);
            program.Press(Key.Tab, Modifiers.Shift);
            program.Press(Key.Tab);
            program.Press(Key.E);
            program.Frame.Events.Add(new(WindowEventKind.Text) { Character = new('x') });
            program.Press(Key.Enter);
            Assert.Equal("\"#45BDF5x\" is not a colour as #RRGGBB.", program.Frame.Said.Text);
        }
        using Program again = Start();
        Assert.Equal("2.25 bottom on Time! #45BDF5 1", again.Clock.Loaded);
    }

    [Fact]
    public void The_mouse_drags_numbers_and_turns_switches()
    {
        using Program program = Start();
        program.Press(Key.F2);
        while (program.Frame.Plugins.Slots[program.Page.Chosen].Name != "wall clock") program.Press(Key.Down);
        Rect[] controls = [.. program.Page.Controls];
        Assert.Equal(5, controls.Length);
        Click(controls[0].X + 2, controls[0].CenterY);
        Assert.Equal(0.5, program.Clock.Size.Value);
        Click(controls[2].CenterX, controls[2].CenterY);
        Assert.True(program.Clock.Seconds.IsOn);
        Click(controls[1].Right - 2, controls[1].CenterY);
        Assert.Equal("bottom", program.Clock.Corner.Text);
        Click(controls[3].CenterX, controls[3].CenterY);
        Assert.NotNull(program.Frame.Get<Focus>()!.Entry);

        void Click(float x, float y)
        {
            program.Frame.Events.Add(new(WindowEventKind.MouseDown) { Button = MouseButton.Left, X = x, Y = y });
            program.App.Tick();
        }
    }

    [Fact]
    public void A_value_in_the_file_that_fits_no_more_is_told_and_a_file_that_is_none_ends_the_start()
    {
        File.WriteAllText(scratch["settings.json"], "{\"wall-clock\":{\"size\":\"huge\",\"seconds\":\"on\"},\"gone\":{\"x\":\"1\"}}");
        using (Program program = Start())
        {
            Assert.Equal("Setting wall-clock.size: \"huge\" is not a number from 0.5 to 3.", Assert.Single(program.Notes));
            Assert.True(program.Clock.Seconds.IsOn);
        }
        // What other plugins had set stays.
        Assert.Contains("\"gone\"", File.ReadAllText(scratch["settings.json"]));
        File.WriteAllText(scratch["settings.json"], "nothing of the kind");
        Assert.Contains("settings.json\": it is no JSON object", Assert.Throws<LiveCamException>(() => Start()).Message);
    }

    [Fact]
    public void The_file_is_written_a_second_after_the_last_change()
    {
        using Program program = Start();
        program.Clock.Seconds.IsOn = true;
        program.App.Tick();
        Assert.False(File.Exists(scratch["settings.json"]));
        clock.Advance(TimeSpan.FromSeconds(1.5));
        program.App.Tick();
        Assert.True(SpinWait.SpinUntil(() => File.Exists(scratch["settings.json"]), TimeSpan.FromSeconds(20)), "nothing was written");
        Assert.Contains("\"seconds\": \"on\"", File.ReadAllText(scratch["settings.json"]));
    }

    [Fact]
    public void A_disk_that_refuses_is_told()
    {
        File.WriteAllText(scratch["file"], "");
        var frame = new Frame(160, 160, isShown: false);
        var plugin = new Clock();
        List<string> notes = [];
        var app = new LiveCamApp([plugin], frame, clock: clock, note: notes.Add, settings: new SettingsStore(Path.Combine(scratch["file"], "settings.json")));
        app.Load();
        plugin.Size.Value = 2;
        app.Tick();
        clock.Advance(TimeSpan.FromSeconds(2));
        app.Tick();
        Assert.True(SpinWait.SpinUntil(() => { app.Tick(); return notes.Count > 0; }, TimeSpan.FromSeconds(20)), "nothing was told");
        Assert.StartsWith("Keeping the settings in ", notes[0]);
        app.Unload();
    }
}
