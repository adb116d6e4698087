using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Ui;

namespace LiveCam.Tests.Ui;

public sealed class SampleFrameTests
{
    /// <summary>With LIVECAM_SAMPLES naming a folder, and optionally LIVECAM_SAMPLE_PHOTO a picture, the frames are written there to be looked at.</summary>
    [Fact]
    public void A_frame_of_every_size_and_theme_draws_every_pane()
    {
        string? folder = Environment.GetEnvironmentVariable("LIVECAM_SAMPLES"), photo = Environment.GetEnvironmentVariable("LIVECAM_SAMPLE_PHOTO");
        var frame = new SampleFrame(photo is null ? null : ImageFile.Load(photo));
        var canvas = new Canvas();
        var rasterizer = new SoftwareRasterizer();
        foreach (var (width, height) in new[] { (1280, 720), (1920, 1080), (3840, 2160), (640, 360), (800, 1200), (2560, 800), (1024, 768) })
            foreach (var (large, contrast) in new[] { (false, false), (true, true) })
            {
                var theme = new Theme(Theme.ScaleFor(width, height), large, contrast);
                frame.Draw(canvas, theme, width, height);
                var picture = new Picture(width, height, PixelFormat.Rgba8);
                rasterizer.Render(canvas, picture);
                if (folder is not null)
                    ImageFile.Save(picture, Path.Combine(folder, $"{width}x{height}{(large ? "-large" : "")}.png"));
                var panes = Panes.For(width, height, theme);
                foreach (var pane in new[] { panes.Camera, panes.Answers, panes.Features, panes.Status })
                {
                    var colors = new HashSet<Color>();
                    for (float y = pane.Y; y < pane.Bottom; y += 2)
                        for (float x = pane.X; x < pane.Right; x += 2) colors.Add(picture.At((int)x, (int)y));
                    Assert.True(colors.Count > 12, $"{width}x{height} pane {pane} shows only {colors.Count} colours");
                }
            }
    }

    [Fact]
    public void A_repeated_frame_allocates_nothing()
    {
        var frame = new SampleFrame();
        var canvas = new Canvas();
        var rasterizer = new SoftwareRasterizer();
        var theme = new Theme();
        var picture = new Picture(1280, 720, PixelFormat.Rgba8);
        for (int i = 0; i < 3; i++) Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Once()
        {
            frame.Draw(canvas, theme, 1280, 720);
            rasterizer.Render(canvas, picture);
        }
    }

    [Fact]
    public void The_frame_looks_like_its_golden_picture()
    {
        var frame = new SampleFrame();
        var canvas = new Canvas();
        var picture = new Picture(1280, 720, PixelFormat.Rgba8);
        frame.Draw(canvas, new Theme(), 1280, 720);
        new SoftwareRasterizer().Render(canvas, picture);
        string golden = Path.Combine(AppContext.BaseDirectory, "Ui", "golden", "sample-1280x720.png");
        if (Environment.GetEnvironmentVariable("LIVECAM_SAMPLES") is { } folder) ImageFile.Save(picture, Path.Combine(folder, "sample-1280x720.png"));

        // Blends are exact; transcendental functions of the scene and square roots at corners may differ in the last bit between machines.
        var expected = ImageFile.Load(golden);
        Assert.Equal((1280, 720), (expected.Width, expected.Height));
        long difference = 0;
        int far = 0;
        for (int i = 0; i < 1280 * 720; i++)
            for (int channel = 0; channel < 3; channel++)
            {
                int d = Math.Abs(picture.Bytes[i * 4 + channel] - expected.Bytes[i * 3 + 2 - channel]);
                difference += d;
                if (d > 8) far++;
            }
        Assert.True(far < 1280 * 720 * 3 / 10000, $"{far} bytes differ by more than 8 from {golden}");
        Assert.True(difference < 1280 * 720 * 3 / 100, $"The frame differs from {golden} by {difference / (1280.0 * 720 * 3):0.000} on average");
    }
}
