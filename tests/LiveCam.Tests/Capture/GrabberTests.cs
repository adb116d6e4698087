using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;

namespace LiveCam.Tests.Capture;

/// <summary>Files: every frame once. Live sources: the newest wins.</summary>
public sealed class GrabberTests
{
    /// <summary>A camera of numbered frames that the test releases one by one.</summary>
    private sealed class Tap(bool isLive, int end = int.MaxValue, int failsAt = int.MaxValue) : Camera
    {
        private readonly SemaphoreSlim flow = new(0);
        private int next;

        public override string Name => "tap";
        public override int Width => 4;
        public override int Height => 4;
        public override double FramesPerSecond => 30;
        public override long? FrameCount => null;
        public override bool IsLive => isLive;

        public int Read() => next;
        public void Open(int frames) => flow.Release(frames);

        public override bool Read(ref Picture? slot, out TimeSpan time)
        {
            flow.Wait();
            time = TimeSpan.FromSeconds(next);
            if (next == failsAt) throw new LiveCamException("The tap broke.");
            if (next == end) return false;
            Fit(ref slot, 4, 4).Bytes[0] = (byte)next;
            next++;
            return true;
        }

        public override void Dispose() => flow.Release();
    }

    private static Grabber Grabber(Camera camera, long limit = long.MaxValue) =>
        new(new CaptureSettings("tap") { Waits = true, Limit = limit, Times = Watcher.Times, Open = (_, _) => camera });

    private static bool Take(Grabber grabber, ref Grab held) => grabber.Take(ref held, TimeSpan.FromSeconds(20), CancellationToken.None);

    private static void Until(Func<bool> condition)
    {
        Assert.True(SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(20)), "the camera's thread did not come that far");
    }

    [Fact]
    public void A_file_waits_until_each_frame_is_taken()
    {
        using var grabber = Grabber(new PatternCamera(32, 24, 30, frames: 9));
        var held = new Grab();
        for (int i = 0; i < 9; i++)
        {
            Assert.True(Take(grabber, ref held));
            Thread.Sleep(i % 3);
            Assert.Equal(i, held.Number);
            var expected = new Picture(32, 24, PixelFormat.Bgr8);
            PatternCamera.Paint(expected, i);
            Assert.Equal(expected.Bytes, held.Picture!.Bytes);
        }
        Assert.False(Take(grabber, ref held));
        Assert.Equal((9, 0), (grabber.Captured, grabber.Dropped));
    }

    [Fact]
    public void Of_a_live_source_the_newest_frame_wins()
    {
        var tap = new Tap(isLive: true);
        using var grabber = Grabber(tap);
        var held = new Grab();
        tap.Open(5);
        Until(() => grabber.Captured == 5);
        Assert.True(Take(grabber, ref held));
        Assert.Equal((4, 4), (held.Number, (int)held.Picture!.Bytes[0]));
        Assert.Equal(4, grabber.Dropped);
        tap.Open(1);
        Assert.True(Take(grabber, ref held));
        Assert.Equal(5, held.Number);
        tap.Open(1);
    }

    [Fact]
    public void Frames_in_the_loops_hands_are_not_overwritten()
    {
        var tap = new Tap(isLive: true);
        using var grabber = Grabber(tap);
        var held = new Grab();
        tap.Open(1);
        Take(grabber, ref held);
        tap.Open(20);
        Until(() => grabber.Captured == 21);
        Assert.Equal(0, held.Picture!.Bytes[0]);
        tap.Open(1);
    }

    [Fact]
    public void It_ends_after_the_wanted_number_of_frames()
    {
        using var grabber = Grabber(new PatternCamera(32, 24), limit: 3);
        var held = new Grab();
        int frames = 0;
        while (Take(grabber, ref held)) frames++;
        Assert.Equal((3, 3), (frames, grabber.Captured));
    }

    [Fact]
    public void A_failure_is_told_after_the_frames_before_it()
    {
        var tap = new Tap(isLive: false, failsAt: 2);
        using var grabber = Grabber(tap);
        tap.Open(3);
        var held = new Grab();
        Assert.True(Take(grabber, ref held));
        Assert.True(Take(grabber, ref held));
        Assert.Equal("The tap broke.", Assert.Throws<LiveCamException>(() => Take(grabber, ref held)).Message);
    }

    [Fact]
    public void A_source_without_a_frame_is_an_error()
    {
        using var grabber = Grabber(new PatternCamera(32, 24, 30, frames: 0));
        var held = new Grab();
        Assert.Throws<LiveCamException>(() => Take(grabber, ref held));
    }

    [Fact]
    public void A_live_source_that_went_away_is_opened_again()
    {
        var tap = new Tap(isLive: true, end: 1);
        tap.Open(2);
        int attempts = 0;
        using var watcher = new Watcher(new CaptureSettings("tap")
        {
            Waits = true, Limit = 4, Times = Watcher.Times,
            Open = (_, _) => attempts++ switch { 0 => tap, 1 => throw new LiveCamException("Not yet."), _ => new PatternCamera(32, 24) },
        });
        watcher.Until(() => watcher.Grabber.HasEnded);
        Assert.Equal((3, 4), (attempts, watcher.Grabber.Captured));
        Assert.Equal([CameraState.Opening, CameraState.Live, CameraState.Lost, CameraState.Live], watcher.States);
    }

    [Fact]
    public void Somebody_who_wants_to_stop_does_not_wait()
    {
        var tap = new Tap(isLive: true);
        using var grabber = Grabber(tap);
        using var stop = new CancellationTokenSource(50);
        var held = new Grab();
        Assert.False(grabber.Take(ref held, TimeSpan.FromSeconds(20), stop.Token));
        tap.Open(1);
    }
}
