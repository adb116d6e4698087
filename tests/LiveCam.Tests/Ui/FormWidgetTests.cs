using System.Text;
using LiveCam.Engine.Vision;
using LiveCam.Platform;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Tests.Ui;

/// <summary>Widgets that a person acts on: button, slider, text field, list, thumbnails.</summary>
public sealed class FormWidgetTests
{
    private static readonly Theme theme = new();

    [Fact]
    public void A_button_shows_its_text_within_itself_and_looks_pressed_when_it_is_on()
    {
        var box = new Rect(10, 8, 0, Button.Height(theme)) with { Width = Button.Width(new Canvas(), theme, "switch off", "Enter") };
        Picture off = Draw(false), on = Draw(true);
        Assert.NotEqual(off.At(14, 20), on.At(14, 20));
        for (int y = 0; y < off.Height; y++)
            for (int x = 0; x < off.Width; x++)
                if (!box.Contains(x + 0.5f, y + 0.5f)) Assert.Equal(theme.Background, off.At(x, y));
        // The text takes room, so some pixels inside have its colour.
        Assert.Contains(Enumerable.Range(0, off.Width * off.Height), i => off.At(i % off.Width, i / off.Width) == theme.Text);

        Picture Draw(bool isOn) => Drawing.Render(200, 50, theme.Background, canvas => Button.Draw(canvas, theme, box, "switch off", "Enter", isOn));
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(-2.5f)]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(10)]
    public void A_slider_gives_back_the_value_where_its_handle_is_drawn(float value)
    {
        var slider = default(Slider);
        Picture picture = Drawing.Render(220, 30, theme.Background, canvas => slider = Slider.Draw(canvas, theme, new(10, 5, 200, 20), value, -10, 10));
        int[] handle = [.. Enumerable.Range(0, 220).Where(x => picture.At(x, 15) == theme.Text)];
        Assert.NotEmpty(handle);
        Assert.Equal(value, slider.At((float)handle.Average() + 0.5f), 0.11);
        Assert.Equal((-10f, 10f), (slider.At(-50), slider.At(500)));
    }

    [Fact]
    public void A_text_field_is_typed_into_and_edited()
    {
        var field = new TextField(most: 8);
        foreach (Rune rune in "red cüp🥤".EnumerateRunes()) Assert.True(field.Take(new(WindowEventKind.Text) { Character = rune }));
        // The last character needs two places, and one was left.
        Assert.Equal(("red cüp", 7), (field.Text, field.Caret));
        Press(Key.Home, Key.Delete, Key.Delete, Key.Delete, Key.Delete);
        Assert.Equal(("cüp", 0), (field.Text, field.Caret));
        foreach (Rune rune in "🥤".EnumerateRunes()) field.Take(new(WindowEventKind.Text) { Character = rune });
        Assert.Equal(("🥤cüp", 2), (field.Text, field.Caret));
        Press(Key.Left);
        Assert.Equal(0, field.Caret);
        Press(Key.Right, Key.Backspace);
        Assert.Equal(("cüp", 0), (field.Text, field.Caret));
        Press(Key.End, Key.Backspace);
        Assert.Equal("cü", field.Text);
        Assert.False(field.Take(new(WindowEventKind.KeyDown) { Key = Key.Enter }));
        Assert.False(field.Take(new(WindowEventKind.KeyDown) { Key = Key.Escape }));
        Assert.True(field.Take(new(WindowEventKind.KeyDown) { Key = Key.Q }), "a letter's key is for the field, so that it is no command");

        void Press(params ReadOnlySpan<Key> keys)
        {
            foreach (Key key in keys) Assert.True(field.Take(new(WindowEventKind.KeyDown) { Key = key }));
        }
    }

    [Fact]
    public void A_long_text_keeps_its_caret_in_the_field()
    {
        var field = new TextField();
        field.Set(new string('W', 60));
        var box = new Rect(10, 5, 150, 30);
        Picture picture = Drawing.Render(300, 40, theme.Background, canvas => field.Draw(canvas, theme, box));
        Assert.Contains(Enumerable.Range(0, 150), x => picture.At(10 + x, 20) == theme.Accent && x is > 5 and < 145);
        for (int x = 165; x < 300; x++) Assert.Equal(theme.Background, picture.At(x, 20));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(11, 11)]
    [InlineData(29, 29)]
    public void A_list_keeps_the_chosen_row_in_sight_and_finds_it_again(int selected, int expected)
    {
        ListRow[] rows = [.. Enumerable.Range(0, 30).Select(i => new ListRow($"row {i}", "1.0 ms", theme.Good))];
        var box = new Rect(5, 5, 300, 120);
        var layout = default(ListBoxLayout);
        Drawing.Render(320, 140, theme.Background, canvas => layout = ListBox.Draw(canvas, theme, box, rows, selected));
        Rect row = layout.Row(expected);
        Assert.True(box.Contains(row), $"{row} in {box}");
        Assert.Equal(expected, layout.At(row.X + 3, row.Y + 1));
        Assert.Equal(-1, layout.At(box.X + 1, box.Bottom + 1));
        Assert.InRange(layout.Rows, 2, 29);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(4000)]
    public void Thumbnails_are_disjoint_inside_their_box_and_found_again(int count)
    {
        var red = new Picture(4, 3, PixelFormat.Rgba8);
        for (int i = 0; i < 12; i++) (red.Bytes[i * 4], red.Bytes[i * 4 + 3]) = (255, 255);
        Thumbnail[] pictures = [.. Enumerable.Range(0, count).Select(i => new Thumbnail(red, $"{i}", theme.Accent))];
        var box = new Rect(5, 5, 400, 200);
        var layout = default(TileLayout);
        Picture drawn = Drawing.Render(420, 220, theme.Background, canvas => layout = ThumbnailGrid.Draw(canvas, theme, box, pictures));
        Assert.InRange(layout.Count, Math.Min(count, 20), count);
        for (int i = 0; i < layout.Count; i++)
        {
            Rect cell = layout.Tile(i);
            Assert.True(box.Contains(cell), $"{count} pictures, {i} at {cell} in {box}");
            Assert.Equal(i, layout.At(cell.CenterX, cell.CenterY));
            if (i > 0) Assert.False(cell.Overlaps(layout.Tile(i - 1)));
            Assert.Equal(Color.Hex(0xFF0000), drawn.At((int)cell.CenterX, (int)(cell.Y + (cell.Height - theme.LineHeight(theme.Caption)) / 2)));
        }
    }
}
