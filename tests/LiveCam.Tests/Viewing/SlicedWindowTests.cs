using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Plugins.Overlay;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Viewing;

/// <summary>A network on the window's own OpenGL context: in slices, its feature maps in a texture, against the CPU device.</summary>
[Collection(WindowCollection.Name)]
public sealed class SlicedWindowTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Maps_stay_on_the_device_and_are_those_of_the_CPU(bool drawsWithGl)
    {
        using LiveProgram live = Open(Model(), "gl", drawsWithGl);
        live.Until(() => live.Frame.Features is { Image: not null });
        Frame frame = live.Frame;
        Assert.Equal("gl", frame.Network!.Kind);
        Assert.Empty(frame.Layer!.Values);
        using var device = new CpuDevice(threads: 1);
        LayerData layer = AssertAsOnTheProcessor(live, Model(), device);

        // The value under the probe comes back by itself.
        live.Screen.Probe = (0.3f, 0.6f);
        live.Screen.Channel = 5;
        float expected = layer.At(5, LayerData.Pixel(0.3f, layer.Width), LayerData.Pixel(0.6f, layer.Height));
        live.Until(() => Math.Abs(live.Frame.Layer!.At(5, 0, 0) - expected) < 1e-3);

        live.Press(Key.O);
        live.Until(() => live.Frame.ChannelOrder.Length > 1 && live.Frame.Layer!.States[live.Frame.ChannelOrder[0]].Mean >= live.Frame.Layer.States[live.Frame.ChannelOrder[1]].Mean
            && !live.Frame.ChannelOrder.AsSpan().SequenceEqual(Enumerable.Range(0, frame.Features!.Value.Count).ToArray()));
        foreach (Key key in (Key[])[Key.S, Key.C, Key.Z]) live.Press(key);
        for (int i = 0; i < 5; i++) live.App.Tick();
        Assert.Empty(live.Frame.Faults);
    }

    [Fact]
    public void The_device_is_switched_while_the_old_one_answers()
    {
        using LiveProgram live = Open(Model(), "cpu");
        live.Until(() => live.Frame.Features is { Picture: not null });
        foreach (string device in (string[])["gl", "cpu", "gl"])
        {
            live.Press(Key.G);
            live.Until(() => live.Frame.Network!.Kind == device && (device == "gl" ? live.Frame.Features is { Image: not null } : live.Frame.Features is { Picture: not null }), device);
            Assert.NotNull(live.Frame.Answer);
            Assert.False(live.Screen.IsComplaint);
        }
    }

    [Fact]
    public void A_tick_runs_what_its_budget_holds_and_one_step_in_any_case()
    {
        using LiveProgram live = Open(Model(), "gl");
        live.Screen.IsFrozen = false;
        live.Frame.Budget = TimeSpan.Zero;
        live.Until(() => live.Frame.Answer is not null);
        // With no budget each tick runs one step, so a pass takes as many ticks as it has steps.
        int steps = live.Frame.StepMilliseconds.Count;
        long number = live.Frame.Answer!.Number;
        live.Until(() => live.Frame.Answer!.Number > number);
        number = live.Frame.Answer.Number;
        int ticks = 0;
        for (; live.Frame.Answer!.Number <= number; ticks++) live.App.Tick();
        Assert.InRange(ticks, steps, steps + 3);
    }

    [Fact]
    public void The_gallery_shows_the_numbers_under_the_kernel_and_takes_new_ones()
    {
        var model = PictureModel.BuiltIn(new Dictionary<string, string> { ["width"] = "64", ["height"] = "48" });
        using LiveProgram live = Open(model, "gl");
        live.Until(() => live.Frame.Features is not null);
        live.Screen.Channel = 4;
        live.Screen.Probe = (0.5f, 0.5f);
        var window = new float[9];
        live.Until(SumIsRight, "the sum");
        live.Frame.Events.Add(new(WindowEventKind.KeyDown) { Key = Key.Equal, Modifiers = Modifiers.Shift });
        live.App.Tick();
        float changed = Kernel3x3.Numbers(live.Frame.Layer!, 1)[live.Screen.Tap];
        live.Until(SumIsRight, "the sum");
        Assert.Equal(changed, Kernel3x3.Numbers(live.Frame.Layer!, 1)[live.Screen.Tap]);

        bool SumIsRight()
        {
            Frame frame = live.Frame;
            frame.Layer!.Window(1, 32, 24, window);
            double sum = 0;
            for (int i = 0; i < 9; i++) sum += (double)Kernel3x3.Numbers(frame.Layer, 1)[i] * window[i];
            return Math.Abs(sum - frame.Layer.At(4, 32, 24)) < 1e-4;
        }
    }

    /// <summary>Asserts that maps and answer of the present picture, which has to have stayed, are those of a network on the processor.</summary>
    /// <returns>Its layer.</returns>
    internal static LayerData AssertAsOnTheProcessor(LiveProgram live, PictureModel model, CpuDevice device)
    {
        Frame frame = live.Frame;
        var tiles = frame.Features!.Value;
        Picture seen = tiles.Image!.Read();

        using Classifier cpu = Classifier.Create(model, device, "");
        cpu.Run(frame.Picture!);
        var layer = new LayerData();
        layer.Copy(cpu);
        Assert.Equal((layer.Name, layer.Shown), (frame.Layer!.Name, tiles.Count));
        for (int k = 0; k < layer.Shown; k++)
        {
            Assert.Equal(layer.States[k].High, frame.Layer.States[k].High, 1e-3);
            Assert.Equal(layer.States[k].Mean, frame.Layer.States[k].Mean, 1e-3);
            Assert.Equal(layer.States[k].IsDead, frame.Layer.States[k].IsDead);
            for (int y = 0; y < layer.Height; y++)
                for (int x = 0; x < layer.Width; x++)
                {
                    double gray = Math.Clamp((layer.At(k, x, y) - tiles.Low) * 255 / (tiles.High - tiles.Low), 0, 255);
                    int got = seen.Row(k / tiles.Columns * layer.Height + y)[k % tiles.Columns * layer.Width + x];
                    Assert.True(Math.Abs(got - gray) <= 1.5, $"channel {k} ({x}, {y}): {got} instead of {gray}");
                }
        }
        var guesses = new Guess[1];
        cpu.Rank(guesses);
        Assert.Equal(guesses[0].Index, frame.Answer!.Top[0].Index);
        Assert.Equal(guesses[0].Probability, frame.Answer.Top[0].Probability, 1e-4);
        return layer;
    }

    private static PictureModel Model() => PictureModel.Load(Requirements.Data("models/resnet8-cifar10/model.onnx"), null, new Dictionary<string, string>());

    /// <summary>The program in a window on a still picture.</summary>
    private LiveProgram Open(PictureModel model, string device, bool drawsWithGl = false)
    {
        var live = new LiveProgram(model, new CaptureSettings("pattern:96x64") { Stays = true }, scratch.Folder, device: device, drawsWithGl: drawsWithGl);
        live.Until(() => live.Frame.Picture is not null, "the first picture");
        // One picture for both devices.
        live.Screen.IsFrozen = true;
        live.App.Tick();
        return live;
    }
}
