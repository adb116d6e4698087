using System.Diagnostics;
using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Record;
using LiveCam.Tests.Platform;
using LiveCam.Ui;

namespace LiveCam.Tests.Record;

/// <summary>Frames are drawn and encoded off the loop's thread: dropped and counted in a live run, all of them written in any other.</summary>
public sealed class RecorderTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly List<GivenWriter> writers = [];
    private readonly Canvas canvas = new();
    private readonly Picture seen = new(8, 8, PixelFormat.Gray8);

    public void Dispose() => scratch.Dispose();

    private GivenWriter Create(string path, int width, int height, double rate)
    {
        writers.Add(new GivenWriter(scratch[Path.GetFileName(path)], width, height, rate));
        return writers[^1];
    }

    /// <summary>A frame whose middle is of this brightness.</summary>
    private Canvas Frame(int brightness)
    {
        seen.Bytes.AsSpan().Fill((byte)brightness);
        canvas.Begin(64, 48, Color.Black);
        canvas.Image(seen, canvas.Bounds);
        return canvas;
    }

    [Fact]
    public void Without_anybody_looking_every_frame_is_written_in_order_however_slow_the_file_is()
    {
        GivenWriter video = Create("v.mp4", 64, 48, 30);
        using (var recorder = new Recorder(video, isLive: false, Create))
        {
            video.Gate.Reset();
            using var opener = new Timer(_ => video.Gate.Set(), null, 100, Timeout.Infinite);
            for (int i = 0; i < 40; i++) Assert.True(recorder.Append(Frame(i), 1));
            recorder.Finish();
            Assert.Equal(0, recorder.Dropped);
        }
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (byte)i), video.Middles);
        Assert.True(File.Exists(scratch["v.mp4"]));
    }

    [Fact]
    public void A_live_run_never_waits_for_a_file_that_hangs_and_counts_what_it_drops()
    {
        GivenWriter video = Create("v.mp4", 64, 48, 30);
        using var recorder = new Recorder(video, isLive: true, Create);
        video.Gate.Reset();
        long start = Stopwatch.GetTimestamp();
        int taken = 0;
        for (int i = 0; i < 200; i++) taken += recorder.Append(Frame(i), 1) ? 1 : 0;
        // Two hundred small copies take a few milliseconds; a frame that was waited for would take until the gate opens.
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5));
        Assert.Equal(4, taken);
        Assert.Equal(196, recorder.Dropped);
        video.Gate.Set();
        recorder.End();
        string sentence;
        while (!recorder.TryTakeNews(out sentence, out _)) Thread.Sleep(1);
        Assert.Contains("without 196 frames", sentence);
        Assert.Equal([0, 1, 2, 3], video.Middles);
    }

    [Fact]
    public void Frames_are_not_encoded_on_the_thread_that_gives_them()
    {
        GivenWriter video = Create("v.mp4", 64, 48, 30);
        using var recorder = new Recorder(video, isLive: false, Create);
        for (int i = 0; i < 8; i++) recorder.Append(Frame(i), 1);
        recorder.Finish();
        Assert.Equal(0, video.Threads & 1 << Environment.CurrentManagedThreadId);
        Assert.Single(Enumerable.Range(0, 32), bit => (video.Threads >> bit & 1) == 1);
    }

    [Fact]
    public void What_changes_after_a_frame_was_given_does_not_change_the_frame()
    {
        GivenWriter video = Create("v.mp4", 64, 48, 30);
        using var recorder = new Recorder(video, isLive: true, Create);
        video.Gate.Reset();
        Assert.True(recorder.Append(Frame(77), 1));
        Frame(200);
        video.Gate.Set();
        recorder.Finish();
        Assert.Equal([77], video.Middles);
    }

    [Fact]
    public void A_file_that_fails_is_one_sentence_and_snapshots_go_on()
    {
        using var recorder = new Recorder(null, isLive: true, Create);
        recorder.Begin(64, 48, 30);
        while (writers.Count == 0) Thread.Sleep(1);
        writers[0].FailsAt = 2;
        for (int i = 0; i < 20; i++)
        {
            recorder.Append(Frame(i), 1);
            Thread.Sleep(2);
        }
        Assert.True(recorder.Snapshot(Frame(9), scratch["after.png"], waits: true));
        Assert.False(recorder.HasVideo);
        List<string> complaints = [];
        recorder.Dispose();
        while (recorder.TryTakeNews(out string sentence, out bool isComplaint))
            if (isComplaint) complaints.Add(sentence);
        Assert.Contains("the disk is full", Assert.Single(complaints));
        Assert.True(File.Exists(scratch["after.png"]));
        Assert.Single(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_folder_that_vanishes_is_told_when_the_recorder_ends()
    {
        string folder = scratch["gone"];
        Directory.CreateDirectory(folder);
        using var recorder = new Recorder(VideoWriter.Create(Path.Combine(folder, "v.mp4"), 64, 48, 30), isLive: false, VideoWriter.Create);
        for (int i = 0; i < 3; i++) recorder.Append(Frame(i), 1);
        Directory.Delete(folder, recursive: true);
        Assert.Contains("v.mp4", Assert.Throws<LiveCamException>(recorder.Finish).Message);
    }

    [Fact]
    public void A_frame_given_again_costs_the_loop_no_memory()
    {
        GivenWriter video = Create("v.mp4", 64, 48, 30);
        using var recorder = new Recorder(video, isLive: false, Create);
        for (int i = 0; i < 20; i++) recorder.Append(Frame(i), 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) recorder.Append(Frame(i), 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512);
        recorder.Finish();
    }
}
