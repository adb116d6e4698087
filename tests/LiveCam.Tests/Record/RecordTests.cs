using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Plugins.Overlay;
using LiveCam.Plugins.Record;
using LiveCam.Tests.Platform;

namespace LiveCam.Tests.Record;

/// <summary>The video and the snapshot are finished whatever ends the run or fails in it.</summary>
public sealed class RecordTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private sealed class Breaking(int lastTick) : Plugin
    {
        private int ticks;

        public override string Name => "breaking";

        public override void Update(Frame frame)
        {
            if (ticks++ == lastTick) throw new LiveCamException("It broke.");
        }
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 6)]
    public void A_fault_leaves_a_finished_video_and_snapshot(bool isEssential, int frames)
    {
        PluginList plugins = [];
        plugins.Add(new Breaking(3), isEssential);
        // The run of a plugin that may fail goes on until another ends it.
        if (!isEssential) plugins.Add(new Ending(6));
        plugins.Add(new OverlayPlugin());
        plugins.Add(new RecordPlugin(scratch["picture.png"], scratch["video.mp4"], 320, 240, 30));
        var app = new LiveCamApp(plugins, new Frame(320, 240, isShown: true));
        if (isEssential) Assert.Throws<LiveCamException>(() => app.Run(CancellationToken.None));
        else app.Run(CancellationToken.None);
        using Camera video = CameraSource.Open(scratch["video.mp4"]);
        Picture? picture = null;
        int read = 0;
        while (video.Read(ref picture, out _)) read++;
        Assert.Equal(frames, read);
        Assert.Equal((320, 240), (ImageFile.Load(scratch["picture.png"]).Width, ImageFile.Load(scratch["picture.png"]).Height));
        Assert.Equal(2, Directory.GetFileSystemEntries(scratch.Folder).Length);
    }

    private sealed class Ending(int ticks) : Plugin
    {
        private int left = ticks;

        public override string Name => "ending";
        public override void Update(Frame frame) => frame.HasEnded = left-- == 0;
    }
}
