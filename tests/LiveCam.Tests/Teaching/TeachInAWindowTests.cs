using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Plugins.Samples;
using LiveCam.Plugins.Teach;
using LiveCam.Teaching;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;
using LiveCam.Tests.Viewing;

namespace LiveCam.Tests.Teaching;

/// <summary>Teaching while the network runs on the window's own OpenGL, in slices of its ticks.</summary>
[Collection(WindowCollection.Name)]
public sealed class TeachInAWindowTests : IDisposable
{
    // Part of the largest feature: some twenty layers in another order of sums.
    private const float Bound = 1e-4f;

    private readonly TestProject project = new();
    private int opened;

    public void Dispose() => project.Dispose();

    private static PictureModel Model() => PictureModel.Load(Requirements.Data("models/resnet8-cifar10/model.onnx"), null, new Dictionary<string, string>());

    private LiveProgram Open(PictureModel model, Func<PictureModel, string>? features = null)
    {
        SampleStore store = project.Open();
        return new LiveProgram(model, new CaptureSettings("pattern:96x64") { Speed = 1, Stays = true }, project.Base, device: "gl", features: features ?? PictureLayers.Features,
            more: [new SamplesPlugin(store, new SampleShelf(store)), new TeachPlugin(new Learner(store, OnTheProcessor))]);
    }

    private CpuDevice OnTheProcessor()
    {
        opened++;
        return new CpuDevice(threads: 1);
    }

    private static void AssertEqual(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        float largest = 0;
        foreach (float value in expected) largest = Math.Max(largest, Math.Abs(value));
        Assert.True(largest > 0);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], Bound * largest);
    }

    private static int Count(LiveProgram live, int id) => live.Frame.Teaching?.Classes.FirstOrDefault(one => one.Id == id)?.Count ?? 0;

    private static void Hold(LiveProgram live, Key key, Func<bool> until)
    {
        live.Frame.Events.Add(new(WindowEventKind.KeyDown) { Key = key, Modifiers = Modifiers.Shift });
        live.Until(until, $"holding {key}");
        live.Frame.Events.Add(new(WindowEventKind.KeyUp) { Key = key });
        live.App.Tick();
    }

    /// <summary>The layer before the classifier, and a map, whose channels are averaged on the device.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Features_come_back_from_the_display_and_are_those_of_the_CPU(bool isMap)
    {
        PictureModel model = Model();
        using var device = new CpuDevice(threads: 1);
        string layer;
        using (Classifier middle = Classifier.Create(model, device, "")) layer = isMap ? middle.Layer! : PictureLayers.Features(model);
        using LiveProgram live = Open(model, _ => layer);
        live.Until(() => live.Frame.Picture is not null, "a picture");
        live.Screen.IsFrozen = true;
        live.App.Tick();
        live.Until(() => live.Frame.Answer is { } answer && answer.Number == live.Frame.Number, "the answer");
        Assert.Equal(("gl", layer), (live.Frame.Network!.Kind, live.Frame.Network.Features));

        using Classifier cpu = Classifier.Create(model, device, features: layer);
        cpu.Run(live.Frame.Picture!);
        float[] expected = new float[cpu.FeatureCount];
        cpu.ReadFeatures(expected);
        AssertEqual(expected, live.Frame.Answer!.Features);
        var guess = new Guess[1];
        cpu.Rank(guess);
        Assert.Equal(guess[0].Index, live.Frame.Answer.Top[0].Index);
        Assert.Equal(guess[0].Probability, live.Frame.Answer.Top[0].Probability, 1e-4);
        Assert.Empty(live.Frame.Faults);
    }

    [Fact]
    public void Samples_are_learned_from_on_the_display_teaching_goes_on_where_the_network_moves_to_and_the_saved_file_answers_there()
    {
        PictureModel model = Model();
        using (LiveProgram live = Open(model))
        {
            Hold(live, Key.D1, () => Count(live, 1) >= 6);
            live.Until(() => live.Frame.Answer is { Certainty: not null } answer && answer.Top[0].Label == "class 1", "a taught answer");
            Assert.Equal("gl", live.Frame.Network!.Kind);
            Assert.Equal(0, opened);
            int lesson = live.Frame.Lessons!.Live!.Number;

            live.Press(Key.G, () => live.Frame.Network!.Kind == "cpu");
            live.Until(() => live.Frame.Answer is { Certainty: not null }, "a taught answer on the processor");
            live.Until(() => opened == 1, "the learner on the processor");
            Assert.Equal(lesson, live.Frame.Lessons!.Live!.Number);
            live.Press(Key.G, () => live.Frame.Network!.Kind == "gl");
            live.Until(() => live.Frame.Answer is { Certainty: not null }, "a taught answer on the display again");
            live.App.Send(LessonCommand.Save);
            live.Until(() => live.Frame.Lessons!.Notice == $"saved {project.Paths.Model}", "the saved file");
            Assert.Empty(live.Frame.Faults);
            Assert.Null(live.Frame.Lessons!.Trouble);
        }
        // The file answers on the display as the project did there.
        PictureModel saved = PictureModel.Load(project.Paths.Model, null, new Dictionary<string, string>());
        using (var live = new LiveProgram(saved, new CaptureSettings("pattern:96x64") { Speed = 1, Stays = true }, project.Base, device: "gl"))
        {
            live.Until(() => live.Frame.Answer is { Certainty: not null } answer && answer.Top[0].Label == "class 1", "an answer of the saved file");
            Assert.Equal("gl", live.Frame.Network!.Kind);
            Assert.Empty(live.Frame.Faults);
        }
        using SampleStore store = project.Open();
        using var device = new CpuDevice(threads: 1);
        using Backbone backbone = Backbone.Open(model, device, PictureLayers.Features(model));
        using var cache = new FeatureCache(project.Paths, backbone.Key, backbone.Dimension);
        SampleRows rows = cache.Rows(store, id => id, (_, _) => Assert.Fail("A sample has no features yet."), [], CancellationToken.None);
        Assert.True(rows.Count >= 6);
        float[] expected = new float[backbone.Dimension], kept = new float[backbone.Dimension];
        for (int row = 0; row < rows.Count; row++)
        {
            backbone.Read(PngFile.Load(store.PathOf(rows.Sample(row))!), expected);
            rows.Read(row, kept);
            AssertEqual(expected, kept);
        }
    }

    private static Picture Plain(int level, int seed)
    {
        var picture = new Picture(64, 48, PixelFormat.Bgr8);
        var random = new Random(seed);
        foreach (ref byte value in picture.Bytes.AsSpan()) value = (byte)(level + random.Next(-20, 21));
        return picture;
    }

    /// <summary>Patterns are too much for the last layer of a network of chance; dark from bright is not for all of it, and then the tuned backbone answers.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_backbone_is_fine_tuned_on_the_display_while_the_window_draws_and_answers_and_is_taken_if_it_knows_as_much(bool isEasy)
    {
        string file = project["backbone.onnx"];
        Call call = Call.Run("export", "--model", "lenet5", "--out", file);
        Assert.True(call.Exit == 0, call.Error);
        using (SampleStore store = project.Open())
        {
            foreach (string thing in (string[])(isEasy ? ["dark", "bright"] : ["red", "green", "blue"]))
            {
                int id = store.AddClass(thing);
                for (int burst = 0; burst < 2; burst++)
                {
                    int number = store.NewBurst();
                    for (int i = 0; i < 8; i++)
                    {
                        store.Capture(isEasy ? Plain(thing == "dark" ? 30 : 200, 100 * burst + i) : TeachProgram.Draw(thing, 100 * burst + i), id, number, force: true);
                        store.Settle();
                    }
                }
            }
        }
        PictureModel model = PictureModel.Load(file, null, new Dictionary<string, string>());
        string outcome;
        Lesson lesson;
        using (LiveProgram live = Open(model))
        {
            live.Until(() => live.Frame.Answer is { Certainty: not null }, "a taught answer");
            lesson = live.Frame.Lessons!.Live!;
            int ticks = 0, answers = 0;
            live.App.Send(isEasy ? LessonCommand.TuneAll : LessonCommand.Tune);
            live.Until(() =>
            {
                ticks++;
                if (live.Frame.IsAnswered) answers++;
                return live.Frame.Lessons!.Notice.Contains("samples it had not seen");
            }, "fine-tuning");
            outcome = live.Frame.Lessons!.Notice;
            Assert.True(outcome.StartsWith(isEasy ? "fine-tuned: of " : "The fine-tuned backbone is not taken: of ", StringComparison.Ordinal), outcome);
            // The window runs it, and the next lesson is of its features.
            if (isEasy) live.Until(() => live.Frame.Network is { Kind: "gl" } network && network.Model.Path == Path.Combine(project.Folder, "backbone-1.onnx"), "the new backbone");
            if (isEasy) live.Until(() => live.Frame.Lessons!.Live is { } next && ReferenceEquals(next.Backbone.Graph, live.Frame.Network!.Model.Graph) && live.Frame.Answer is { Certainty: not null }, "an answer of the new backbone's lesson");
            Assert.Equal(0, opened);
            Assert.True(ticks > 100 && answers > 10, $"{ticks} ticks, {answers} answers");
            Assert.Empty(live.Frame.Faults);
        }
        // The same samples in the same order on the processor: as many are known afterwards.
        using SampleStore again = project.Open();
        Assert.Equal(new FineTuning(again, model, isWhole: isEasy, openGl: null, lesson, _ => { }, _ => { }, CancellationToken.None).Run().Sentence, outcome);
    }
}
