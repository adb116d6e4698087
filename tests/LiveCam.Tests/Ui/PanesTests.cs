using LiveCam.Ui;

namespace LiveCam.Tests.Ui;

public sealed class PanesTests
{
    [Fact]
    public void Panes_are_disjoint_whole_and_inside_the_frame_at_every_size()
    {
        int[] widths = [640, 641, 720, 853, 960, 1024, 1280, 1366, 1599, 1920, 2560, 3440, 3839, 3840];
        int[] heights = [360, 361, 480, 540, 600, 720, 768, 900, 1080, 1200, 1440, 1600, 2159, 2160];
        foreach (int width in widths)
            foreach (int height in heights)
                foreach (bool large in new[] { false, true })
                    Check(width, height, new Theme(Theme.ScaleFor(width, height), large));
    }

    private static void Check(int width, int height, Theme theme)
    {
        var p = Panes.For(width, height, theme);
        (string Name, Rect Box)[] panes = [("camera", p.Camera), ("answers", p.Answers), ("features", p.Features), ("details", p.Details), ("status", p.Status)];
        var frame = new Rect(0, 0, width, height);
        for (int i = 0; i < panes.Length; i++)
        {
            var (name, box) = panes[i];
            string what = $"{name} {box} in {width}x{height}, large {theme.LargeText}";
            if (name == "details" && box == default) continue;
            Assert.True(frame.Contains(box), what);
            Assert.True(box == box.Snap(), what);
            Assert.True(box.Width >= 100 && box.Height >= 40, what);
            for (int j = 0; j < i; j++) Assert.False(box.Overlaps(panes[j].Box), $"{what} overlaps {panes[j]}");
        }
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(1920, 1080)]
    [InlineData(3840, 2160)]
    public void The_camera_is_the_largest_pane_and_the_answers_stand_right_above_the_features(int width, int height)
    {
        var p = Panes.For(width, height, new Theme(Theme.ScaleFor(width, height)));
        float Area(Rect r) => r.Width * r.Height;
        Assert.True(Area(p.Camera) > 2 * Area(p.Answers));
        Assert.True(p.Answers.X > p.Camera.Right && p.Features.X == p.Answers.X && p.Features.Y > p.Answers.Bottom);
        Assert.True(p.Status.Y > p.Camera.Bottom && p.Status.Width > width * 0.95f);
    }

    [Fact]
    public void The_same_design_at_twice_the_size_is_twice_as_large()
    {
        var one = Panes.For(1280, 720, new Theme(1));
        var two = Panes.For(2560, 1440, new Theme(2));
        foreach (var (a, b) in new[] { (one.Camera, two.Camera), (one.Answers, two.Answers), (one.Features, two.Features), (one.Status, two.Status) })
        {
            Assert.InRange(b.X - 2 * a.X, -2, 2);
            Assert.InRange(b.Y - 2 * a.Y, -2, 2);
            Assert.InRange(b.Width - 2 * a.Width, -2, 2);
            Assert.InRange(b.Height - 2 * a.Height, -2, 2);
        }
    }

    [Fact]
    public void Cutting_a_rectangle_may_overwrite_it()
    {
        var rest = new Rect(1, 2, 30, 40);
        Assert.Equal(new Rect(1, 2, 30, 5), rest.CutTop(5, out rest));
        Assert.Equal(new Rect(1, 36, 30, 6), rest.CutBottom(6, out rest));
        Assert.Equal(new Rect(1, 7, 7, 29), rest.CutLeft(7, out rest));
        Assert.Equal(new Rect(23, 7, 8, 29), rest.CutRight(8, out rest));
        Assert.Equal(new Rect(8, 7, 15, 29), rest);
    }
}
