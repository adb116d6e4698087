using System.Diagnostics;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Plugins.Controls;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Capture;

/// <summary>The camera is switched by key and by dropped files while the loop runs; what is broken leaves the old one running.</summary>
public sealed class SwitchTests : IDisposable
{
    private readonly Scratch scratch = new();
    private readonly Frame frame = new(64, 48, isShown: false);
    private readonly List<string> told = [];
    private LiveCamApp? app;

    public void Dispose()
    {
        app?.Unload();
        scratch.Dispose();
    }

    /// <summary>A loop as a window has it.</summary>
    private void Start(string source = "pattern:40x30", Func<string, CameraWish, Camera>? open = null, CaptureTimes? times = null)
    {
        var settings = new CaptureSettings(source) { Speed = 1, Stays = true, Times = times ?? Watcher.Times, Open = open ?? CameraSource.Open };
        app = new LiveCamApp([new ControlsPlugin(), new CapturePlugin(settings, CancellationToken.None)], frame, note: told.Add);
        app.Load();
        Until(() => frame.Picture is not null);
    }

    private void Until(Func<bool> happened)
    {
        for (long start = Stopwatch.GetTimestamp(); !happened(); Thread.Sleep(1))
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"it did not happen: {frame.Source}, {frame.Said.Text}, {frame.Camera}");
            app!.Tick();
        }
    }

    private void Press(Key key) => frame.Events.Add(new(WindowEventKind.KeyDown) { Key = key });

    private void Drop(string path) => frame.Events.Add(new(WindowEventKind.Drop) { Path = path });

    [Fact]
    public void W_goes_round_the_cameras_the_source_of_the_start_and_the_pattern()
    {
        string first = scratch["start.png"];
        ImageFile.Save(Scratch.Pattern(40, 30), first);
        Start(first);
        string[] turn = [.. CameraList.Read().Select(camera => $"{camera.Index}"), first, "pattern"];
        Assert.True(turn.Length >= 2);
        // Cameras of the machine may be busy; the two that are always there are gone round twice.
        foreach (string next in new[] { "pattern", first, "pattern", first })
        {
            long number = frame.Number;
            for (int i = 0; i < turn.Length && frame.Source != next; i++)
            {
                Press(Key.W);
                app!.Tick();
                Until(() => frame.Source == next || frame.Said.IsWarning || frame.Source != first && frame.Source != "pattern");
            }
            Until(() => frame.Source == next && frame.Number > number);
        }
        Assert.Equal((40, 30), (frame.Picture!.Width, frame.Picture.Height));
    }

    [Fact]
    public void With_one_camera_W_says_so_and_changes_nothing()
    {
        if (CameraList.Read().Count > 0) throw Requirements.Missing("no camera", "a camera is connected to this machine");
        Start("pattern");
        Press(Key.W);
        app!.Tick();
        Assert.Equal("The test pattern is the only camera", frame.Said.Text);
        Assert.Equal("pattern", frame.Source);
    }

    [Fact]
    public void A_dropped_picture_folder_or_video_becomes_the_source()
    {
        Start();
        ImageFile.Save(Scratch.Pattern(50, 20), scratch["one.png"]);
        Directory.CreateDirectory(scratch["slides"]);
        ImageFile.Save(Scratch.Pattern(30, 60), Path.Combine(scratch["slides"], "a.png"));
        using (VideoWriter video = VideoWriter.Create(scratch["clip.avi"], 64, 32, 25))
        {
            for (int i = 0; i < 5; i++) video.Write(Scratch.Pattern(64, 32, i));
            video.Finish();
        }
        foreach ((string name, int width, int height) in new[] { ("one.png", 50, 20), ("slides", 30, 60), ("clip.avi", 64, 32) })
        {
            Drop(scratch[name]);
            Until(() => frame.Picture!.Width == width && frame.Picture.Height == height);
            Assert.Equal((scratch[name], name), (frame.Source, frame.Said.Text));
        }
        Assert.Empty(told);
    }

    [Theory]
    [InlineData("missing.mp4", "no such file")]
    [InlineData("garbage.mp4", "garbage.mp4")]
    [InlineData("garbage.png", "garbage.png")]
    [InlineData("empty", "empty")]
    [InlineData("report.docx", "report.docx")]
    public void A_source_that_is_broken_leaves_the_old_one_running_and_says_why(string name, string why)
    {
        foreach (string file in new[] { "garbage.mp4", "garbage.png", "report.docx" }) scratch.Write(file, "nothing that anybody could show, however long it is looked at"u8);
        Directory.CreateDirectory(scratch["empty"]);
        Start();
        Drop(scratch[name]);
        Until(() => frame.Said.IsWarning);
        Assert.Contains(why, frame.Said.Text);
        Assert.DoesNotContain("\n", frame.Said.Text);
        Assert.Equal(frame.Said.Text, Assert.Single(told));
        long number = frame.Number;
        Until(() => frame.Number > number + 2);
        Assert.Equal(("pattern:40x30", CameraState.Live), (frame.Source, frame.Camera.State));
        Assert.False(frame.HasEnded);
    }

    [Fact]
    public void Until_the_new_source_has_a_picture_the_old_one_goes_on_and_one_that_hangs_is_given_up()
    {
        using var release = new ManualResetEventSlim();
        Start(times: Watcher.Times with { GiveUp = TimeSpan.FromMilliseconds(400) }, open: (source, wish) =>
        {
            if (source.Contains("hung")) release.Wait();
            return CameraSource.Open(source, wish);
        });
        Drop("hung");
        Until(() => frame.Said.IsWarning);
        Assert.Contains("has not answered", frame.Said.Text);
        long number = frame.Number;
        Until(() => frame.Number > number + 2);
        Assert.Equal((40, 30), (frame.Picture!.Width, frame.Picture.Height));
        release.Set();
    }

    [Fact]
    public void What_was_captured_is_what_was_taken_and_dropped_across_switches()
    {
        using var watcher = new Watcher("pattern:40x30");
        for (int i = 0; i < 6; i++)
        {
            watcher.UntilMore(2);
            int width = i % 2 == 0 ? 50 : 40;
            watcher.Grabber.Switch($"pattern:{width}x30");
            watcher.Until(() => watcher.Picture!.Width == width);
        }
        watcher.Grabber.Switch("missing.mp4");
        string? why = null;
        watcher.Until(() => watcher.Grabber.TryTakeRefusal(out why));
        Assert.Contains("missing.mp4", why);
        // A picture may be ready that nobody took yet.
        Assert.InRange(watcher.Grabber.Captured - watcher.Taken - watcher.Grabber.Dropped, 0, 1);
    }
}
