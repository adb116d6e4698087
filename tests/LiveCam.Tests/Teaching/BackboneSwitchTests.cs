using LiveCam.Engine.Devices.Cpu;
using LiveCam.Networks;
using LiveCam.Teaching;
using LiveCam.Tests.Commands;

namespace LiveCam.Tests.Teaching;

/// <summary>Another network while a project is open: samples stay, features and lessons belong to their network.</summary>
public sealed class BackboneSwitchTests : IDisposable
{
    private readonly TeachProgram program = new();
    private readonly string other;

    public BackboneSwitchTests()
    {
        other = program.Project["other.onnx"];
        Call call = Call.Run("export", "--model", "resnet20", "--seed", "7", "--out", other);
        Assert.True(call.Exit == 0, call.Error);
    }

    public void Dispose() => program.Dispose();

    private ProjectSettings Settings => ProjectSettings.Load(program.Project.Paths);

    private Dictionary<string, DateTime> Caches => Directory.GetFiles(program.Project.Paths.Cache("x")[..^"x.bin".Length])
        .Where(file => !file.EndsWith("fingerprints.bin", StringComparison.Ordinal)).ToDictionary(file => file, File.GetLastWriteTimeUtc);

    private string Contents()
    {
        using SampleStore store = program.Project.Open();
        return TestProject.Contents(store);
    }

    [Fact]
    public void Samples_stay_features_are_computed_and_R_goes_back_to_the_lesson_on_the_network_before()
    {
        program.TeachThree();
        string ask = program.Film("ask", "red", "green", "blue"), rest = program.Film("rest", "green"), contents = Contents();
        var before = program.Run(ask, []);
        int lesson = Settings.Lesson;
        Dictionary<string, DateTime> caches = Caches;
        Assert.Single(caches);

        // The next model in the folder.
        program.Run(rest, [TeachProgram.Key(2, "N")]);
        Assert.Contains("Teaching on other (flat) from here on", program.Said);
        Assert.Equal((other, contents), (Settings.Backbone, Contents()));
        Assert.True(Settings.Lesson > lesson, $"lesson {Settings.Lesson} after {lesson}");
        Assert.Equal(2, Caches.Count);
        var after = program.Run(ask, []);
        Assert.NotEqual(before, after);
        Assert.Equal(["class 1", "class 2", "class 3"], after.Chunk(TeachProgram.Scene).Select(scene => scene[^1].Said));

        int second = Settings.Lesson;
        program.Run(rest, [TeachProgram.Key(2, "R")]);
        Assert.Contains($"back to lesson {lesson} (linear discriminant) on backbone", program.Said);
        Assert.Equal((program.Backbone, lesson), (Settings.Backbone, Settings.Lesson));
        Assert.Equal(before, program.Run(ask, []));
        // What was computed on it before is read and not computed again.
        Assert.Equal(caches.Single().Value, Caches[caches.Single().Key]);

        // And forth again: the lesson on the other network is still its own.
        program.Run(rest, [TeachProgram.Key(2, "N")]);
        Assert.Equal((other, second), (Settings.Backbone, Settings.Lesson));
        Assert.Equal(after, program.Run(ask, []));
    }

    [Fact]
    public void A_lesson_whose_network_is_gone_or_another_is_told_and_the_present_one_goes_on()
    {
        program.TeachThree();
        string rest = program.Film("rest", "green"), kept = program.Project["kept"];
        int lesson = Settings.Lesson;
        program.Run(rest, [TeachProgram.Key(2, "N")]);
        int second = Settings.Lesson;
        File.Move(program.Backbone, kept);
        program.Run(rest, [TeachProgram.Key(2, "R")]);
        Assert.Contains($"cannot be gone back to: it was learned on {program.Backbone}, which is not there any more", program.Said);
        Assert.Equal((other, second), (Settings.Backbone, Settings.Lesson));
        Assert.Equal(0, Call.Run("export", "--model", "resnet20", "--seed", "9", "--out", program.Backbone).Exit);
        program.Run(rest, [TeachProgram.Key(2, "R")]);
        Assert.Contains($"{program.Backbone} is not the file any more that it was learned on", program.Said);
        Assert.Equal((program.Backbone, true), (Settings.Backbone, Settings.Lesson > second));
    }

    /// <summary>Back and forth faster than features are computed: what is wanted last is what is taught on in the end, and nothing is mixed.</summary>
    [Fact]
    public void Switching_while_features_are_computed_ends_on_the_network_that_was_wanted_last()
    {
        program.TeachThree();
        void Forget() => Directory.Delete(Path.GetDirectoryName(program.Project.Paths.Cache("x"))!, recursive: true);
        NetworkInfo[] networks = [.. ((string[])[program.Backbone, other]).Select(path =>
        {
            var model = PictureModel.Load(path, null, new Dictionary<string, string>());
            return new NetworkInfo(model, "cpu", "", [], null, PictureLayers.Features(model));
        })];
        Forget();
        Lesson switched, alone;
        using (SampleStore store = program.Project.Open())
        using (var learner = new Learner(store, () => new CpuDevice(threads: 1)))
        {
            for (int i = 0; i < 20; i++)
            {
                learner.Follow(networks[i % 2], recording: false);
                Thread.Sleep(3 * i);
            }
            SpinWait.SpinUntil(() => learner.State is { IsLearning: false, Live: { } live } && live.Backbone.Graph == networks[1].Model.Graph, TimeSpan.FromSeconds(60));
            switched = learner.State.Live!;
            Assert.Equal((store.State.Count, null), (switched.Samples.Count, learner.State.Trouble));
        }
        Forget();
        using (SampleStore store = program.Project.Open())
        using (var learner = new Learner(store, () => new CpuDevice(threads: 1), waits: true))
        {
            learner.Follow(networks[1], recording: false);
            alone = learner.State.Live!;
        }
        Assert.Same(alone.Backbone.Graph, switched.Backbone.Graph);
        Assert.Equal(alone.HeldOut, switched.HeldOut);
        Assert.Equal((alone.Model.Temperature, alone.Model.Thresholds), (switched.Model.Temperature, switched.Model.Thresholds));
    }
}
