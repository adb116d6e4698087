using LiveCam.Engine;

namespace LiveCam.Tests.Loop;

/// <summary>The order of the loop, and that every plugin is unloaded whatever happens.</summary>
public sealed class LiveCamAppTests
{
    private sealed class Scribe(string name, List<string> diary, int lastTick = int.MaxValue, string? failsAt = null) : Plugin
    {
        private int ticks;

        public override string Name => name;
        public override void Load() => Write("load");

        public override void Update(Frame frame)
        {
            Write("update");
            if (++ticks == lastTick) frame.HasEnded = true;
        }

        public override void Draw(Frame frame) => Write("draw");
        public override void Unload() => Write("unload");

        private void Write(string what)
        {
            diary.Add($"{name} {what}");
            if (what == failsAt) throw new LiveCamException($"{name} fails.");
        }
    }

    [Fact]
    public void All_update_then_all_draw()
    {
        var diary = new List<string>();
        new LiveCamApp([new Scribe("a", diary, lastTick: 2), new Scribe("b", diary)], new Frame(160, 160, isShown: true)).Run(CancellationToken.None);
        Assert.Equal(["a load", "b load", "a update", "b update", "a draw", "b draw", "a update", "b unload", "a unload"], diary);
    }

    [Fact]
    public void Nothing_is_drawn_when_nobody_looks()
    {
        var diary = new List<string>();
        new LiveCamApp([new Scribe("a", diary, lastTick: 5)], new Frame(160, 160, isShown: false)).Run(CancellationToken.None);
        Assert.DoesNotContain("a draw", diary);
    }

    [Theory]
    [InlineData("load")]
    [InlineData("update")]
    [InlineData("draw")]
    public void An_essential_failure_unloads_all_and_ends_the_run(string failsAt)
    {
        var diary = new List<string>();
        var plugins = new PluginList { new Scribe("a", diary, lastTick: 2), { new Scribe("b", diary, failsAt: failsAt), true } };
        var app = new LiveCamApp(plugins, new Frame(160, 160, isShown: true));
        Assert.Equal("b fails.", Assert.Throws<LiveCamException>(() => app.Run(CancellationToken.None)).Message);
        Assert.Equal(["b unload", "a unload"], diary[^2..]);
    }

    private sealed class Impatient : Plugin
    {
        public override string Name => "impatient";
        public override void Update(Frame frame) => throw new TaskCanceledException("A request took too long.");
    }

    [Fact]
    public void A_plugin_that_gives_up_waiting_does_not_stop_the_run()
    {
        var diary = new List<string>();
        var frame = new Frame(160, 160, isShown: true);
        new LiveCamApp([new Scribe("a", diary, lastTick: 4), new Impatient()], frame).Run(CancellationToken.None);
        Assert.Equal(4, diary.Count(line => line == "a update"));
        Assert.Equal("impatient", Assert.Single(frame.Faults).Name);
    }

    [Theory]
    [InlineData("load", 0, 0)]
    [InlineData("update", 1, 0)]
    [InlineData("draw", 1, 1)]
    public void Another_failure_disables_the_plugin_is_told_once_and_the_loop_goes_on(string failsAt, int updates, int draws)
    {
        List<string> diary = [], notes = [];
        var frame = new Frame(160, 160, isShown: true);
        var app = new LiveCamApp([new Scribe("a", diary, lastTick: 4), new Scribe("b", diary, failsAt: failsAt)], frame, note: notes.Add);
        app.Run(CancellationToken.None);
        Assert.Equal((4, 3), (diary.Count(line => line == "a update"), diary.Count(line => line == "a draw")));
        Assert.Equal((updates, draws), (diary.Count(line => line == "b update"), diary.Count(line => line == "b draw")));
        Assert.Equal(new Fault("b", "b fails."), Assert.Single(frame.Faults));
        Assert.Equal("b: b fails.", Assert.Single(notes));
        Assert.Equal(["b unload", "a unload"], diary[^2..]);
        Assert.True(app.HasFailed);
        Assert.False(frame.Plugins.Find("b").IsEnabled);
    }

    [Fact]
    public void A_failure_to_unload_is_told_and_the_others_are_unloaded()
    {
        var diary = new List<string>();
        var frame = new Frame(160, 160, isShown: true);
        var app = new LiveCamApp([new Scribe("a", diary, lastTick: 2), new Scribe("b", diary, failsAt: "unload")], frame);
        app.Run(CancellationToken.None);
        Assert.Equal(["b unload", "a unload"], diary[^2..]);
        Assert.Equal("b fails.", Assert.Single(frame.Faults).Sentence);
        Assert.True(app.HasFailed);
    }
}
