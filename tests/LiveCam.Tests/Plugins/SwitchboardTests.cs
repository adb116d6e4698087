using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Switchboard;
using LiveCam.Tests.Viewing;
using LiveCam.Ui;

namespace LiveCam.Tests.Plugins;

/// <summary>The page of plugins, by keys and by mouse.</summary>
public sealed class SwitchboardTests
{
    [Fact]
    public void A_plugin_is_switched_off_and_on_by_keys()
    {
        using var stage = new Stage(optional: [new Extra()]);
        stage.App.Tick();
        stage.Press(Key.F2);
        Assert.True(stage.Screen.ShowsPlugins);
        Choose(stage, "extra");
        Assert.Equal("extra", stage.Frame.FeaturesNote);
        stage.Press(Key.Enter);
        Assert.False(stage.Frame.Plugins.Find("extra").IsEnabled);
        stage.App.Tick();
        Assert.NotEqual("extra", stage.Frame.FeaturesNote);
        stage.Press(Key.Space);
        Assert.True(stage.Frame.Plugins.Find("extra").IsEnabled);
        Assert.False(stage.Screen.IsFrozen, "the page's keys come before the others");
        stage.App.Tick();
        Assert.Equal("extra", stage.Frame.FeaturesNote);
        stage.Press(Key.Escape);
        Assert.False(stage.Screen.ShowsPlugins);
        Assert.False(stage.Frame.HasEnded);
    }

    [Fact]
    public void What_the_run_needs_stays()
    {
        using var stage = new Stage();
        stage.App.Tick();
        stage.Press(Key.F2);
        Choose(stage, "network");
        stage.Press(Key.Enter);
        Assert.True(stage.Screen.IsComplaint);
        Assert.Contains("no purpose without it", stage.Screen.Message);
        Assert.True(stage.Frame.Plugins.Find("network").IsEnabled);
    }

    [Fact]
    public void The_mouse_chooses_and_presses()
    {
        using var stage = new Stage(optional: [new Extra()]);
        stage.App.Tick();
        stage.Press(Key.F2);
        Choose(stage, "extra");
        int chosen = stage.Screen.ChosenPlugin;
        // The page is the whole frame's: a click beside it changes nothing.
        stage.Mouse(WindowEventKind.MouseDown, 5, 5);
        Assert.Equal(chosen, stage.Screen.ChosenPlugin);
        // Somewhere on the page is the button that switches it off, and it is the only place that does.
        (float X, float Y)? button = null;
        for (int y = 690; y > 300 && button is null; y -= 12)
            for (int x = 240; x < 700 && button is null; x += 40)
            {
                stage.Mouse(WindowEventKind.MouseDown, x, y);
                if (!stage.Frame.Plugins.Find("extra").IsEnabled) button = (x, y);
                Choose(stage, "extra");
            }
        Assert.NotNull(button);
        stage.Mouse(WindowEventKind.MouseDown, button.Value.X, button.Value.Y);
        Assert.True(stage.Frame.Plugins.Find("extra").IsEnabled);
    }

    private static void Choose(Stage stage, string name)
    {
        for (int i = 0; i < 20; i++) stage.Press(Key.Up);
        for (int i = 0; i < 20 && stage.Frame.Plugins.Slots[stage.Screen.ChosenPlugin].Name != name; i++) stage.Press(Key.Down);
        Assert.Equal(name, stage.Frame.Plugins.Slots[stage.Screen.ChosenPlugin].Name);
    }

    /// <summary>Changes a part of the features.</summary>
    private sealed class Extra : Plugin
    {
        public override string Name => "extra";
        public override IReadOnlyList<Type> Reads => [typeof(FeatureView)];
        public override IReadOnlyList<Type> Writes => [typeof(FeatureView)];
        public override void Update(Frame frame) => frame.Get<FeatureView>()!.Note = "extra";
    }
}
