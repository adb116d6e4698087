using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Platform;
using static LiveCam.Platform.CameraState;

namespace LiveCam.Tests.Capture;

/// <summary>Cameras that hang, files that loop, sources that change while the loop runs.</summary>
public sealed class CaptureLoopTests
{
    /// <summary>A live camera whose every call hangs until the test lets go.</summary>
    private sealed class Hung(ManualResetEventSlim release) : Camera
    {
        public override string Name => "hung";
        public override int Width => 4;
        public override int Height => 4;
        public override double FramesPerSecond => 0;
        public override long? FrameCount => null;
        public override bool IsLive => true;

        public override bool Read(ref Picture? slot, out TimeSpan time)
        {
            release.Wait();
            time = default;
            return false;
        }

        public override void Dispose() { }
    }

    /// <summary>A live camera that is always there and always moves.</summary>
    private sealed class Steady : Camera
    {
        private int next;

        public override string Name => "steady";
        public override int Width => 32;
        public override int Height => 24;
        public override double FramesPerSecond => 0;
        public override long? FrameCount => null;
        public override bool IsLive => true;

        public override bool Read(ref Picture? slot, out TimeSpan time)
        {
            Thread.Sleep(2);
            time = default;
            PatternCamera.Paint(Fit(ref slot, 32, 24), next++);
            return true;
        }

        public override void Dispose() { }
    }

    private static CaptureSettings Window(string source, Func<string, CameraWish, Camera>? open = null) =>
        new(source) { Speed = 1, Stays = true, Times = Watcher.Times, Open = open ?? CameraSource.Open };

    [Fact]
    public void A_read_that_does_not_come_back_is_given_up_and_the_camera_opened_again()
    {
        using var release = new ManualResetEventSlim();
        int opened = 0;
        using (var watcher = new Watcher(Window("tap", (_, _) => opened++ == 0 ? new Hung(release) : new Steady()) with { Times = Watcher.Times with { GiveUp = TimeSpan.FromSeconds(0.2) } }))
        {
            watcher.Until(Live);
            Assert.Equal([Opening, Absent, Live], watcher.States);
            Assert.Contains("0.2 seconds", watcher.Changes[1].Detail);
        }
        release.Set();
    }

    [Fact]
    public void Threads_that_hang_are_few()
    {
        using var release = new ManualResetEventSlim();
        int opened = 0;
        var settings = Window("tap", (_, _) =>
        {
            Interlocked.Increment(ref opened);
            release.Wait();
            throw new LiveCamException("Too late.");
        });
        using (var watcher = new Watcher(settings with { Times = Watcher.Times with { GiveUp = TimeSpan.FromSeconds(0.03), Threads = 3 } }))
        {
            watcher.Until(() => Volatile.Read(ref opened) == 3 && watcher.Grabber.Status.Attempts == 3);
            for (int i = 0; i < 30; i++) watcher.Until(() => true);
            Thread.Sleep(150);
            watcher.Until(() => true);
            Assert.Equal(3, opened);
            release.Set();
            // Once they have come back there is room for the next attempt.
            watcher.Until(() => Volatile.Read(ref opened) > 3);
        }
    }

    [Fact]
    public void Without_a_window_a_source_that_never_opens_is_an_error()
    {
        using var release = new ManualResetEventSlim();
        var settings = new CaptureSettings("4711")
        {
            Waits = true, Times = Watcher.Times with { GiveUp = TimeSpan.FromSeconds(0.1) },
            Open = (_, _) =>
            {
                release.Wait();
                throw new LiveCamException("Too late.");
            },
        };
        var plugin = new CapturePlugin(settings, CancellationToken.None);
        Assert.Contains("has not answered", Assert.Throws<LiveCamException>(plugin.AwaitOpen).Message);
        plugin.Unload();
        release.Set();
    }

    [Theory]
    [InlineData("/no/such/file.mp4", "file.mp4 is not there")]
    [InlineData("4711", "Camera 4711 is not there")]
    [InlineData("/no/such/folder/", "folder is not there")]
    public void With_a_window_a_missing_source_is_absent_and_tried_again(string source, string says)
    {
        using var watcher = new Watcher(source);
        watcher.Until(() => watcher.Grabber.Status.Attempts >= 2);
        Assert.Equal([Opening, Absent], watcher.States);
        Assert.StartsWith(says, watcher.Grabber.Status.Text);
        Assert.Contains("there is no", watcher.Grabber.Status.Detail);
    }

    [Fact]
    public void A_missing_file_that_appears_is_played()
    {
        using Scratch scratch = new();
        using var watcher = new Watcher(scratch["late.png"]);
        watcher.Until(Absent);
        ImageFile.Save(Scratch.Pattern(40, 30), scratch["late.png"]);
        watcher.Until(Live);
        Assert.Equal(Scratch.Pattern(40, 30).Bytes, watcher.Picture!.Bytes);
    }

    [Fact]
    public void The_source_is_switched_by_a_message()
    {
        var frame = new Frame(160, 160, isShown: false);
        var notes = new List<string>();
        var app = new LiveCamApp([new CapturePlugin(Window("pattern:32x24"), CancellationToken.None)], frame, note: notes.Add);
        app.Load();
        Until(() => frame.Picture is not null);
        long number = frame.Number;
        app.Send(new ChangeCamera("pattern:48x36"));
        Until(() => frame.Picture!.Width == 48);
        Assert.Equal(("pattern:48x36", Live), (frame.Source, frame.Camera.State));
        Assert.True(frame.Number > number, "numbers start again");
        app.Send(new ChangeCamera("/no/such.mp4"));
        Until(() => frame.Said.IsWarning);
        Assert.Equal((48, "pattern:48x36", Live), (frame.Picture!.Width, frame.Source, frame.Camera.State));
        app.Send(new ChangeCamera("pattern:32x24"));
        Until(() => frame.Picture!.Width == 32);
        Assert.Contains("/no/such.mp4", Assert.Single(notes));
        app.Unload();

        void Until(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(() =>
        {
            app.Tick();
            Assert.False(frame.HasEnded);
            return condition();
        }, TimeSpan.FromSeconds(20)), frame.Camera.Text);
    }

    [Fact]
    public void A_hung_camera_does_not_hold_up_a_switch()
    {
        using var release = new ManualResetEventSlim();
        using (var watcher = new Watcher(Window("hung", (source, _) => source == "hung" ? new Hung(release) : new Steady())))
        {
            watcher.Until(Opening);
            watcher.Grabber.Switch("steady");
            watcher.Until(Live);
            Assert.Equal([Opening, Opening, Live], watcher.States);
        }
        release.Set();
    }

    [Fact]
    public void A_view_is_changed_while_pictures_come_and_on_a_still_one()
    {
        using Scratch scratch = new();
        ImageFile.Save(Scratch.Pattern(40, 30), scratch["still.png"]);
        foreach (string source in new[] { "pattern:40x30", scratch["still.png"] })
        {
            using var watcher = new Watcher(source);
            watcher.UntilMore(1);
            watcher.Grabber.View = new CameraView(Rotation: 90);
            watcher.Until(() => watcher.Picture!.Width == 30);
            Assert.Equal(40, watcher.Picture!.Height);
        }
    }

    [Fact]
    public void A_looped_file_starts_again_and_its_time_goes_on()
    {
        using Scratch scratch = new();
        for (int i = 0; i < 3; i++) ImageFile.Save(Scratch.Pattern(32 + i, 24), scratch[$"{i}.png"]);
        using var grabber = new Grabber(new CaptureSettings(scratch.Folder) { Waits = true, Loop = true, Limit = 8, Wish = new(SlideSeconds: 2) });
        var held = new Grab();
        for (int i = 0; i < 8; i++)
        {
            Assert.True(grabber.Take(ref held, TimeSpan.FromSeconds(20), CancellationToken.None));
            Assert.Equal((i, 32 + i % 3, 2.0 * i), (held.Number, held.Picture!.Width, held.Time.TotalSeconds));
        }
        Assert.False(grabber.Take(ref held, TimeSpan.FromSeconds(20), CancellationToken.None));
        Assert.True(grabber.HasEnded);
    }

    [Fact]
    public void At_its_own_rate_a_file_takes_its_time_and_the_newest_picture_wins()
    {
        var settings = new CaptureSettings("pattern") { Waits = true, Speed = 2, Open = (_, _) => new PatternCamera(32, 24, 50, frames: 21) };
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        using var watcher = new Watcher(settings);
        Thread.Sleep(60);
        watcher.Until(() => watcher.Grabber.HasEnded);
        // Twenty-one pictures of 20 ms at twice the speed.
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) >= TimeSpan.FromSeconds(0.2), "it was over too soon");
        Assert.Equal(21, watcher.Grabber.Captured);
        Assert.True(watcher.Grabber.Dropped > 0, "nothing was dropped although nobody took anything for a while");
        Assert.Equal(20, watcher.Held.Number);
        Assert.Equal(watcher.Grabber.Captured, watcher.Taken + watcher.Grabber.Dropped);
    }

    [Fact]
    public void The_last_picture_of_a_file_stays_where_it_is_wanted()
    {
        using var watcher = new Watcher(Window("pattern", (_, _) => new PatternCamera(32, 24, 100, frames: 3)));
        watcher.Until(() => watcher.Grabber.Status.Text == "The test pattern is at its end.");
        Assert.False(watcher.Grabber.HasEnded);
        Assert.Equal([Opening, Live], watcher.States);
    }
}
