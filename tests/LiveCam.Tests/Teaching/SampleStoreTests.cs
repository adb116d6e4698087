using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Teaching;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Teaching;

/// <summary>What a project keeps, and how it is taken back.</summary>
public sealed class SampleStoreTests : IDisposable
{
    private readonly TestProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void Samples_are_plain_class_folders_of_png_that_hold_the_captured_pixels()
    {
        using (SampleStore store = project.Open())
        {
            int cup = store.AddClass("cup");
            TestProject.Keep(store, cup, store.NewBurst(), 1, 2);
            TestProject.Keep(store, SampleStore.Background, store.NewBurst(), 3);
            Assert.Equal(3, store.State.Count);
        }
        Assert.Equal("background: 0002-000003.png; cup: 0001-000001.png 0001-000002.png", project.OnDisk());
        Assert.Equal(TestProject.Picture(2).Bytes, ImageFile.Load(project.Paths.FileOf("cup", "0001-000002.png")).Bytes);
        project.AssertConsistent();
    }

    [Fact]
    public void The_background_is_offered_from_the_start()
    {
        using SampleStore store = project.Open();
        SampleClass background = Assert.Single(store.State.Classes);
        Assert.Equal((SampleStore.Background, "background", 0), (background.Id, background.Name, background.Count));
    }

    [Fact]
    public void Reopening_gives_the_same_classes_colours_order_and_bursts()
    {
        IReadOnlyList<SampleClass> classes;
        IReadOnlyList<Sample> samples;
        using (SampleStore store = project.Open())
        {
            int cup = store.AddClass("cup"), dog = store.AddClass("Hund & Katze ä");
            store.RecolorClass(cup, 0x123456);
            TestProject.Keep(store, dog, store.NewBurst(), 1, 2);
            TestProject.Keep(store, cup, store.NewBurst(), 3);
            (classes, samples) = (store.State.Classes, store.Samples());
        }
        using SampleStore again = project.Open();
        Assert.Equal(classes, again.State.Classes);
        Assert.Equal(samples, again.Samples());
        Assert.True(again.NewBurst() > samples.Max(one => one.Burst));
    }

    [Fact]
    public void Undo_takes_back_bursts_deletions_and_clearings_one_by_one_and_redo_does_them_again_across_reopening()
    {
        List<string> after = [];
        using (SampleStore store = project.Open())
        {
            int cup = store.AddClass("cup");
            void Note() { store.Settle(); after.Add(TestProject.Contents(store)); }
            Note();
            TestProject.Keep(store, cup, store.NewBurst(), 1, 2, 3);
            Note();
            TestProject.Keep(store, cup, store.NewBurst(), 4);
            Note();
            store.Delete(2);
            Note();
            store.Clear(cup);
            Note();
        }
        // Empty at first and at last.
        Assert.Equal(4, after.Distinct().Count());
        using (SampleStore store = project.Open())
            for (int i = after.Count - 2; i >= 0; i--)
            {
                Assert.True(store.State.CanUndo);
                store.Undo();
                store.Settle();
                Assert.Equal(after[i], TestProject.Contents(store));
            }
        project.AssertConsistent();
        using (SampleStore store = project.Open())
            for (int i = 1; i < after.Count; i++)
            {
                Assert.True(store.State.CanRedo);
                store.Redo();
                store.Settle();
                Assert.Equal(after[i], TestProject.Contents(store));
            }
        project.AssertConsistent();
    }

    [Fact]
    public void Something_new_after_undo_ends_redo()
    {
        using SampleStore store = project.Open();
        TestProject.Keep(store, 0, store.NewBurst(), 1);
        store.Undo();
        TestProject.Keep(store, 0, store.NewBurst(), 2);
        store.Redo();
        store.Settle();
        Assert.Equal(("background: 0002-000002.png", false), (TestProject.Contents(store), store.State.CanRedo));
    }

    [Fact]
    public void Renaming_a_class_renames_its_folder_and_keeps_its_samples_also_the_deleted_ones()
    {
        using (SampleStore store = project.Open())
        {
            int cup = store.AddClass("cup");
            TestProject.Keep(store, cup, store.NewBurst(), 1, 2);
            store.Delete(1);
            store.RenameClass(cup, "mug");
            store.Undo();
            store.Settle();
            Assert.Null(store.State.Trouble);
        }
        Assert.Equal("mug: 0001-000001.png 0001-000002.png", project.OnDisk());
        project.AssertConsistent();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("con.txt")]
    [InlineData("CUP")]
    public void A_name_that_no_folder_may_have_or_that_is_taken_is_refused_with_a_sentence(string name)
    {
        using SampleStore store = project.Open();
        store.AddClass("cup");
        store.Settle();
        Assert.StartsWith($"Naming a class \"{name}\": ", Assert.Throws<LiveCamException>(() => store.AddClass(name)).Message);
    }

    [Fact]
    public void A_picture_that_teaches_badly_is_refused_with_a_reason_and_can_be_forced()
    {
        using SampleStore store = project.Open();
        Picture dark = new(64, 48, PixelFormat.Bgr8);
        long number = store.Capture(dark, 0, store.NewBurst());
        store.Settle();
        CaptureOutcome refused = store.State.Last!;
        Assert.Equal((number, null), (refused.Number, refused.Kept));
        Assert.Equal("too dark: the brightest parts have 0 of 255, at least 48 are needed", refused.Reason);
        store.Capture(dark, 0, store.NewBurst(), force: true);
        store.Settle();
        Assert.Equal(("", 1), (store.State.Last!.Reason, store.State.Count));
    }

    [Fact]
    public void The_same_picture_twice_is_refused_also_after_reopening_and_welcome_in_another_class_and_after_deletion()
    {
        Picture scene = Scenes.Draw(64, 48, 5);
        string? Capture(SampleStore store, int into)
        {
            store.Capture(scene, into, store.NewBurst());
            store.Settle();
            return store.State.Last!.Kept is null ? store.State.Last.Reason : null;
        }
        using (SampleStore store = project.Open())
        {
            Assert.Null(Capture(store, 0));
            Assert.StartsWith("as before: it differs by 0.0 levels", Capture(store, 0));
        }
        using (SampleStore store = project.Open())
        {
            Assert.StartsWith("as before", Capture(store, 0));
            Assert.Null(Capture(store, store.AddClass("cup")));
            store.Delete(1);
            Assert.Null(Capture(store, 0));
        }
    }

    [Fact]
    public void More_pictures_than_can_wait_are_left_out_and_asking_never_waits()
    {
        using var held = new ManualResetEventSlim();
        using SampleStore store = project.Open(new SlowFiles(held));
        Picture picture = TestProject.Picture(1);
        int burst = store.NewBurst(), taken = 0;
        for (int i = 0; i < 50; i++)
            if (store.Capture(picture, 0, burst, force: true) != 0) taken++;
        Assert.Equal(SampleStore.MostWaiting, taken);
        held.Set();
        store.Settle();
        Assert.Equal(taken, store.State.Count);
    }

    private sealed class SlowFiles(ManualResetEventSlim held) : SampleFiles
    {
        protected override void Create(string path, ReadOnlySpan<byte> bytes)
        {
            held.Wait();
            base.Create(path, bytes);
        }
    }

    [Fact]
    public void Importing_copies_class_folders_leaves_out_what_is_damaged_and_is_undone_as_one()
    {
        string folder = project["import"];
        foreach (string name in (string[])["cup", "dog"]) Directory.CreateDirectory(Path.Combine(folder, name));
        ImageFile.Save(TestProject.Picture(1), Path.Combine(folder, "cup", "one.png"));
        ImageFile.Save(TestProject.Picture(2), Path.Combine(folder, "dog", "two.bmp"));
        byte[] damaged = ImageFile.Encode(TestProject.Picture(3), ".png");
        damaged[damaged.Length / 2] ^= 1;
        File.WriteAllBytes(Path.Combine(folder, "dog", "three.png"), damaged);
        File.WriteAllText(Path.Combine(folder, "dog", "notes.txt"), "no picture");
        using (SampleStore store = project.Open())
        {
            store.Import(folder);
            store.Settle();
            Assert.Equal(2, store.State.Count);
            Assert.StartsWith($"Imported 2 samples from \"{folder}\"; 1 could not be read and are left out, the first: Reading the sample", store.State.Notice);
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "cup", "one.png")), File.ReadAllBytes(store.PathOf(store.Samples()[0])!));
            Assert.Equal(TestProject.Picture(2).Bytes, ImageFile.Load(store.PathOf(store.Samples()[1])!).Bytes);
            store.Undo();
            store.Settle();
            Assert.Equal(0, store.State.Count);
            Assert.Contains("give one that holds a folder for each class", Assert.Throws<LiveCamException>(() => store.Import(Path.Combine(folder, "cup"))).Message);
        }
        project.AssertConsistent();
    }

    [Fact]
    public void Settings_come_back_and_damaged_ones_are_those_of_a_new_project()
    {
        using SampleStore store = project.Open();
        Assert.Equal(new ProjectSettings(), ProjectSettings.Load(project.Paths));
        foreach (string backbone in (string[])[project["\"a\".onnx"], Path.Combine(project.Folder, "backbone-1.onnx")])
        {
            var settings = new ProjectSettings(backbone, "features", "neighbours");
            store.Save(settings);
            store.Settle();
            ProjectSettings read = ProjectSettings.Load(project.Paths);
            Assert.Equal((settings.Backbone, settings.Layer, settings.Head, settings.Lesson), (read.Backbone, read.Layer, read.Head, read.Lesson));
        }
        File.WriteAllText(project.Paths.Settings, "{\"backbone\":");
        Assert.Equal(new ProjectSettings(), ProjectSettings.Load(project.Paths));
    }

    [Fact]
    public void The_verb_records_imports_undoes_and_lists()
    {
        Call record = Call.Run("samples", project.Folder, "--class", "cup", "--source", "pattern:64x48", "--frames", "3", "--force", "--json");
        Assert.True(record.Exit == 0, record.Error);
        Assert.Equal(["0001-000001.png", "0001-000002.png", "0001-000003.png"], record.Json.Take(3).Select(line => line.GetProperty("kept").GetString()));
        Assert.Equal(3, record.Json[^1].GetProperty("samples").GetInt32());
        Call undo = Call.Run("samples", project.Folder, "--undo");
        Assert.Matches(@"cup +#e69f00 +0", undo.Output);
        Assert.Contains("go together", Call.Run("samples", project.Folder, "--class", "cup").AssertFailed(2));
    }
}
