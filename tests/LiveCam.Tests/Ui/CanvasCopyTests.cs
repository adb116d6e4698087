using LiveCam.Engine.Vision;
using LiveCam.Tests.Ui.GlDisplay;
using LiveCam.Ui;

namespace LiveCam.Tests.Ui;

/// <summary>A copied draw list draws the same bytes later, whatever became of the first one and its pictures.</summary>
public sealed class CanvasCopyTests
{
    private readonly PictureCopies pictures = new();
    private readonly Canvas copy = new();

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(800, 1200)]
    public void The_copy_of_a_whole_frame_draws_the_same_bytes_after_everything_changed(int width, int height)
    {
        var frame = new SampleFrame();
        var canvas = new Canvas();
        for (int round = 0; round < 3; round++)
        {
            frame.Draw(canvas, new Theme(), width, height);
            Picture expected = Difference.BySoftware(canvas);
            copy.Copy(canvas, pictures);
            foreach (ref readonly DrawCommand command in canvas.Commands)
                if (command.Picture is { Version: 0 } picture) picture.Bytes.AsSpan().Fill((byte)(40 * round));
            canvas.Begin(width, height, Color.White);
            canvas.Text("something else", new Rect(0, 0, width, height), new TextStyle(40), Color.Black);
            Assert.Equal(expected.Bytes, Difference.BySoftware(copy).Bytes);
        }
    }

    [Fact]
    public void A_picture_that_counts_its_versions_is_copied_once_for_each_and_others_once_a_frame()
    {
        var counted = new Picture(16, 16, PixelFormat.Gray8);
        var other = new Picture(16, 16, PixelFormat.Gray8);
        counted.MarkChanged();
        for (int round = 0; round < 10; round++)
        {
            if (round == 5) Change(counted);
            other.Bytes[0] = (byte)round;
            Canvas canvas = Both(counted, other);
            copy.Copy(canvas, pictures);
            Assert.Equal(Difference.BySoftware(canvas).Bytes, Difference.BySoftware(copy).Bytes);
        }
        Assert.Equal(2 + 10, pictures.Copied);

        static void Change(Picture picture)
        {
            picture.Bytes[0] = 99;
            picture.MarkChanged();
        }
    }

    [Fact]
    public void A_picture_in_a_texture_is_read_back_once_for_all_its_tiles()
    {
        int reads = 0;
        var content = new Picture(16, 16, PixelFormat.Gray8);
        var image = new GlImage(7, 16, 16, PixelFormat.Gray8, () =>
        {
            reads++;
            content.Bytes.AsSpan().Fill((byte)(100 + reads));
            return content;
        });
        for (int round = 0; round < 2; round++)
        {
            var canvas = new Canvas();
            canvas.Begin(64, 64, Color.Black);
            for (int i = 0; i < 16; i++) canvas.Image(image, new Rect(i % 4 * 16, i / 4 * 16, 16, 16));
            copy.Copy(canvas, pictures);
        }
        Assert.Equal(2, reads);
        content.Bytes.AsSpan().Clear();
        Assert.Equal(102, Difference.BySoftware(copy).Row(50)[50 * 4]);
    }

    private static Canvas Both(Picture one, Picture two)
    {
        var canvas = new Canvas();
        canvas.Begin(64, 32, Color.Black);
        for (int i = 0; i < 4; i++)
        {
            canvas.Image(one, new Rect(i * 16, 0, 16, 16), smooth: false);
            canvas.Image(two, new Rect(i * 16, 16, 16, 16), smooth: false);
        }
        return canvas;
    }
}
