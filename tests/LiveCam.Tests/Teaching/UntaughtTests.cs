using LiveCam.Engine.Training.Heads;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Plugins.Overlay;
using LiveCam.Teaching;
using LiveCam.Tests.Ui;
using LiveCam.Ui;

namespace LiveCam.Tests.Teaching;

/// <summary>What the answers' pane does not say: classes that nobody taught, and shares of what is unknown.</summary>
public sealed class UntaughtTests
{
    private sealed class Given(Answer answer, TeachingState? teaching, LessonState? lessons) : Plugin
    {
        private static readonly NetworkInfo Network = new(PictureModel.BuiltIn(new Dictionary<string, string>()), "cpu", "", [], null);

        public override string Name => "given";
        public override IReadOnlyList<Type> Writes => [typeof(Picture), typeof(Answer), typeof(NetworkInfo), typeof(TeachingState), typeof(LessonState)];

        public override void Update(Frame frame)
        {
            frame.Set(answer);
            frame.Set(Network);
            frame.Set(teaching);
            frame.Set(lessons);
        }
    }

    [Fact]
    public void A_project_without_a_lesson_does_not_say_the_networks_own_classes()
    {
        var empty = new TeachingState { Classes = [new(0, "background", 0, 0, null)] };
        var untaught = new LessonState(null, HeadKind.All[0]);
        Assert.Equal(Pane(Of("cat", 0.9f), empty, untaught), Pane(Of("dog", 0.4f), empty, untaught));
        Assert.NotEqual(Pane(Of("cat", 0.9f)), Pane(Of("dog", 0.9f)));
        // What it waits for changes with what it was shown, and while it learns.
        var some = new TeachingState { Classes = [new(0, "background", 0, 0, null), new(1, "cup", 0, 12, null)] };
        Assert.NotEqual(Pane(Of("cat", 0.9f), empty, untaught), Pane(Of("cat", 0.9f), some, untaught));
        Assert.NotEqual(Pane(Of("cat", 0.9f), some, untaught), Pane(Of("cat", 0.9f), some, untaught with { Progress = "features: 12 of 40" }));
    }

    [Fact]
    public void Under_unknown_stands_the_nearest_class_and_no_share()
    {
        Assert.Equal(Pane(Of("cat", 0.5f, Certainty.Unknown)), Pane(Of("cat", 1, Certainty.Unknown)));
        Assert.NotEqual(Pane(Of("cat", 1, Certainty.Unknown)), Pane(Of("dog", 1, Certainty.Unknown)));
    }

    private static Answer Of(string label, float share, Certainty? certainty = null)
    {
        var answer = new Answer(2) { Count = 1, Certainty = certainty, IsSure = true };
        answer.Room[0] = new(0, label, share);
        answer.Steady[0] = new(0, label, share, share);
        return answer;
    }

    /// <summary>The pixels of the answers' pane.</summary>
    private static string Pane(Answer answer, TeachingState? teaching = null, LessonState? lessons = null)
    {
        var frame = new Frame(1280, 720, isShown: true);
        PluginList plugins = [];
        plugins.Add(new Given(answer, teaching, lessons), isEssential: true);
        plugins.Add(new OverlayPlugin(), isEssential: true);
        var app = new LiveCamApp(plugins, frame);
        app.Load();
        app.Tick();
        var picture = new Picture(1280, 720, PixelFormat.Rgba8);
        new SoftwareRasterizer().Render(frame.Canvas!, picture);
        app.Unload();
        Rect pane = Panes.For(1280, 720, frame.Theme, below: 148).Answers;
        return string.Concat(Enumerable.Range((int)pane.Y, (int)pane.Height).Select(y => Convert.ToHexString(picture.Row(y).Slice((int)pane.X * 4, (int)pane.Width * 4))));
    }
}
