using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using LiveCam.Engine.Vision;
using LiveCam.Loop.Loading;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Plugins;

/// <summary>Class libraries dropped into the folder while the loop runs.</summary>
public sealed class PluginFolderTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly Frame frame = new(160, 160, isShown: false);
    private readonly PluginFolder folder;
    private readonly LiveCamApp app;

    private sealed class Camera : Plugin
    {
        public override string Name => "camera";
        public override IReadOnlyList<Type> Writes => [typeof(Picture)];
    }

    public PluginFolderTests()
    {
        folder = new PluginFolder(scratch.Folder, isWatched: false);
        app = new LiveCamApp([new Camera()], frame, folder);
    }

    public void Dispose()
    {
        app.Unload();
        scratch.Dispose();
    }

    private string Names => string.Join(' ', frame.Plugins.Slots.Select(slot => slot.Name));

    /// <summary>What the folder's thread does in its time, twice: a file counts when it was the same in two looks.</summary>
    private void LookAndTick()
    {
        folder.Look(atOnce: false);
        folder.Look(atOnce: false);
        app.Tick();
    }

    private void Start()
    {
        app.Load();
        app.Tick();
    }

    [Fact]
    public void A_library_that_is_there_at_the_start_takes_part()
    {
        EmittedLibrary.Write(scratch["guest.dll"], "guest");
        Start();
        Assert.Equal("camera guest", Names);
        Assert.True(frame.Plugins.Find("guest").IsExternal);
        Assert.Empty(frame.Faults);
    }

    [Fact]
    public void A_library_dropped_in_later_takes_part_and_one_taken_away_leaves()
    {
        Start();
        Assert.Equal("camera", Names);
        EmittedLibrary.Write(scratch["guest.dll"], "guest");
        LookAndTick();
        Assert.Equal("camera guest", Names);
        File.Delete(scratch["guest.dll"]);
        LookAndTick();
        Assert.Equal("camera", Names);
    }

    [Fact]
    public void A_file_that_still_changes_is_left_alone()
    {
        Start();
        EmittedLibrary.Write(scratch["guest.dll"], "guest");
        folder.Look(atOnce: false);
        EmittedLibrary.Write(scratch["guest.dll"], "better");
        folder.Look(atOnce: false);
        app.Tick();
        Assert.Equal("camera", Names);
        folder.Look(atOnce: false);
        app.Tick();
        Assert.Equal("camera better", Names);
    }

    [Fact]
    public void A_changed_library_replaces_the_old_one_whose_context_is_collected()
    {
        EmittedLibrary.Write(scratch["guest.dll"], "guest");
        Start();
        WeakReference old = ContextOf("guest");
        EmittedLibrary.Write(scratch["guest.dll"], "better");
        LookAndTick();
        Assert.Equal("camera better", Names);
        for (int i = 0; i < 20 && old.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            app.Tick();
        }
        Assert.False(old.IsAlive, "something still holds the old library");
        Assert.True(ContextOf("better").IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference ContextOf(string plugin)
    {
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(frame.Plugins.First(one => one.Name == plugin).GetType().Assembly)!;
        Assert.True(context.IsCollectible);
        return new WeakReference(context);
    }

    [Fact]
    public void A_broken_change_leaves_the_last_good_one_running()
    {
        EmittedLibrary.Write(scratch["guest.dll"], "guest");
        Start();
        scratch.Write("guest.dll", "half a library"u8);
        LookAndTick();
        Assert.Equal("camera guest", Names);
        Assert.Contains("guest.dll", Assert.Single(frame.Faults).Sentence);
        EmittedLibrary.Write(scratch["guest.dll"], "better");
        LookAndTick();
        Assert.Equal("camera better", Names);
        Assert.Empty(frame.Faults);
    }

    [Fact]
    public void A_file_that_is_no_library_is_one_sentence() => AssertRefused("it is no .NET class library", file => File.WriteAllText(file, "nothing of the kind"));

    [Fact]
    public void A_library_without_a_plugin_is_one_sentence() => AssertRefused("it holds no public class", EmittedLibrary.WriteWithoutPlugin);

    [Fact]
    public void A_library_for_another_contract_is_one_sentence() =>
        AssertRefused("built for version 4711 of the plugin contract", file => EmittedLibrary.Write(file, "guest", contract: 4711));

    [Fact]
    public void A_library_without_a_contract_is_one_sentence() =>
        AssertRefused("built for no stated version of the plugin contract", file => EmittedLibrary.Write(file, "guest", contract: null));

    [Fact]
    public void A_plugin_that_cannot_be_made_is_one_sentence() => AssertRefused("It was built to fail", file => EmittedLibrary.Write(file, "guest", failsAt: ".ctor"));

    [Fact]
    public void A_plugin_that_reads_what_nobody_writes_is_one_sentence() =>
        AssertRefused("\"guest\" reads the canvas", file => EmittedLibrary.Write(file, "guest", reads: typeof(LiveCam.Ui.Canvas)));

    private void AssertRefused(string reason, Action<string> write)
    {
        write(scratch["guest.dll"]);
        Start();
        app.Tick();
        Assert.Equal("camera", Names);
        Fault fault = Assert.Single(frame.Faults);
        Assert.Equal("guest.dll", fault.Name);
        Assert.Contains(reason, fault.Sentence);
        Assert.DoesNotContain('\n', fault.Sentence);
    }

    [Fact]
    public void The_folders_own_thread_finds_what_is_dropped_in()
    {
        using var watched = new PluginFolder(scratch["later"]);
        watched.Start();
        Directory.CreateDirectory(scratch["later"]);
        EmittedLibrary.Write(Path.Combine(scratch["later"], "guest.dll"), "guest");
        LibraryChange? change = null;
        Assert.True(SpinWait.SpinUntil(() => watched.TryTake(out change), TimeSpan.FromSeconds(20)), "the thread found nothing");
        Assert.Equal("guest", Assert.Single(change!.Library!.Plugins).Name);
        change.Library.Dispose();
    }

    [Fact]
    public void In_a_folder_of_its_name_only_the_library_itself_is_looked_at_for_plugins()
    {
        Directory.CreateDirectory(scratch["guest"]);
        EmittedLibrary.Write(Path.Combine(scratch["guest"], "guest.dll"), "guest");
        EmittedLibrary.WriteWithoutPlugin(Path.Combine(scratch["guest"], "needed.dll"));
        Start();
        Assert.Equal("camera guest", Names);
        Assert.Empty(frame.Faults);
    }

    [Theory]
    [InlineData("Update")]
    [InlineData("Unload")]
    public void A_guest_that_throws_does_not_make_the_run_fail(string failsAt)
    {
        EmittedLibrary.Write(scratch["guest.dll"], "guest", failsAt: failsAt);
        Start();
        app.Tick();
        app.Unload();
        Assert.Equal("guest", Assert.Single(frame.Faults).Name);
        Assert.Contains("It was built to fail.", frame.Faults[0].Sentence);
        Assert.False(app.HasFailed);
    }

    [Fact]
    public void The_example_writes_the_seconds_of_each_label_beside_itself()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "examples", "LabelTimer.dll"), scratch["LabelTimer.dll"]);
        EmittedLibrary.Write(scratch["bad.dll"], "bad", failsAt: "Update");
        Call call = Call.Run("run", "--headless", "--json", "--device", "cpu", "--frames", "31", "--plugins", scratch.Folder,
            "--source", LiveCam.Engine.Tests.Requirements.Data("videos/bottle-detection.mp4"),
            "--model", LiveCam.Engine.Tests.Requirements.Data("models/squeezenet1.1-7/model.onnx"), "--labels", LiveCam.Engine.Tests.Requirements.Data("labels/imagenet-1000.txt"));
        Assert.Equal(0, call.Exit);
        // The sentence, then where it happened, for who wrote the plugin.
        string[] told = [.. call.ErrorLines.Where(line => !line.Contains("is a guess"))];
        Assert.Equal("livecam: bad: InvalidOperationException: It was built to fail.", told[0]);
        Assert.StartsWith("livecam: System.InvalidOperationException: It was built to fail.", Assert.Single(told[1..]));
        string[] rows = File.ReadAllLines(scratch["label-times.csv"]);
        Assert.Equal("label,seconds", rows[0]);
        // The same sums from what the run told: an answer's label counts until the next answer.
        var answers = call.Json[..31].Select(answer => (Time: answer.GetProperty("time").GetDouble(), Label: answer.GetProperty("top")[0].GetProperty("label").GetString()!)).ToArray();
        Dictionary<string, double> expected = answers.Zip(answers.Skip(1)).GroupBy(pair => pair.First.Label, pair => pair.Second.Time - pair.First.Time)
            .ToDictionary(label => label.Key, label => label.Sum());
        expected.TryAdd(answers[^1].Label, 0);
        Assert.Equal(expected.Count, rows.Length - 1);
        Assert.All(rows.Skip(1), row =>
        {
            string[] cells = row.Split("\",");
            Assert.Equal(expected[cells[0].TrimStart('"')], double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), 3);
        });
    }
}
