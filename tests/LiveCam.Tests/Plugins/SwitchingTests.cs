using LiveCam.Engine;
using LiveCam.Networks;
using LiveCam.Platform;

namespace LiveCam.Tests.Plugins;

/// <summary>Enabling, disabling and the clock, on a loop that the test ticks by hand.</summary>
public sealed class SwitchingTests
{
    private sealed class Counter(string name = "counter") : Plugin
    {
        public int Loads, Updates, Steps, Draws, Unloads;
        public bool Fails;
        public List<(TimeSpan Now, int Events)> Seen { get; } = [];

        public override string Name => name;
        public override IReadOnlyList<Type> Writes => [typeof(Answer)];
        public override void Load() => Loads++;

        public override void Update(Frame frame)
        {
            Updates++;
            Seen.Add((frame.Now, frame.Events.Count));
            frame.Set(new Answer(1));
            if (Fails) throw new InvalidOperationException("It broke.\nBadly.");
        }

        public override void Step(Frame frame, TimeSpan time)
        {
            Assert.Equal(LiveCamApp.StepTime, time);
            Steps++;
        }

        public override void Draw(Frame frame) => Draws++;
        public override void Unload() => Unloads++;
    }

    private readonly Counter counter = new();
    private readonly FakeClock clock = new();
    private readonly Frame frame = new(160, 160, isShown: true);
    private readonly PluginList plugins;
    private readonly LiveCamApp app;

    public SwitchingTests()
    {
        plugins = [counter];
        app = new LiveCamApp(plugins, frame, clock: clock);
        app.Load();
    }

    [Fact]
    public void A_disabled_plugin_rests_until_it_is_enabled_and_is_loaded_once()
    {
        app.Tick();
        plugins.Enable("Counter", false);
        app.Tick();
        plugins.Enable("counter");
        app.Tick();
        app.Unload();
        Assert.Equal((1, 2, 2, 1), (counter.Loads, counter.Updates, counter.Draws, counter.Unloads));
    }

    [Fact]
    public void One_that_failed_rests_with_its_error_and_can_be_tried_again()
    {
        counter.Fails = true;
        app.Tick();
        app.Tick();
        Assert.Equal((1, 0), (counter.Updates, counter.Draws));
        Fault fault = Assert.Single(frame.Faults);
        Assert.Equal(("counter", "InvalidOperationException: It broke. Badly."), (fault.Name, fault.Sentence));
        Assert.Contains(nameof(Counter.Update), fault.Stack);
        Assert.Null(frame.Answer);
        counter.Fails = false;
        plugins.Enable("counter");
        app.Tick();
        Assert.Equal((2, 1), (counter.Updates, counter.Draws));
        Assert.Empty(frame.Faults);
    }

    [Fact]
    public void The_run_cannot_disable_what_it_is_for()
    {
        plugins.Add(new Counter("camera"), isEssential: true);
        Assert.Contains("camera", Assert.Throws<LiveCamException>(() => plugins.Enable("camera", false)).Message);
    }

    [Fact]
    public void A_plugin_added_while_the_loop_runs_is_loaded_and_takes_part()
    {
        app.Tick();
        var late = new Counter("late");
        plugins.Add(late);
        app.Tick();
        Assert.Equal((1, 1), (late.Loads, late.Updates));
        Assert.Equal(["counter", "late"], plugins.Slots.Select(slot => slot.Name));
    }

    [Fact]
    public void Steps_follow_the_clock_and_draws_follow_the_ticks()
    {
        // 10 ticks of 4 ms, then 1 of 100 ms: 140 ms hold 8 whole sixtieths.
        for (int i = 0; i < 10; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(4));
            app.Tick();
        }
        Assert.Equal((2, 10), (counter.Steps, counter.Draws));
        clock.Advance(TimeSpan.FromMilliseconds(100));
        app.Tick();
        Assert.Equal((8, 11), (counter.Steps, counter.Draws));
        Assert.Equal(TimeSpan.FromMilliseconds(140), counter.Seen[^1].Now);
    }

    [Fact]
    public void A_loop_that_stood_still_does_not_catch_up_for_ever()
    {
        clock.Advance(TimeSpan.FromHours(1));
        app.Tick();
        Assert.InRange(counter.Steps, 1, 15);
        app.Tick();
        Assert.InRange(counter.Steps, 1, 15);
    }

    [Fact]
    public void Events_last_one_tick()
    {
        frame.Events.Add(new WindowEvent(WindowEventKind.KeyDown) { Key = Key.Q });
        app.Tick();
        app.Tick();
        Assert.Equal([1, 0], counter.Seen.Select(seen => seen.Events));
    }
}
