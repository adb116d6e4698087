using LiveCam.Engine;
using LiveCam.Platform;
using LiveCam.Plugins.Controls;

namespace LiveCam.Tests.Plugins;

/// <summary>What plugins publish for each other, send each other and tell the person.</summary>
public sealed class MessageTests
{
    private sealed record Ping(int Number);
    private sealed record Pong(int Number);

    private sealed class Weather
    {
        public int Degrees { get; init; }
    }

    private sealed class Actor(string name) : Plugin
    {
        public override string Name => name;
        public List<string> Diary { get; } = [];
        public Type[] MayReads { get; init; } = [];
        public Type[] WritesThese { get; init; } = [];
        public Handler[] Takes { get; set; } = [];
        public KeyCommand[] Bindings { get; init; } = [];
        public Action<Actor, Frame>? Does { get; init; }
        public override IReadOnlyList<Type> MayRead => MayReads;
        public override IReadOnlyList<Type> Writes => WritesThese;
        public override IReadOnlyList<Handler> Handles => Takes;
        public override IEnumerable<KeyCommand> Keys => Bindings;
        public void Post(object message) => Send(message);
        public void Tell(string sentence, Severity severity) => Say(sentence, severity);

        public override void Update(Frame frame)
        {
            Diary.Add("update");
            Does?.Invoke(this, frame);
        }
    }

    private readonly Frame frame = new(160, 160, isShown: false);
    private readonly List<string> terminal = [];

    private LiveCamApp Run(params Plugin[] plugins)
    {
        var app = new LiveCamApp([.. plugins], frame, clock: clock, note: terminal.Add);
        app.Load();
        return app;
    }

    private readonly FakeClock clock = new();

    [Fact]
    public void A_message_is_taken_before_the_update_of_a_later_plugin_and_after_all_updates_by_an_earlier_one()
    {
        var early = new Actor("early");
        var late = new Actor("late");
        early.Takes = [Handler.Of<Ping>((_, ping) => early.Diary.Add($"ping {ping.Number}"))];
        late.Takes = [Handler.Of<Ping>((_, ping) => late.Diary.Add($"ping {ping.Number}"))];
        var middle = new Actor("middle") { Does = (self, _) => self.Post(new Ping(7)) };
        Run(early, middle, late).Tick();
        Assert.Equal(["update", "ping 7"], early.Diary);
        Assert.Equal(["ping 7", "update"], late.Diary);
    }

    [Fact]
    public void Answers_to_messages_arrive_in_the_same_tick_and_two_that_never_stop_do_not_stop_the_loop()
    {
        int pings = 0, pongs = 0;
        var a = new Actor("a") { Does = (self, _) => self.Post(new Ping(0)) };
        var b = new Actor("b");
        b.Takes = [Handler.Of<Ping>((_, ping) => { pings++; b.Post(new Pong(ping.Number)); })];
        a.Takes = [Handler.Of<Pong>((_, pong) => { pongs++; a.Post(new Ping(pong.Number + 1)); })];
        Run(a, b).Tick();
        Assert.InRange(pings, 2, 20);
        Assert.InRange(pongs, 1, 20);
    }

    [Fact]
    public void A_handler_that_throws_is_its_plugins_failure_and_what_that_wrote_is_taken_away()
    {
        var weather = new Actor("weather") { WritesThese = [typeof(Weather)], Does = (_, frame) => frame.Set(new Weather { Degrees = 20 }), Takes = [Handler.Of<Ping>((_, _) => throw new LiveCamException("It rains."))] };
        Weather? seen = null;
        var reader = new Actor("reader") { MayReads = [typeof(Weather)], Does = (_, frame) => seen = frame.Get<Weather>() };
        LiveCamApp app = Run(weather, reader);
        app.Tick();
        Assert.Equal(20, seen!.Degrees);
        Assert.True(frame.HasNew<Weather>());
        app.Send(new Ping(1));
        app.Tick();
        Assert.Null(seen);
        Assert.Equal(new Fault("weather", "It rains."), Assert.Single(frame.Faults));
        Assert.Equal(["weather: It rains."], terminal);
    }

    [Fact]
    public void A_switched_off_plugin_gets_no_message_and_its_value_is_gone()
    {
        int pings = 0;
        var weather = new Actor("weather") { WritesThese = [typeof(Weather)], Does = (_, frame) => frame.Set(new Weather()), Takes = [Handler.Of<Ping>((_, _) => pings++)] };
        LiveCamApp app = Run(weather);
        app.Tick();
        frame.Plugins.Enable("weather", false);
        app.Send(new Ping(1));
        app.Tick();
        Assert.Null(frame.Get<Weather>());
        frame.Plugins.Enable("weather");
        app.Tick();
        Assert.Equal((0, true), (pings, frame.Get<Weather>() is not null));
    }

    [Fact]
    public void A_value_is_new_in_its_tick_only_and_one_in_its_place_is_as_old()
    {
        frame.Set(new Weather { Degrees = 1 });
        Assert.True(frame.HasNew<Weather>());
        frame.Begin(TimeSpan.Zero);
        Assert.False(frame.HasNew<Weather>());
        frame.Replace(new Weather { Degrees = 2 });
        Assert.Equal((2, false), (frame.Get<Weather>()!.Degrees, frame.HasNew<Weather>()));
        frame.Set<Weather>(null);
        Assert.False(frame.HasNew<Weather>());
    }

    [Theory]
    [InlineData(Severity.Hint, true, false, 3)]
    [InlineData(Severity.Note, false, true, 0)]
    [InlineData(Severity.Warning, true, true, 9)]
    public void What_is_said_is_seen_and_written_as_much_as_it_matters(Severity severity, bool isSeen, bool isWritten, double gone)
    {
        var actor = new Actor("actor");
        LiveCamApp app = Run(actor);
        actor.Tell("It is late.", severity);
        app.Tick();
        Assert.Equal(isSeen ? "It is late." : "", frame.Said.Text);
        Assert.Equal(isWritten ? ["It is late."] : [], terminal);
        clock.Advance(TimeSpan.FromSeconds(gone));
        app.Tick();
        Assert.Equal("", frame.Said.Text);
    }

    [Fact]
    public void An_error_stays_until_it_is_mended()
    {
        var actor = new Actor("actor");
        LiveCamApp app = Run(actor);
        actor.Post(new Say("The disk is full.", Severity.Error, "disk"));
        app.Tick();
        clock.Advance(TimeSpan.FromHours(1));
        app.Tick();
        Assert.Equal(new Fault("disk", "The disk is full."), Assert.Single(frame.Faults));
        actor.Post(new Mended("disk"));
        app.Tick();
        Assert.Empty(frame.Faults);
    }

    [Fact]
    public void Two_plugins_that_want_one_key_are_told_by_name_and_the_first_answers()
    {
        var first = new Actor("first") { Bindings = [new("Mine", "J", "jump", [(Key.J, 0)], (frame, fast) => frame.Set(new Weather { Degrees = fast ? 2 : 1 }))] };
        var second = new Actor("second") { Bindings = [new("Mine", "J", "join", [(Key.J, 0)], (_, _) => throw new InvalidOperationException("never")) ] };
        LiveCamApp app = Run(new ControlsPlugin(), first, second);
        app.Tick();
        Assert.Equal("The key J of the plugin \"second\" (join) is the key of the plugin \"first\" already (jump), which goes on answering; give \"second\" another key, or switch \"first\" off.", Assert.Single(terminal));
        frame.Events.Add(new(WindowEventKind.KeyDown) { Key = Key.J, Modifiers = Modifiers.Shift });
        app.Tick();
        Assert.Equal(2, frame.Get<Weather>()!.Degrees);
        // Switched off, it leaves the key to the other, whose error is its own.
        frame.Plugins.Enable("first", false);
        frame.Events.Add(new(WindowEventKind.KeyDown) { Key = Key.J });
        app.Tick();
        Assert.Equal("second", Assert.Single(frame.Faults).Name);
        Assert.Contains(frame.Get<KeyTable>()!.Commands, command => command is { Group: "Mine", Help: "jump" });
    }
}
