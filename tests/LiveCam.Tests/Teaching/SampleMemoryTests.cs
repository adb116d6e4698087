using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Controls;
using LiveCam.Plugins.Lessons;
using LiveCam.Plugins.Samples;
using LiveCam.Teaching;
using LiveCam.Ui;

namespace LiveCam.Tests.Teaching;

/// <summary>What the managed heap holds is the process's: no other test runs beside it.</summary>
[Collection(AloneCollection.Name)]
public sealed class SampleMemoryTests : IDisposable
{
    private readonly TestProject project = new();

    public void Dispose() => project.Dispose();

    private static int Count => Environment.GetEnvironmentVariable("LIVECAM_TEST_ALL") is "1" ? 50_000 : 2_000;

    /// <summary>
    /// The README's cap, for 50,000 samples with LIVECAM_TEST_ALL, else 2,000: 12 MB and 1.2 KB for each sample, 72 MB in all, with features of MobileNetV2's size (250 MB,
    /// which stay on disk) and after every small picture was shown.
    /// </summary>
    [Fact]
    public void Memory_for_50000_samples_stays_under_the_cap()
    {
        int count = Count;
        const int dimension = 1280, classes = 5;
        byte[] png = ImageFile.Encode(TestProject.Picture(1, 112, 84), ".png");
        for (int c = 0; c < classes; c++) Directory.CreateDirectory(Path.Combine(project.Paths.Samples, $"class {c}"));
        for (int i = 0; i < count; i++) File.WriteAllBytes(project.Paths.FileOf($"class {i % classes}", $"{i / 20:D4}-{i + 1:D6}.png"), png);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using SampleStore store = project.Open();
        using var cache = new FeatureCache(project.Paths, "backbone", dimension);
        var random = new Random(1);
        var centres = new float[classes][];
        for (int c = 0; c < classes; c++) centres[c] = [.. Enumerable.Range(0, dimension).Select(_ => (float)random.NextDouble())];
        var print = new byte[256];
        using (var prints = new RecordFile(project["prints.bin"], "fingerprints 1", print.Length))
            foreach (Sample sample in store.Samples())
            {
                random.NextBytes(print);
                prints.Append(RecordStamp.Of(sample.Id, store.PathOf(sample)!), print);
            }
        int next = 0;
        FeatureRows rows = cache.Rows(store, id => id - 1, (_, features) =>
        {
            int label = Math.Min(classes - 1, next++ * classes / count);
            for (int i = 0; i < features.Length; i++) features[i] = centres[label][i] + 0.3f * random.NextSingle();
        }, [], default);
        Assert.Equal((count, count, classes), (store.State.Count, rows.Count, rows.Classes));
        store.Dispose();
        File.Copy(project["prints.bin"], project.Paths.Cache("fingerprints"), overwrite: true);
        using SampleStore again = project.Open();
        using var shelf = new SampleShelf(again, waits: true);
        HashSet<int> shown = [];
        foreach (SampleClass one in again.State.Classes)
            for (int first = 0; first < one.Count; first += SampleShelf.Most) shown.UnionWith(shelf.Of(one.Id, first)[one.Id].Samples.Select(small => small.Sample.Id));
        Assert.Equal(count, shown.Count);
        shown.Clear();
        long used = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(used < (12 << 20) + 1200L * count, $"{used >> 10} KiB for {count} samples");
        Assert.True(new FileInfo(project.Paths.Cache("backbone")).Length > 4L * dimension * count);
        GC.KeepAlive(rows);
        Assert.NotNull(TaughtModel.Fit(rows, -1, some => LinearHead.Discriminant(some)));
        Assert.Equal(count, again.State.Count);
    }

    /// <summary>A class of very many samples on the page: newest first, to the oldest and back.</summary>
    [Fact]
    public void The_page_turns_to_the_oldest_of_many_samples_and_deletes_the_one_that_is_seen()
    {
        int count = Count;
        byte[] png = ImageFile.Encode(TestProject.Picture(1, 24, 16), ".png");
        Directory.CreateDirectory(project.Paths.FolderOf("many"));
        for (int i = 0; i < count; i++) File.WriteAllBytes(project.Paths.FileOf("many", $"{i / 20:D4}-{i + 1:D6}.png"), png);
        SampleStore store = project.Open();
        var frame = new Frame(1280, 720, isShown: true);
        PluginList plugins = [];
        plugins.Add(new ControlsPlugin(), isEssential: true);
        plugins.Add(new Others(), isEssential: true);
        plugins.Add(new SamplesPlugin(store, new SampleShelf(store, waits: true)), isEssential: true);
        var page = new LessonsPlugin();
        plugins.Add(page, isEssential: true);
        var app = new LiveCamApp(plugins, frame);
        app.Load();
        void Press(Key key, Modifiers modifiers = default)
        {
            frame.Events.Add(new(WindowEventKind.KeyDown) { Key = key, Modifiers = modifiers });
            // What is drawn in one tick says how many samples the next one gets.
            for (int i = 0; i < 3; i++) app.Tick();
        }
        ShelfRow Row() => frame.SmallSamples[frame.Teaching!.Classes[1].Id];

        Press(Key.F3);
        Press(Key.Down);
        int room = page.Room;
        Assert.InRange(room, 12, SampleShelf.Most);
        Assert.Equal((0, count), (Row().First, Row().Samples[0].Sample.Id));
        Press(Key.PageDown);
        Assert.Equal((room, count - room), (Row().First, Row().At(page.ChosenSample)!.Sample.Id));
        Press(Key.PageDown, Modifiers.Shift);
        Assert.Equal(1, Row().Samples[^1].Sample.Id);
        Assert.Equal((count - 1) / room * room, Row().First);
        Press(Key.PageDown);
        Assert.Equal((count - 1) / room * room, Row().First);
        Press(Key.Left);
        Assert.Equal((count - 1) / room * room - room, Row().First);
        int chosen = Row().At(page.ChosenSample)!.Sample.Id;
        Press(Key.Delete);
        store.Settle();
        Press(Key.PageUp, Modifiers.Shift);
        Assert.Equal((count - 1, false), (frame.Teaching!.Count, store.Samples().Any(sample => sample.Id == chosen)));
        Assert.Equal((0, 0), (page.ChosenSample, Row().First));
        Assert.Empty(frame.Faults);
        app.Unload();
    }

    /// <summary>Stands for the plugins whose parts the page needs: no camera, no network, nobody who learns.</summary>
    private sealed class Others : Plugin
    {
        public override string Name => "others";
        public override IReadOnlyList<Type> Writes => [typeof(Picture), typeof(Answer), typeof(LessonState), typeof(Canvas)];
        public override void Draw(Frame frame) => frame.Canvas!.Begin(frame.Width, frame.Height, default);
    }
}
