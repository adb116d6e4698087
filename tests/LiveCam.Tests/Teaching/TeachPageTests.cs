using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Controls;
using LiveCam.Plugins.Lessons;
using LiveCam.Plugins.Samples;
using LiveCam.Teaching;
using LiveCam.Ui;

namespace LiveCam.Tests.Teaching;

/// <summary>The page of teaching at every size.</summary>
public sealed class TeachPageTests : IDisposable
{
    private readonly TeachProgram program = new();

    public void Dispose() => program.Dispose();

    /// <summary>The page with a project of three classes and a lesson that was trained; pictures of it go to LIVECAM_SAMPLES, where that names a folder.</summary>
    private sealed class Stage : IDisposable
    {
        private readonly SampleStore store;
        private readonly Learner learner;
        private readonly LessonsPlugin page = new();
        private readonly LiveCamApp app;

        public Frame Frame { get; }
        public LessonState Lessons => learner.State;
        public int Part => page.Part;
        public Rect[] Buttons => [.. page.Buttons];

        public Stage(TeachProgram program, int width, int height, bool isLarge)
        {
            store = program.Project.Open();
            learner = new Learner(store, () => new CpuDevice(threads: 1), waits: true);
            var model = PictureModel.Load(program.Backbone, null, new Dictionary<string, string>());
            var network = new NetworkInfo(model, "cpu", "", [], null, PictureLayers.Features(model));
            for (learner.Follow(network, recording: false); learner.State.Way.Name != "hidden layer"; learner.Follow(network, recording: false)) learner.Want(LessonCommand.NextWay);
            Frame = new Frame(width, height, isShown: true);
            Frame.IsLargeText = isLarge;
            PluginList plugins = [];
            plugins.Add(new ControlsPlugin(), isEssential: true);
            plugins.Add(new Others(learner), isEssential: true);
            plugins.Add(new SamplesPlugin(store, new SampleShelf(store, waits: true)), isEssential: true);
            plugins.Add(page, isEssential: true);
            app = new LiveCamApp(plugins, Frame);
            app.Load();
            Press(Key.F3);
            Press(Key.Down);
        }

        public void Press(Key key)
        {
            Frame.Events.Add(new(WindowEventKind.KeyDown) { Key = key });
            Tick();
        }

        public void Click(Rect box)
        {
            Frame.Events.Add(new(WindowEventKind.MouseDown) { Button = MouseButton.Left, X = box.CenterX, Y = box.CenterY });
            Tick();
        }

        // What is drawn in one tick says how many samples the next one gets.
        private void Tick()
        {
            for (int i = 0; i < 3; i++) app.Tick();
            Assert.Empty(Frame.Faults);
        }

        public Picture Look(string name)
        {
            var picture = new Picture(Frame.Width, Frame.Height, PixelFormat.Rgba8);
            new SoftwareRasterizer().Render(Frame.Canvas!, picture);
            if (Environment.GetEnvironmentVariable("LIVECAM_SAMPLES") is { } folder) ImageFile.Save(picture, Path.Combine(folder, $"teaching-{name}.png"));
            return picture;
        }

        public void Dispose()
        {
            app.Unload();
            learner.Dispose();
        }
    }

    /// <summary>Stands for camera, network and overlay, and hands on how learning stands.</summary>
    private sealed class Others(Learner learner) : Plugin
    {
        public override string Name => "others";
        public override IReadOnlyList<Type> Writes => [typeof(Picture), typeof(Answer), typeof(LessonState), typeof(Canvas)];
        public override void Update(Frame frame) => frame.Set(learner.State);
        public override void Draw(Frame frame) => frame.Canvas!.Begin(frame.Width, frame.Height, default);
    }

    [Theory]
    [InlineData(160, 160, false)]
    [InlineData(320, 200, true)]
    [InlineData(640, 360, false)]
    [InlineData(640, 360, true)]
    [InlineData(1280, 720, true)]
    [InlineData(800, 1200, false)]
    [InlineData(3840, 2160, false)]
    public void Every_button_lies_inside_the_frame_and_on_no_other(int width, int height, bool isLarge)
    {
        program.TeachThree();
        using var stage = new Stage(program, width, height, isLarge);
        for (int part = 0; part < 3; part++)
        {
            stage.Look($"{width}x{height}{(isLarge ? "-large" : "")}-{part}");
            Rect[] buttons = stage.Buttons;
            for (int i = 0; i < buttons.Length; i++)
                for (int j = 0; j < i; j++) Assert.False(buttons[i].Overlaps(buttons[j]), $"{buttons[i]} and {buttons[j]}");
            Assert.All(buttons, button => Assert.True(new Rect(0, 0, width, height).Contains(button), $"{button}"));
            stage.Press(Key.Tab);
        }
    }

    /// <summary>Everything there is on a large page is on the parts of a small one, and its buttons do what they say.</summary>
    [Fact]
    public void A_small_page_with_large_text_leaves_nothing_out()
    {
        program.TeachThree();
        int wide;
        using (var large = new Stage(program, 1280, 720, isLarge: false)) wide = large.Buttons.Length;
        using var stage = new Stage(program, 640, 360, isLarge: true);
        // Three names of parts on each.
        int first = stage.Buttons.Length - 3, cells = Cells(stage.Look("small"));
        stage.Press(Key.Tab);
        int second = stage.Buttons.Length - 3;
        Assert.Equal(wide, first + second);
        // Of four classes each was known at least once: cells of the matrix.
        Assert.InRange(Cells(stage.Look("small")), cells + 4 * 100, int.MaxValue);
        Assert.Equal(["hidden layer", "last layer"], stage.Lessons.Curve!.Norms.Select(norm => norm.Layer));
        stage.Click(stage.Buttons[0]);
        Assert.Equal(0, stage.Part);
        Assert.Equal(first + 3, stage.Buttons.Length);
    }

    /// <summary>Fine-tuning is seen step by step; what is frozen has no gradient.</summary>
    [Fact]
    public void Fine_tuning_shows_its_losses_and_the_gradient_of_each_layer_that_learns()
    {
        program.TeachThree();
        program.Run(program.Film("second", "red", "green", "blue"), [.. TeachProgram.Hold(0, "1"), .. TeachProgram.Hold(1, "2"), .. TeachProgram.Hold(2, "3")]);
        using SampleStore store = program.Project.Open();
        using var learner = new Learner(store, () => new CpuDevice(threads: 1), waits: true);
        var model = PictureModel.Load(program.Backbone, null, new Dictionary<string, string>());
        var network = new NetworkInfo(model, "cpu", "", [], null, PictureLayers.Features(model));
        learner.Follow(network, recording: false);
        Assert.Null(learner.State.Curve);
        learner.Want(LessonCommand.Tune);
        learner.Follow(network, recording: false);
        TrainingCurve curve = learner.State.Curve!;
        Assert.StartsWith("fine-tuning", curve.What);
        Assert.True(curve.Losses.Count > 12 && curve.Losses[^1] < curve.Losses[0], $"{curve.Losses.Count} steps from {curve.Losses[0]} to {curve.Losses[^1]}");
        string[] layers = [.. curve.Norms.Select(norm => norm.Layer)];
        Assert.Contains("stage3.block3.conv2", layers);
        Assert.Equal(layers, model.Graph.Nodes.Select(node => node.Name).Where(name => layers.Contains(name) && name != "logits").Append(layers[^1]));
        Assert.DoesNotContain(layers, name => name.StartsWith("stage1", StringComparison.Ordinal));
    }

    /// <summary>Pixels in the accent's hue: blue far above red.</summary>
    private static int Cells(Picture picture)
    {
        int count = 0;
        for (int i = 0; i < picture.Bytes.Length; i += 4)
            if (picture.Bytes[i + 2] > picture.Bytes[i] + 60) count++;
        return count;
    }
}
