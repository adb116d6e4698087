using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Training.Heads;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Plugins.Samples;
using LiveCam.Plugins.Teach;
using LiveCam.Teaching;
using LiveCam.Tests.Viewing;

namespace LiveCam.Tests.Teaching;

/// <summary>Teaching as in a window: network, samples and learning on threads of their own, keys and mouse from events.</summary>
public sealed class TeachBesideTheLoopTests : IDisposable
{
    private readonly TeachProgram program = new();

    public void Dispose() => program.Dispose();

    private LiveProgram Open()
    {
        var model = PictureModel.Load(program.Backbone, null, new Dictionary<string, string>());
        SampleStore store = program.Project.Open();
        return new LiveProgram(model, new CaptureSettings("pattern:160x120") { Speed = 1, Stays = true }, program.Project.Base, 1280, 720, isWindow: false, features: PictureLayers.Features,
            more: [new SamplesPlugin(store, new SampleShelf(store)), new TeachPlugin(new Learner(store, () => new CpuDevice(threads: 1)))]);
    }

    private static void Hold(LiveProgram live, Key key, Func<bool> until)
    {
        live.Frame.Events.Add(new(WindowEventKind.KeyDown) { Key = key, Modifiers = Modifiers.Shift });
        live.Until(until, $"holding {key}");
        live.Frame.Events.Add(new(WindowEventKind.KeyUp) { Key = key });
        live.App.Tick();
    }

    private static int Count(LiveProgram live, int id) => live.Frame.Teaching?.Classes.FirstOrDefault(one => one.Id == id)?.Count ?? 0;

    [Fact]
    public void A_held_key_teaches_a_class_and_the_answer_is_a_taught_one()
    {
        using LiveProgram live = Open();
        Hold(live, Key.D1, () => Count(live, 1) >= 6);
        Assert.False(live.Frame.Burst.IsOn);
        live.Until(() => live.Frame.Answer is { Certainty: not null } answer && answer.Top[0].Label == "class 1", "a taught answer");
        int kept = Count(live, 1);
        live.Press(Key.F3, () => live.Screen.ShowsTeaching);
        live.Press(Key.Down, () => live.Screen.ChosenClass == 1);
        live.Until(() => live.Frame.SmallSamples.Find(1)?.Samples.Count == Math.Min(kept, live.Screen.SampleRoom), "small pictures");
        live.Press(Key.F3, () => !live.Screen.ShowsTeaching);
        live.Press(Key.U, () => Count(live, 1) == 0);
        live.Until(() => live.Frame.Answer is { Certainty: null }, "the network's own answer again");
        Assert.Empty(live.Frame.Faults);
    }

    [Fact]
    public void A_held_mouse_button_records_into_the_class_it_is_on_until_it_is_let_go()
    {
        using LiveProgram live = Open();
        live.Until(() => live.Frame.Lessons is not null && live.Frame.CameraPane.Width > 0);
        live.App.Tick();
        // The second place is that of the class which is not there yet: after the background's.
        LiveCam.Ui.Rect pane = live.Frame.CameraPane;
        live.Frame.Events.Add(new(WindowEventKind.MouseDown) { Button = MouseButton.Left, X = pane.X + 8 + 176 + 6 + 40, Y = pane.Bottom - 30 });
        live.Until(() => live.Frame.Burst is { IsOn: true, Class: 1 } && Count(live, 1) >= 1, "recording by the mouse");
        live.Frame.Events.Add(new(WindowEventKind.MouseUp) { Button = MouseButton.Left, X = 5, Y = 5 });
        live.App.Tick();
        live.App.Tick();
        Assert.False(live.Frame.Burst.IsOn);
    }

    [Fact]
    public void Without_a_project_the_keys_say_how_to_open_one()
    {
        using var stage = new Stage();
        stage.App.Tick();
        stage.Press(Key.D1);
        Assert.Contains("--project", stage.Screen.Message);
        stage.Press(Key.F3);
        Assert.False(stage.Screen.ShowsTeaching);
    }
}
