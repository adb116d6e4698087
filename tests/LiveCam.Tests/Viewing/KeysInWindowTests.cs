using LiveCam.Engine;
using LiveCam.Engine.Devices.Cpu;
using LiveCam.Engine.Tests;
using LiveCam.Engine.Vision;
using LiveCam.Networks;
using LiveCam.Platform;
using LiveCam.Plugins.Capture;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Viewing;

/// <summary>Keys that change more than a view, pressed in a real window: device, model, full screen, camera, video and snapshot.</summary>
[Collection(WindowCollection.Name)]
public sealed class KeysInWindowTests : IDisposable
{
    private static readonly CaptureSettings Pattern = new("pattern:96x64") { Speed = 1, Stays = true };

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private static PictureModel Model(string name) =>
        PictureModel.Load(Requirements.Data($"models/{name}/model.onnx"), Requirements.Data("labels/cifar10.txt"), new Dictionary<string, string>());

    private static PictureModel Gallery() => PictureModel.BuiltIn(new Dictionary<string, string> { ["width"] = "64", ["height"] = "48" });

    private static void Answers(LiveProgram live)
    {
        long number = live.Frame.Answer?.Number ?? -1;
        live.Until(() => live.Frame.Answer?.Number > number, "an answer to a newer picture");
    }

    [Fact]
    public void G_runs_the_network_on_OpenGL_and_back_and_says_so()
    {
        using var live = new LiveProgram(Model("resnet8-cifar10"), Pattern, scratch.Folder);
        Answers(live);
        Assert.Equal("cpu", live.Frame.Network!.Kind);
        foreach (string kind in new[] { "gl", "cpu" })
        {
            live.Press(Key.G, () => live.Frame.Network!.Kind == kind);
            Answers(live);
        }
        Assert.Empty(live.Frame.Faults);
    }

    [Fact]
    public void A_device_that_is_not_there_leaves_the_old_one_answering_and_says_why()
    {
        using var live = new LiveProgram(Model("resnet8-cifar10"), Pattern, scratch.Folder,
            open: kind => kind == "cpu" ? new CpuDevice(threads: 1) : throw new LiveCamException("There is no OpenGL here."));
        Answers(live);
        live.Press(Key.G, () => live.Screen.IsComplaint && live.Screen.Message == "There is no OpenGL here.");
        Assert.Equal("cpu", live.Frame.Network!.Kind);
        Answers(live);
    }

    [Fact]
    public void N_takes_the_next_model_and_one_that_is_broken_leaves_the_old_one_answering()
    {
        Directory.CreateDirectory(scratch["models"]);
        foreach ((string from, string to) in new[] { ("resnet20-cifar10", "a.onnx"), ("resnet8-cifar10", "b.onnx") })
            File.Copy(Requirements.Data($"models/{from}/model.onnx"), Path.Combine(scratch["models"], to));
        PictureModel first = PictureModel.Load(Path.Combine(scratch["models"], "a.onnx"), Requirements.Data("labels/cifar10.txt"), new Dictionary<string, string>());
        using var live = new LiveProgram(first, Pattern, scratch.Folder);
        Answers(live);
        string name = live.Frame.Network!.Name;
        int layers = live.Frame.Network.Layers.Count;
        live.Press(Key.N, () => live.Frame.Network!.Name != name);
        Assert.NotEqual(layers, live.Frame.Network!.Layers.Count);
        Answers(live);
        Assert.Contains(live.Frame.Answer!.Steady[0].Label, File.ReadLines(Requirements.Data("labels/cifar10.txt")));
        File.WriteAllText(Path.Combine(scratch["models"], "a.onnx"), "no model");
        live.Press(Key.N, () => live.Screen.IsComplaint && live.Screen.Message.Contains("a.onnx"));
        Assert.NotEqual(name, live.Frame.Network!.Name);
        Answers(live);
    }

    [Fact]
    public void N_with_the_gallery_says_that_there_is_no_next_model()
    {
        using var live = new LiveProgram(Gallery(), Pattern, scratch.Folder);
        Answers(live);
        live.Press(Key.N, () => live.Screen.IsComplaint && live.Screen.Message.Contains("no next model"));
        Answers(live);
    }

    [Fact]
    public void F_covers_the_screen_and_goes_back_and_the_frame_is_as_large_as_the_window()
    {
        using var live = new LiveProgram(Gallery(), Pattern, scratch.Folder, width: 480, height: 270);
        Answers(live);
        Window window = live.Host!.Window;
        window.Fullscreen = true;
        if (!window.Fullscreen) throw Requirements.Missing("monitor", "no monitor on this display to cover");
        window.Fullscreen = false;
        live.Until(() => window.FramebufferSize == (480, 270) && (live.Frame.Width, live.Frame.Height) == (480, 270));
        live.Press(Key.F, () => window.Fullscreen);
        live.Until(() => live.Frame.Width > 480 && (live.Frame.Width, live.Frame.Height) == window.FramebufferSize && live.Frame.Canvas!.Width == live.Frame.Width);
        Assert.True(live.Screen.IsFullscreen);
        live.Press(Key.F, () => !window.Fullscreen);
        live.Until(() => (live.Frame.Width, live.Frame.Height) == (480, 270) && live.Frame.Canvas!.Width == 480);
        Assert.Empty(live.Frame.Faults);
    }

    [Fact]
    public void V_records_what_is_seen_at_its_own_rate_and_P_saves_a_picture_meanwhile()
    {
        using var live = new LiveProgram(Gallery(), Pattern, scratch.Folder);
        Answers(live);
        TimeSpan began = live.Frame.Now;
        live.Press(Key.V, () => live.Screen.Message.StartsWith("recording ", StringComparison.Ordinal));
        Assert.True(live.Screen.IsRecording);
        TimeSpan second = live.Frame.Now + TimeSpan.FromSeconds(1);
        live.Until(() => live.Frame.Now > second);
        live.Press(Key.P, () => live.Screen.Message.EndsWith(".png", StringComparison.Ordinal));
        live.Press(Key.V, () => live.Screen.Message.StartsWith("saved ", StringComparison.Ordinal) && live.Screen.Message.Contains(".mp4"));
        TimeSpan ended = live.Frame.Now;
        Assert.False(live.Screen.IsRecording);
        Picture snapshot = ImageFile.Load(Assert.Single(Directory.GetFiles(scratch.Folder, "*.png")));
        Assert.Equal((live.Frame.Width, live.Frame.Height), (snapshot.Width, snapshot.Height));
        using Camera video = CameraSource.Open(Assert.Single(Directory.GetFiles(scratch.Folder, "*.mp4")));
        Picture? frame = null;
        int frames = 0;
        for (; video.Read(ref frame, out _); frames++) Assert.Equal((640, 360), (frame!.Width, frame.Height));
        // Thirty a second from the key to the key, less what a busy machine dropped.
        Assert.InRange(frames, live.Screen.Message.Contains("without") ? 1 : 25, 30 * (ended - began).TotalSeconds + 2);
        Assert.Equal(2, Directory.GetFileSystemEntries(scratch.Folder).Length);
    }

    [Fact]
    public void W_shows_the_next_camera_in_the_window()
    {
        ImageFile.Save(Scratch.Pattern(50, 40), scratch["start.png"]);
        using var live = new LiveProgram(Gallery(), Pattern with { Source = scratch["start.png"] }, scratch.Folder);
        Answers(live);
        for (int i = 0; i <= CameraList.Read().Count && live.Frame.Source != "pattern"; i++)
        {
            live.Press(Key.W);
            live.Until(() => live.Frame.Source != scratch["start.png"] || live.Screen.IsComplaint);
        }
        Assert.Equal("pattern", live.Frame.Source);
        Answers(live);
        Assert.Equal((640, 480), (live.Frame.Picture!.Width, live.Frame.Picture.Height));
    }
}
