using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Tests.Viewing;

/// <summary>What somebody meets who has just begun: hints, keys pressed early, Esc, faults, the end of a folder.</summary>
[Collection(WindowCollection.Name)]
public sealed class FirstMinuteTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static PictureModel Model() => PictureModel.Load(Requirements.Data("models/resnet8-cifar10/model.onnx"), Requirements.Data("labels/cifar10.txt"), new Dictionary<string, string>());

    [Fact]
    public void Esc_asks_once_and_a_second_one_soon_after_ends_the_program()
    {
        using var stage = new Stage();
        stage.App.Tick();
        stage.Press(Key.Escape);
        Assert.False(stage.Frame.HasEnded);
        Assert.Contains("Esc again", stage.Screen.Message);
        stage.Press(Key.Escape);
        Assert.True(stage.Frame.HasEnded);
    }

    [Fact]
    public void Keys_pressed_while_the_network_is_prepared_are_not_lost()
    {
        ImageFile.Save(Scratch.Pattern(64, 48, 1), scratch["still.png"]);
        using var live = new LiveProgram(Model(), new CaptureSettings(scratch["still.png"]) { Stays = true }, scratch.Folder, isWindow: false);
        live.Press(Key.Down);
        live.Press(Key.Z);
        live.App.Tick();
        Assert.Null(live.Frame.Network);
        live.Until(() => live.Frame.Network is not null && live.Screen.IsZoomed);
        int first = live.Frame.Network.KeptIndex;
        live.Until(() => live.Frame.Network.KeptIndex == first + 1, "the next layer");
    }

    /// <summary>What is on the screen beside what is saved: the hint, until a key is pressed, and the sentence of the key.</summary>
    [Fact]
    public void Hints_and_toasts_are_seen_and_not_saved()
    {
        using var stage = new Stage(model: null, folder: scratch.Folder);
        stage.App.Tick();
        Assert.NotEqual(stage.Draw().Bytes, Saved().Bytes);
        stage.Press(Key.Unknown);
        stage.App.Tick();
        Assert.Equal(stage.Draw().Bytes, Saved().Bytes);
        stage.Press(Key.T);
        stage.App.Tick();
        Assert.NotEqual("", stage.Screen.Message);
        Assert.NotEqual(stage.Draw().Bytes, Saved().Bytes);

        Picture Saved()
        {
            var copy = new Canvas();
            copy.Copy(stage.Frame.Canvas!, new PictureCopies());
            var picture = new Picture(stage.Frame.Width, stage.Frame.Height, PixelFormat.Rgba8);
            new SoftwareRasterizer().Render(copy, picture);
            return picture;
        }
    }

    private sealed class Broken : Plugin
    {
        public override string Name => "broken";
        public override void Update(Frame frame) => throw new InvalidOperationException("a part is missing");
    }

    [Fact]
    public void A_fault_has_its_stack_on_the_terminal_and_is_closed()
    {
        List<string> told = [];
        var messages = new Messages(told.Add);
        messages.Take(Fault.Of("broken", Thrown()));
        Assert.Contains(told, line => line.Contains(nameof(Thrown), StringComparison.Ordinal));
        told.Clear();
        messages.Take(Fault.Of("kind", new Engine.LiveCamException("A sentence says all.")));
        Assert.Equal("kind: A sentence says all.", Assert.Single(told));

        using var stage = new Stage(optional: [new Broken()]);
        stage.App.Tick();
        stage.App.Tick();
        Assert.Equal("broken", Assert.Single(stage.Frame.Faults).Name);
        Picture with = stage.Draw();
        stage.Press(Key.Escape);
        Assert.False(stage.Frame.HasEnded);
        Assert.Equal("", stage.Screen.Message);
        stage.App.Tick();
        Assert.NotEqual(with.Bytes, stage.Draw().Bytes);
        stage.Press(Key.Escape);
        Assert.Contains("Esc again", stage.Screen.Message);

        static Exception Thrown()
        {
            try
            {
                throw new InvalidOperationException("a part is missing");
            }
            catch (InvalidOperationException error)
            {
                return error;
            }
        }
    }

    [Fact]
    public void Pictures_of_a_folder_are_named_and_the_end_is_said()
    {
        ImageFile.Save(Scratch.Pattern(64, 48, 1), scratch["a.png"]);
        ImageFile.Save(Scratch.Pattern(64, 48, 2), scratch["b.png"]);
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--model", "kernels", "--source", scratch.Folder);
        Assert.Equal(["a.png", "b.png"], call.Json[..2].Select(line => line.GetProperty("file").GetString()));
        using var live = new LiveProgram(Model(), new CaptureSettings(scratch.Folder) { Stays = true, Speed = 20 }, scratch.Folder, isWindow: false);
        live.Until(() => live.Frame.Report is { IsOver: true, File: not null });
        Assert.EndsWith("b.png", live.Frame.Report.File);
        live.Until(() => live.Frame.Answer is not null);
    }

    [Fact]
    public void N_skips_a_model_that_cannot_run()
    {
        foreach (string name in new[] { "a.onnx", "c.onnx" }) File.Copy(OwnModels.Digits!, scratch[name]);
        File.WriteAllText(scratch["b.onnx"], "no network");
        using var stage = new Stage(PictureModel.Load(scratch["a.onnx"], null, new Dictionary<string, string>()));
        stage.App.Tick();
        stage.Press(Key.N);
        stage.App.Tick();
        Assert.EndsWith("c.onnx", stage.Frame.Network.Model.Path);
        stage.Press(Key.N);
        stage.App.Tick();
        Assert.EndsWith("a.onnx", stage.Frame.Network.Model.Path);
    }

    /// <summary>By hand: after a cut the smoothed shares are those of the picture alone.</summary>
    [Fact]
    public void Smoothing_begins_anew_at_a_cut()
    {
        var steadying = new Steadying();
        Assert.Equal([1f, 0], Follow(0, 1, 0));
        float[] smoothed = Follow(100, 0, 1);
        Assert.InRange(smoothed[1], 0.2f, 0.3f);
        steadying.Cut = TimeSpan.FromMilliseconds(150);
        Assert.Equal([0f, 1], Follow(150, 0, 1));
        Assert.InRange(Follow(250, 1, 0)[0], 0.2f, 0.3f);

        float[] Follow(int milliseconds, params float[] shares)
        {
            var answer = new Answer(2) { Time = TimeSpan.FromMilliseconds(milliseconds) };
            steadying.Follow(shares, ["a", "b"], answer);
            return [.. answer.Steady.OrderBy(guess => guess.Index).Select(guess => guess.Smooth)];
        }
    }

    /// <summary>Shares of each picture of a folder are its own: those that are smoothed are those that are not.</summary>
    [Fact]
    public void Pictures_of_a_folder_are_not_smoothed_into_each_other()
    {
        for (int i = 0; i < 4; i++) ImageFile.Save(Scratch.Pattern(64, 48, i), scratch[$"{i}.png"]);
        using var live = new LiveProgram(Model(), new CaptureSettings(scratch.Folder) { Stays = true, Speed = 4 }, scratch.Folder, isWindow: false);
        HashSet<long> seen = [];
        live.Until(() =>
        {
            if (live.Frame.Answer is { Count: > 0 } answer && seen.Add(answer.Number)) Assert.All(answer.Steady[..3], guess => Assert.Equal(guess.Raw, guess.Smooth, 1e-5f));
            return live.Frame.Report.IsOver && seen.Contains(live.Frame.Number);
        });
        Assert.InRange(seen.Count, 2, 4);
    }

    [Fact]
    public void Another_scene_is_a_cut_and_motion_is_none()
    {
        var cut = new SceneCut();
        Picture scene = Scratch.Pattern(160, 120, 1), other = new(160, 120, PixelFormat.Bgr8);
        Assert.False(cut.Follow(scene));
        Assert.False(cut.Follow(scene));
        Picture moved = new(160, 120, PixelFormat.Bgr8);
        for (int y = 0; y < 120; y++) scene.Row(y)[..^6].CopyTo(moved.Row(y)[6..]);
        Assert.False(cut.Follow(moved));
        Assert.True(cut.Follow(other));
    }

    [Fact]
    public void An_edited_kernel_is_custom_and_the_wheel_opens_a_map()
    {
        using var stage = new Stage();
        for (int i = 0; i < 2; i++) stage.App.Tick();
        Picture before = stage.Draw();
        float high = stage.Frame.Features!.Value.High;
        for (int i = 0; i < 8; i++) stage.Press(Key.Equal, Modifiers.Shift);
        for (int i = 0; i < 2; i++) stage.App.Tick();
        // Nine times the middle of an identity: the scale is that of the new values.
        Assert.True(stage.Frame.Features!.Value.High > 4 * high, $"{high} to {stage.Frame.Features!.Value.High}");
        Assert.NotEqual(before.Bytes, stage.Draw().Bytes);
        Rect pane = Panes.For(1280, 720, stage.Frame.Theme, below: 288).Features;
        stage.Mouse(WindowEventKind.Scroll, pane.X + 60, pane.CenterY, wheel: 1);
        Assert.True(stage.Screen.IsZoomed);
        stage.Mouse(WindowEventKind.Scroll, pane.X + 60, pane.CenterY, wheel: -1);
        Assert.False(stage.Screen.IsZoomed);
    }
}
