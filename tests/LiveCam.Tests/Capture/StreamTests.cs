using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Commands;
using LiveCam.Tests.Platform;
using static LiveCam.Platform.CameraState;

namespace LiveCam.Tests.Capture;

/// <summary>A real MJPEG stream over HTTP and everything that happens to one.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly MjpegServer server = new();

    public void Dispose() => server.Dispose();

    [Fact]
    public void A_stream_plays_what_is_sent()
    {
        using var watcher = new Watcher(server.Url);
        watcher.Until(Live);
        watcher.UntilMore(3);
        Assert.Equal([Opening, Live], watcher.States);
        Assert.Equal((160, 120), (watcher.Picture!.Width, watcher.Picture.Height));
        Assert.Contains(Enumerable.Range(0, 40), i => Scratch.Difference(Scratch.Pattern(160, 120, i * 6), watcher.Picture) < 6);
        Assert.Equal($"http://127.0.0.1:{server.Port}/video.mjpg is live.", watcher.Changes[^1].Text);
        Assert.Equal(watcher.Grabber.Captured - 1 - watcher.Held.Number, watcher.Grabber.Captured - watcher.Grabber.Dropped - watcher.Taken);
    }

    [Fact]
    public void A_stream_that_is_cut_is_lost_and_comes_back_by_itself()
    {
        using var watcher = new Watcher(server.Url);
        watcher.Until(Live);
        server.Cut();
        watcher.Until(Lost);
        watcher.Until(() => watcher.Grabber.Status.Attempts >= 2);
        Assert.Contains("went away", watcher.Grabber.Status.Text);
        Assert.Contains("127.0.0.1", watcher.Grabber.Status.Detail);
        long before = watcher.Held.Number;
        TimeSpan time = watcher.Held.Time;
        server.Return();
        watcher.Until(Live);
        watcher.UntilMore(2);
        Assert.Equal([Opening, Live, Lost, Live], watcher.States);
        Assert.True(watcher.Held.Number > before && watcher.Held.Time > time, "numbers and times go on");
        Assert.Equal(0, watcher.Grabber.Status.Attempts);
    }

    [Fact]
    public void A_stream_that_stalls_is_frozen_then_lost_then_comes_back()
    {
        using var watcher = new Watcher(server.Url, Watcher.Times with { Frozen = TimeSpan.FromSeconds(0.7), Read = TimeSpan.FromSeconds(1.5) });
        watcher.Until(Live);
        server.IsSilent = true;
        watcher.Until(Frozen);
        Assert.Contains("stopped sending", watcher.Changes[^1].Text);
        watcher.Until(Lost);
        server.IsSilent = false;
        watcher.Until(Live);
        Assert.Equal([Opening, Live, Frozen, Lost, Live], watcher.States);
    }

    [Fact]
    public void A_stream_that_repeats_one_picture_is_frozen_until_it_moves()
    {
        using var watcher = new Watcher(server.Url, Watcher.Times with { Frozen = TimeSpan.FromSeconds(0.7) });
        watcher.Until(Live);
        long before = watcher.Grabber.Duplicated;
        byte[] still = server.Moving(7);
        server.Send(_ => still);
        watcher.Until(Frozen);
        Assert.Contains("the same picture", watcher.Changes[^1].Text);
        Assert.True(watcher.Grabber.Duplicated > before, "nothing was counted as repeated");
        server.Send(server.Moving);
        watcher.Until(Live);
        Assert.Equal([Opening, Live, Frozen, Live], watcher.States);
    }

    [Fact]
    public void A_stream_that_turns_black_is_called_black_until_there_is_light()
    {
        using var watcher = new Watcher(server.Url, Watcher.Times with { Black = TimeSpan.FromSeconds(0.3) });
        watcher.Until(Live);
        byte[] black = MjpegServer.Jpeg(new Picture(160, 120, PixelFormat.Bgr8));
        server.Send(_ => black);
        watcher.Until(Black);
        Assert.Contains("lens", watcher.Changes[^1].Text);
        server.Send(server.Moving);
        watcher.Until(Live);
        Assert.Equal([Opening, Live, Black, Live], watcher.States);
    }

    [Fact]
    public void A_stream_comes_back_with_another_size()
    {
        using var watcher = new Watcher(server.Url);
        watcher.Until(Live);
        server.Cut();
        watcher.Until(Lost);
        byte[][] larger = [.. Enumerable.Range(0, 8).Select(i => MjpegServer.Jpeg(Scratch.Pattern(322, 202, i * 30)))];
        server.Send(i => larger[i % larger.Length]);
        server.Return();
        watcher.Until(() => watcher.Picture is { Width: 322 });
        Assert.Equal(202, watcher.Picture!.Height);
        Assert.Contains(Enumerable.Range(0, 8), i => Scratch.Difference(Scratch.Pattern(322, 202, i * 30), watcher.Picture) < 6);
        Assert.Equal([Opening, Live, Lost, Live], watcher.States);
    }

    [Fact]
    public void A_size_that_changes_within_a_stream_is_followed()
    {
        using var watcher = new Watcher(server.Url);
        watcher.Until(Live);
        byte[][] smaller = [.. Enumerable.Range(0, 8).Select(i => MjpegServer.Jpeg(Scratch.Pattern(96, 64, i * 30)))];
        server.Send(i => smaller[i % smaller.Length]);
        watcher.Until(() => watcher.Picture is { Width: 96, Height: 64 });
        Assert.Contains(Enumerable.Range(0, 8), i => Scratch.Difference(Scratch.Pattern(96, 64, i * 30), watcher.Picture!) < 6);
        server.Send(server.Moving);
        watcher.Until(() => watcher.Picture is { Width: 160, Height: 120 });
        Assert.Equal([Opening, Live], watcher.States);
    }

    [Fact]
    public void A_damaged_picture_in_a_stream_is_left_out()
    {
        byte[] damaged = server.Moving(3)[..40];
        server.Send(i => i > 25 && i % 2 == 0 ? damaged : server.Moving(i));
        using var watcher = new Watcher(server.Url);
        watcher.Until(Live);
        watcher.Until(() => server.Sent > 60);
        watcher.UntilMore(3);
        Assert.Equal([Opening, Live], watcher.States);
        Assert.Contains(Enumerable.Range(0, 40), i => Scratch.Difference(Scratch.Pattern(160, 120, i * 6), watcher.Picture!) < 6);
    }

    [Fact]
    public void With_a_window_an_absent_stream_is_waited_for()
    {
        using var later = new MjpegServer(isOpen: false);
        using var watcher = new Watcher(later.Url);
        watcher.Until(() => watcher.Grabber.Status is { State: Absent, Attempts: >= 3 });
        Assert.Contains("is not there", watcher.Grabber.Status.Text);
        later.Return();
        watcher.Until(Live);
        Assert.Equal([Opening, Absent, Live], watcher.States);
    }

    [Fact]
    public void A_stream_that_takes_the_call_and_says_nothing_is_absent()
    {
        server.IsSilent = true;
        using var watcher = new Watcher(server.Url, Watcher.Times with { Open = TimeSpan.FromSeconds(0.4) });
        watcher.Until(Absent);
        server.IsSilent = false;
        server.Cut();
        Assert.Equal([Opening, Absent], watcher.States);
    }

    [Fact]
    public void Without_a_window_an_absent_stream_is_an_error()
    {
        using var nobody = new MjpegServer(isOpen: false);
        Call call = Call.Run("run", "--headless", "--device", "cpu", "--source", nobody.Url);
        Assert.Contains(nobody.Url, call.AssertFailed(1));
    }

    [Fact]
    public async Task Without_a_window_a_run_outlives_a_cut_and_says_so()
    {
        // The server cuts itself, however late this thread comes to run.
        var cut = new TaskCompletionSource();
        server.Send(i =>
        {
            if (i == 60 && !cut.Task.IsCompleted)
            {
                server.Cut();
                cut.SetResult();
            }
            return server.Moving(i);
        });
        Task<Call> running = Task.Run(() => Call.Run("run", "--headless", "--json", "--device", "cpu", "--model", "kernels", "--source", server.Url, "--frames", "100"));
        await cut.Task;
        await Task.Delay(100);
        server.Return();
        Call call = await running;
        Assert.True(call.Exit == 0, call.Error);
        Assert.Collection(call.ErrorLines, line => Assert.Contains("went away", line), line => Assert.Contains("is live", line));
        Assert.Equal(100, call.Json[^1].GetProperty("summary").GetProperty("captured").GetInt32());
    }

    [Fact]
    public void A_password_in_an_address_is_not_shown() =>
        Assert.Equal("rtsp://10.0.0.7:554/live", CameraSource.Title("rtsp://admin:secret@10.0.0.7:554/live?key=1"));
}
