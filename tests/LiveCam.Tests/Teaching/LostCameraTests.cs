using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Tests;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Plugins.Samples;
using LiveCam.Plugins.Teach;
using LiveCam.Teaching;
using LiveCam.Tests.Capture;
using LiveCam.Tests.Platform;
using LiveCam.Tests.Viewing;

namespace LiveCam.Tests.Teaching;

/// <summary>A network camera that is unplugged while a class is recorded from it.</summary>
public sealed class LostCameraTests : IDisposable
{
    private readonly TeachProgram program = new();
    private readonly MjpegServer server = new();

    public void Dispose()
    {
        server.Dispose();
        program.Dispose();
    }

    private LiveProgram Open()
    {
        var model = PictureModel.Load(program.Backbone, null, new Dictionary<string, string>());
        SampleStore store = program.Project.Open();
        return new LiveProgram(model, new CaptureSettings(server.Url) { Speed = 1, Stays = true, Times = Watcher.Times }, program.Project.Base, isWindow: false, features: PictureLayers.Features,
            more: [new SamplesPlugin(store, new SampleShelf(store)), new TeachPlugin(new Learner(store, () => new CpuDevice(threads: 1)))]);
    }

    private static int Count(LiveProgram live) => live.Frame.Teaching?.Classes.FirstOrDefault(one => one.Id == 1)?.Count ?? 0;

    private static void Send(LiveProgram live, WindowEventKind kind) => live.Frame.Events.Add(new(kind) { Key = Key.D1, Modifiers = Modifiers.Shift });

    /// <summary>Records some samples, and tears the connection in the middle of a picture while the key stays down.</summary>
    private int RecordAndUnplug(LiveProgram live)
    {
        live.Until(() => live.Frame.Camera.State == CameraState.Live && live.Frame.Answer is not null, "a live camera");
        Send(live, WindowEventKind.KeyDown);
        live.Until(() => Count(live) >= 5, "five samples");
        server.Tear();
        live.Until(() => live.Frame.Burst.IsWaiting, "the burst waits");
        Assert.Equal($"{server.Url} went away; trying to reach it again: what was recorded into class 1 so far is kept, and recording goes on with the next new picture.", live.Screen.Message);
        Assert.True(live.Screen.IsComplaint && live.Frame.Burst.IsOn);
        // What waits to be written comes to its end, and the last picture, which stays on the screen, is not recorded again.
        int before = -1;
        for (int i = 0; i < 200 && Count(live) != before; i++)
        {
            before = Count(live);
            for (int tick = 0; tick < 10; tick++) live.App.Tick();
        }
        return before;
    }

    /// <summary>The samples are one burst, and each is a picture that the camera sent.</summary>
    private void AssertWhole(int count)
    {
        program.Project.AssertConsistent();
        using SampleStore store = program.Project.Open();
        IReadOnlyList<Sample> samples = store.Samples();
        Assert.Equal((count, 1), (samples.Count, samples.Select(sample => sample.Burst).Distinct().Count()));
        foreach (Sample sample in samples)
        {
            var picture = PngFile.Load(store.PathOf(sample)!);
            Assert.Contains(Enumerable.Range(0, 40), i => Scratch.Difference(Scratch.Pattern(160, 120, i * 6), picture) < 6);
        }
        store.Undo();
        store.Settle();
        Assert.Equal(0, store.State.Count);
    }

    [Fact]
    public void A_burst_keeps_what_it_has_and_goes_on_when_the_camera_is_back()
    {
        int count;
        using (LiveProgram live = Open())
        {
            count = RecordAndUnplug(live);
            server.Return();
            live.Until(() => Count(live) >= count + 3, "more samples");
            Assert.False(live.Frame.Burst.IsWaiting);
            Send(live, WindowEventKind.KeyUp);
            live.App.Tick();
            Assert.False(live.Frame.Burst.IsOn);
            Assert.Empty(live.Frame.Faults);
        }
        using (SampleStore store = program.Project.Open()) count = store.State.Count;
        AssertWhole(count);
    }

    [Fact]
    public void A_burst_that_is_let_go_of_without_a_camera_has_ended()
    {
        int count;
        using (LiveProgram live = Open())
        {
            count = RecordAndUnplug(live);
            Send(live, WindowEventKind.KeyUp);
            live.App.Tick();
            Assert.Equal((false, false), (live.Frame.Burst.IsOn, live.Frame.Burst.IsWaiting));
            // Nor does pressing it again record what was seen last.
            Send(live, WindowEventKind.KeyDown);
            live.Until(() => live.Frame.Burst.IsWaiting, "waiting again");
            Send(live, WindowEventKind.KeyUp);
            live.App.Tick();
            server.Return();
            live.Until(() => live.Frame.Camera.State == CameraState.Live, "the camera");
            for (int i = 0; i < 20; i++) live.App.Tick();
            Assert.Equal(count, Count(live));
            Assert.Empty(live.Frame.Faults);
        }
        AssertWhole(count);
    }
}
