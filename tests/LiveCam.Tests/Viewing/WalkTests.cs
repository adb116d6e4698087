using LiveCam.Engine.Models;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Networks;
using LiveCam.Plugins.Overlay;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Viewing;

/// <summary>What keys, mouse and dropped files do to the running program.</summary>
public sealed class WalkTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static PictureModel Model(string name, string? labels = null) =>
        PictureModel.Load(Requirements.Data($"models/{name}/model.onnx"), labels is null ? null : Requirements.Data(labels), new Dictionary<string, string>());

    /// <summary>Whatever somebody drags a window to, with the kernels' paper and with answers, large text and help.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_window_is_too_small_to_draw(bool isNetwork)
    {
        PictureModel? model = isNetwork ? PictureModel.Load(OwnModels.Digits!, null, new Dictionary<string, string>()) : null;
        using var stage = new Stage(model);
        stage.App.Tick();
        int[] sides = [1, 2, 7, 20, 38, 50, 61, 62, 75, 100, 160, 300, 1280];
        foreach (Key key in (Key[])[Key.Unknown, Key.Z, Key.H, Key.H, Key.Z, Key.T, Key.F1])
        {
            if (key != Key.Unknown) stage.Press(key);
            foreach (int width in sides)
                foreach (int height in sides)
                {
                    stage.Frame.Events.Add(new(WindowEventKind.Resize) { Width = width, Height = height });
                    stage.App.Tick();
                }
        }
        Assert.Empty(stage.Frame.Faults);
    }

    [Fact]
    public void Every_layer_of_the_list_can_be_walked_to_and_is_drawn()
    {
        using var stage = new Stage(Model("resnet8-cifar10"));
        stage.App.Tick();
        IReadOnlyList<LayerInfo> layers = stage.Frame.Network!.Layers;
        for (int i = 0; i < layers.Count + 5; i += 5) stage.Press(Key.Up, Modifiers.Shift);
        Assert.Equal(layers[0].Name, stage.Frame.FeaturesTitle);
        for (int i = 1; i < layers.Count; i++)
        {
            stage.Press(Key.Down);
            Assert.Equal(layers[i].Name, stage.Frame.FeaturesTitle);
            Assert.Equal(layers[i].Shape[1], stage.Frame.Features!.Value.Count);
            Assert.Equal(layers.Count, stage.Frame.Network!.Layers.Count);
        }
        stage.Press(Key.Down);
        Assert.Equal(layers[^1].Name, stage.Frame.FeaturesTitle);
    }

    [Fact]
    public void A_frozen_picture_stays_and_its_layers_can_still_be_walked()
    {
        using var stage = new Stage(Model("resnet8-cifar10"));
        stage.App.Tick();
        stage.Press(Key.Space);
        long number = stage.Frame.Number;
        string layer = stage.Frame.FeaturesTitle;
        stage.Press(Key.Down);
        Assert.Equal((number, true), (stage.Frame.Number, stage.Screen.IsFrozen));
        Assert.NotEqual(layer, stage.Frame.FeaturesTitle);
        stage.Press(Key.Space);
        Assert.True(stage.Frame.Number > number);
    }

    [Fact]
    public void Channels_are_walked_zoomed_and_sorted()
    {
        using var stage = new Stage(Model("resnet8-cifar10"));
        stage.App.Tick();
        stage.Press(Key.Right);
        Assert.Equal(1, stage.Screen.Channel);
        stage.Press(Key.Right, Modifiers.Shift);
        Assert.Equal(9, stage.Screen.Channel);
        stage.Press(Key.Z);
        Assert.True(stage.Screen.IsZoomed);
        stage.Press(Key.Escape);
        Assert.False(stage.Screen.IsZoomed || stage.Frame.HasEnded);
        stage.Press(Key.O);
        float[] means = [.. stage.Frame.ChannelOrder.Select(channel => stage.Frame.Layer!.States[channel].Mean)];
        Assert.Equal(means.OrderDescending(), means);
    }

    [Fact]
    public void A_broken_model_leaves_the_old_one_running_and_says_why()
    {
        using var stage = new Stage(Model("resnet8-cifar10"));
        stage.App.Tick();
        scratch.Write("broken.onnx", "no model"u8);
        stage.Drop(scratch["broken.onnx"]);
        Assert.True(stage.Screen.IsComplaint);
        Assert.Contains("broken.onnx", stage.Screen.Message);
        Assert.Equal("resnet8-cifar10", stage.Frame.Network!.Name);
        stage.App.Tick();
        Assert.True(stage.Frame.IsAnswered);
        stage.Drop(Requirements.Data("models/resnet20-cifar10/model.onnx"));
        Assert.Equal("resnet20-cifar10", stage.Frame.Network!.Name);
    }

    [Fact]
    public void Labels_of_the_wrong_number_are_refused_and_right_ones_taken()
    {
        using var stage = new Stage(Model("resnet8-cifar10"));
        stage.App.Tick();
        File.WriteAllText(scratch["two.txt"], "one\ntwo\n");
        stage.Drop(scratch["two.txt"]);
        Assert.True(stage.Screen.IsComplaint);
        stage.Drop(Requirements.Data("labels/cifar10.txt"));
        stage.App.Tick();
        Assert.Contains(stage.Frame.Answer!.Steady[0].Label, File.ReadLines(Requirements.Data("labels/cifar10.txt")));
    }

    [Fact]
    public void A_changed_number_of_a_kernel_changes_the_maps_by_the_next_run()
    {
        using var stage = new Stage();
        stage.App.Tick();
        stage.Press(Key.Space);
        // The identity, its middle from 1 to 2, on red.
        float[] before = [.. stage.Frame.Layer!.Channel(0)];
        stage.Press(Key.Equal, Modifiers.Shift);
        stage.App.Tick();
        ReadOnlySpan<float> after = stage.Frame.Layer!.Channel(0);
        for (int i = 0; i < before.Length; i++) Assert.Equal(2 * before[i], after[i], 5);
        stage.Press(Key.Backspace);
        stage.App.Tick();
        Assert.Equal(before, stage.Frame.Layer!.Channel(0).ToArray());
    }

    [Fact]
    public void The_sum_on_paper_is_what_the_network_computes()
    {
        using var stage = new Stage();
        stage.App.Tick();
        LayerData layer = stage.Frame.Layer!;
        for (int kernel = 0; kernel < LectureKernels.Kernels.Count; kernel++)
        {
            int channel = kernel * 3 + 1, x = 20, y = 17;
            double sum = 0;
            var window = new float[9];
            layer.Window(1, x, y, window);
            for (int i = 0; i < 9; i++) sum += (double)Kernel3x3.Numbers(layer, kernel)[i] * window[i];
            Assert.Equal(sum, layer.Channel(channel)[y * layer.Width + x], 5);
        }
    }

    [Fact]
    public void The_mouse_chooses_layers_and_channels_and_drags_the_divider()
    {
        using var stage = new Stage(Model("resnet8-cifar10"));
        stage.App.Tick();
        string layer = stage.Frame.FeaturesTitle;
        stage.Mouse(WindowEventKind.MouseDown, 120, 560);
        stage.App.Tick();
        Assert.NotEqual(layer, stage.Frame.FeaturesTitle);
        stage.Screen.Channel = -1;
        stage.Mouse(WindowEventKind.MouseDown, 1000, 480);
        stage.Mouse(WindowEventKind.MouseUp, 1000, 480);
        Assert.InRange(stage.Screen.Channel, 0, stage.Frame.ChannelOrder.Length - 1);
        stage.Mouse(WindowEventKind.MouseDown, 834, 300);
        stage.Mouse(WindowEventKind.MouseMove, 640, 300);
        stage.Mouse(WindowEventKind.MouseUp, 640, 300);
        Assert.Equal(0.5f, stage.Screen.Split, 2);
    }

    [Fact]
    public void A_snapshot_is_written_and_quit_ends_the_run()
    {
        using (var stage = new Stage(width: 640, height: 360, folder: scratch.Folder))
        {
            stage.App.Tick();
            stage.Press(Key.P);
            stage.Press(Key.Q);
            Assert.True(stage.Frame.HasEnded);
        }
        string file = Assert.Single(Directory.GetFiles(scratch.Folder, "livecam-*.png"));
        Assert.Equal((640, 360), (ImageFile.Load(file).Width, ImageFile.Load(file).Height));
    }

    [Fact]
    public void The_wheel_moves_the_list_of_layers_by_columns_to_both_ends_and_no_further()
    {
        using var stage = new Stage(Model("squeezenet1.1-7"));
        stage.App.Tick();
        int layers = stage.Frame.Network!.Layers.Count, before = Chosen();
        stage.Mouse(WindowEventKind.Scroll, 120, 560, wheel: 100);
        for (int i = 0; i < 100; i++) stage.Mouse(WindowEventKind.Scroll, 120, 560, wheel: 1);
        Assert.Equal((0, before), (stage.Screen.FirstLayer, stage.Screen.LayerWish(stage.Frame.Network)));
        int top = Click();
        stage.Mouse(WindowEventKind.Scroll, 120, 560, wheel: -1);
        int column = stage.Screen.FirstLayer;
        Assert.InRange(column, 2, layers);
        // What is clicked is what is under the pointer now.
        Assert.Equal(top + column, Click());
        int last = column;
        for (int i = 0; i < 100; i++)
        {
            stage.Mouse(WindowEventKind.Scroll, 120, 560, wheel: -1);
            Assert.InRange(stage.Screen.FirstLayer - last, 0, column);
            last = stage.Screen.FirstLayer;
        }
        Assert.InRange(last, layers - 6 * column, layers - 1);
        stage.Mouse(WindowEventKind.Scroll, 120, 560, wheel: -1);
        Assert.Equal(last, stage.Screen.FirstLayer);
        // Beside the list the wheel does nothing, and a key brings the chosen layer back into sight.
        stage.Mouse(WindowEventKind.Scroll, 1000, 300, wheel: 1);
        Assert.Equal(last, stage.Screen.FirstLayer);
        stage.Press(Key.Down);
        Assert.Equal(-1, stage.Screen.FirstLayer);

        int Chosen() => stage.Screen.LayerWish(stage.Frame.Network!);

        int Click()
        {
            stage.Mouse(WindowEventKind.MouseDown, 120, 560);
            stage.Mouse(WindowEventKind.MouseUp, 120, 560);
            return Chosen();
        }
    }

    [Fact]
    public void A_slider_is_dragged_both_ways_and_let_go_of()
    {
        using var stage = new Stage();
        stage.App.Tick();
        stage.Press(Key.Space);
        (int x, int y) = Corner();
        float before = Number();
        stage.Mouse(WindowEventKind.MouseDown, x, y);
        stage.Mouse(WindowEventKind.MouseMove, x + 10, y);
        float little = Number();
        stage.Mouse(WindowEventKind.MouseMove, x + 40, y);
        float more = Number();
        Assert.True(before < little && little < more, $"{before} {little} {more}");
        // Four times as far is four times as much, in tenths.
        Assert.Equal(4 * (little - before), more - before, 0.21f);
        stage.Mouse(WindowEventKind.MouseMove, x - 40, y);
        Assert.Equal(2 * before - more, Number(), 0.11f);
        float[] kernel = [.. Kernel3x3.Numbers(stage.Frame.Layer!, 0)];
        stage.Mouse(WindowEventKind.MouseUp, x - 40, y);
        stage.Mouse(WindowEventKind.MouseMove, x + 40, y);
        Assert.Equal(kernel, Kernel3x3.Numbers(stage.Frame.Layer!, 0).ToArray());
        // The maps are those of the new numbers.
        LayerData layer = stage.Frame.Layer!;
        var window = new float[9];
        layer.Window(0, 20, 17, window);
        Assert.Equal(window.Zip(kernel, (a, b) => (double)a * b).Sum(), layer.At(0, 20, 17), 4);
        stage.Press(Key.Backspace);
        Assert.Equal(before, Number());

        float Number() => Kernel3x3.Numbers(stage.Frame.Layer!, 0)[8];

        // The last of the nine numbers is the one that was not chosen at the start and lies lowest and rightmost.
        (int X, int Y) Corner()
        {
            for (int y = 330; y > 40; y -= 12)
                for (int x = 1260; x > 840; x -= 12)
                {
                    stage.Mouse(WindowEventKind.MouseDown, x, y);
                    stage.Mouse(WindowEventKind.MouseUp, x, y);
                    if (stage.Screen.Tap == 8) return (x, y);
                }
            throw new InvalidOperationException("no number of the kernel can be clicked");
        }
    }

    [Fact]
    public void Every_key_can_be_pressed_at_every_size_and_draws()
    {
        foreach ((int width, int height) in new[] { (640, 360), (1280, 720) })
        {
            using var stage = new Stage(Model("resnet8-cifar10"), width, height);
            stage.App.Tick();
            foreach (KeyCommand command in stage.Frame.Get<KeyTable>()!.Commands)
                foreach ((Key key, Modifiers with) in command.Chords)
                {
                    // Recording, snapshots and the ends of the program have tests of their own; the device is the machine's.
                    if (key is Key.V or Key.P or Key.Q or Key.Escape or Key.G or Key.F or Key.F11 or Key.N) continue;
                    stage.Press(key, with);
                    Assert.True(stage.Frame.Canvas!.Commands.Length > 50, $"{command.Label}{command.Help}");
                }
        }
    }

    [Fact]
    public void Each_key_has_one_meaning()
    {
        // Of those that answer everywhere, and of those of a page, which come before them.
        using var stage = new Stage();
        stage.App.Tick();
        KeyTable keys = stage.Frame.Get<KeyTable>()!;
        Assert.Empty(keys.Conflicts());
        foreach (var page in keys.Commands.GroupBy(command => command.When is null ? "" : command.Group))
        {
            (Key, Modifiers)[] chords = [.. page.SelectMany(command => command.Chords)];
            Assert.Equal(chords.Length, chords.Distinct().Count());
        }
        Assert.All(keys.Commands.Where(command => command.Label.Length > 0), command => Assert.Contains($"| {command.Label} | {command.Help} |", keys.Markdown()));
    }
}
