using LiveCam.Engine.Vision;
using LiveCam.Plugins.Faults;
using LiveCam.Ui;

namespace LiveCam.Tests.Plugins;

/// <summary>An error is seen on the composed picture while it lasts, whatever its length and the picture's size.</summary>
public sealed class FaultsOnScreenTests
{
    private const string Long = "Loading plugins from \"/home/somebody/livecam/plugins/a_library_with_a_rather_long_name.dll\": it was built for version 4711 of the plugin contract, "
        + "but this program has version 1; build it against this program, with [assembly: PluginContract(PluginContract.Version)], and copy it over the old file; that is all, and more words follow.";

    private static Picture Composed(Frame frame)
    {
        frame.Canvas!.Begin(frame.Width, frame.Height, Color.Hex(0x000000));
        new FaultsPlugin().Draw(frame);
        var picture = new Picture(frame.Width, frame.Height, PixelFormat.Rgba8);
        new SoftwareRasterizer().Render(frame.Canvas, picture);
        return picture;
    }

    private static int Lit(Picture picture, int from, int to)
    {
        int lit = 0;
        for (int y = from; y < to; y++)
            for (int x = 0; x < picture.Width; x++)
                if (picture.Row(y)[x * 4] > 60) lit++;
        return lit;
    }

    [Fact]
    public void Nothing_is_drawn_while_all_is_well() => Assert.Equal(0, Lit(Composed(new Frame(640, 360, isShown: true)), 0, 360));

    [Theory]
    [InlineData(320, 240)]
    [InlineData(1280, 720)]
    [InlineData(3840, 2160)]
    public void Three_long_errors_leave_the_lower_part_of_the_picture_free(int width, int height)
    {
        var frame = new Frame(width, height, isShown: true);
        frame.Set(new Messages());
        for (int i = 0; i < 5; i++) frame.Said.Take(new Fault($"plugin {i}", Long));
        Picture picture = Composed(frame);
        Assert.True(Lit(picture, 0, height / 4) > width, "no border and no letters at the top");
        if (width >= 1280) Assert.Equal(0, Lit(picture, height / 2, height));
        if (Environment.GetEnvironmentVariable("LIVECAM_SAMPLES") is { } folder) LiveCam.Platform.ImageFile.Save(picture, Path.Combine(folder, $"faults-{width}.png"));
    }

    [Fact]
    public void One_word_that_is_wider_than_the_picture_ends()
    {
        var frame = new Frame(320, 240, isShown: true);
        frame.Set(new Messages());
        frame.Said.Take(new Fault("plugin", new string('x', 5000)));
        frame.Said.Take(new Fault("empty", ""));
        Assert.True(Lit(Composed(frame), 0, 120) > 320);
    }
}
