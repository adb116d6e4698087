using LiveCam.Engine.Vision;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Tests.Ui;

public sealed class WidgetTests
{
    [Fact]
    public void Tiles_are_disjoint_inside_their_box_and_found_again()
    {
        foreach (int count in new[] { 1, 2, 7, 16, 64, 144, 1000 })
            foreach (var box in new[] { new Rect(10, 20, 392, 179), new Rect(0, 0, 80, 300), new Rect(5, 5, 1000, 900) })
                foreach (float aspect in new[] { 1, 1.5f })
                {
                    var layout = TileLayout.Of(box, count, aspect, 1);
                    if (layout.Columns == 0) continue;
                    for (int i = 0; i < count; i++)
                    {
                        var tile = layout.Tile(i);
                        Assert.True(box.Contains(tile), $"{count} tiles, tile {i} at {tile} in {box}");
                        Assert.Equal(i, layout.At(tile.X, tile.Y));
                        Assert.Equal(i, layout.At(tile.Right - 0.5f, tile.Bottom - 0.5f));
                        if (i > 0) Assert.False(tile.Overlaps(layout.Tile(i - 1)));
                    }
                    Assert.Equal(-1, layout.At(box.X - 1, box.Y));
                    Assert.Equal(-1, layout.At(layout.Tile(0).Right + 0.5f, layout.Tile(0).Y));
                }
    }

    [Fact]
    public void A_tile_shows_its_part_of_the_atlas_in_the_colours_of_the_map()
    {
        var picture = new Picture(6, 4, PixelFormat.Gray8);
        for (int i = 0; i < 24; i++) picture.Bytes[i] = (byte)((i / 6 / 2 * 3 + i % 6 / 2) * 40);    // 3 x 2 tiles of 2 x 2, each of one value
        var theme = new Theme();
        var canvas = new Canvas();
        canvas.Begin(200, 90, theme.Background);
        var layout = TileGrid.Draw(canvas, theme, new(3, 3, 190, 80), new(picture, 2, 2, 3, 6, 0, 1), ColorMap.Magma);
        var frame = new Picture(200, 90, PixelFormat.Rgba8);
        new SoftwareRasterizer().Render(canvas, frame);
        for (int i = 0; i < 6; i++)
        {
            var tile = layout.Tile(i);
            Assert.Equal(ColorMap.Magma[i * 40], frame.At((int)tile.X, (int)tile.Y));
            Assert.Equal(ColorMap.Magma[i * 40], frame.At((int)tile.Right - 1, (int)tile.Bottom - 1));
        }
        Assert.Equal(theme.Background, frame.At((int)layout.Tile(0).Right, (int)layout.Tile(0).Y));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.25f)]
    [InlineData(0.5f)]
    [InlineData(1)]
    public void A_meter_is_as_long_as_its_value(float value)
    {
        var theme = new Theme();
        var frame = Drawing.Render(220, 20, theme.Background, c => Meter.Draw(c, theme, new(10, 5, 200, 9), value, Color.White));
        int white = 0;
        for (int x = 0; x < 220; x++) white += frame.At(x, 9) == Color.White ? 1 : 0;
        Assert.InRange(white, 200 * value - 1, 200 * value + 1);
    }

    [Fact]
    public void Stages_take_their_share_of_the_bar_and_a_late_frame_is_marked()
    {
        var theme = new Theme();
        Stage[] stages = [new("a", 10), new("b", 30)];
        var frame = Drawing.Render(420, 40, theme.Background, c => StageBar.Draw(c, theme, new(10, 0, 400, 40), stages, 20));
        int y = Enumerable.Range(0, 40).First(r => frame.At(60, r) == theme.Series[0]) + 2;
        Assert.Equal(theme.Series[0], frame.At(105, y));
        Assert.Equal(theme.Series[1], frame.At(115, y));
        Assert.Equal(theme.Series[1], frame.At(400, y));
        Assert.Equal(theme.Bad, frame.At(210, y));
    }

    [Fact]
    public void Lists_draw_only_the_rows_that_fit()
    {
        var theme = new Theme();
        var canvas = new Canvas();
        Bar[] bars = [new("a", 0.5f), new("b", 0.2f), new("c", 0.1f), new("d", 0.1f), new("e", 0.1f)];
        Stat[] stats = [new("a", 1), new("b", "text"), new("c", 3, "0.0", "ms")];
        foreach (float height in new[] { 0f, 10, 40, 70, 100, 200, 400 })
        {
            canvas.Begin(300, 500, theme.Background);
            var box = new Rect(20, 20, 160, height);
            int rows = BarList.Draw(canvas, theme, box, bars), lines = KeyValue.Draw(canvas, theme, box, stats);
            Assert.InRange(rows, 0, 5);
            Assert.True(height < 200 || rows == 5 && lines == 3);
            foreach (ref readonly var c in canvas.Commands)
                if (c.Kind == DrawKind.Fill) Assert.True(box.Inset(-0.01f).Contains(c.Bounds), $"{c.Bounds} in {box}");
        }
    }
}
