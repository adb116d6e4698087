using LiveCam.Engine.Vision;
using LiveCam.Ui;
using LiveCam.Ui.Widgets;

namespace LiveCam.Tests.Ui;

public sealed class TextTests
{
    private static readonly TextStyle Body = new(16);

    [Fact]
    public void Every_digit_has_the_same_advance_in_every_strike()
    {
        var font = Font.Inter;
        foreach (var weight in Enum.GetValues<FontWeight>())
            for (int size = 11; size <= 144; size++)
                for (char c = '1'; c <= '9'; c++)
                    Assert.Equal(font.Measure("00", new(size, weight)), font.Measure([c, c], new(size, weight)));
    }

    [Fact]
    public void Every_letter_has_ink_and_fits_its_line()
    {
        foreach (float size in new[] { 12f, 16, 28, 96 })
        {
            var style = new TextStyle(size, FontWeight.SemiBold);
            var strike = Font.Inter.Strike(style);
            Assert.Equal(size, strike.Size);
            foreach (char c in Letters())
            {
                var (glyphs, canvas) = Placed($"{c}", style);
                var image = canvas.Font.Strike(style).Image(Assert.Single(glyphs).Place);
                Assert.InRange(image.Top, -strike.Descent - 1, strike.Ascent + 2 + size * 0.1f);
                Assert.Contains(image.Coverage, coverage => coverage > 100);
            }
        }

        static IEnumerable<char> Letters() => Enumerable.Range('!', '~' - '!').Concat(Enumerable.Range('¡', 'ÿ' - '¡').Where(c => c != 0xAD)).Select(c => (char)c);
    }

    [Fact]
    public void The_symbols_the_program_uses_are_in_the_font_that_comes_along()
    {
        foreach (char c in "…–—×·•°%←↑→↓▲▼✓µ≥≤±−éßÅÿΔσДжŁế") Assert.True(Font.Inter.Strike(Body).Plain.Covers([c]), $"U+{(int)c:X4}");
    }

    [Fact]
    public void What_no_font_has_is_one_box()
    {
        var font = Font.Inter;
        const string ours = "\U000F5F5F";                           // for private use
        Assert.False(font.Has(char.ConvertToUtf32(ours, 0)));
        float box = font.Measure(ours, Body);
        Assert.InRange(box, 4, 16);
        Assert.Equal(2 * box, font.Measure(ours + ours, Body), 0.01f);
        Assert.True(Drawing.Render(40, 40, Color.Black, c => c.Text(ours, 5, 30, Body, Color.White)).Red() > 0);
        Assert.True(font.Measure("\ud83d", Body) > 0);
    }

    [Fact]
    public void Drawn_ink_equals_the_coverage_of_the_glyph()
    {
        var style = new TextStyle(28);
        var image = Font.Inter.Strike(style).Image(Assert.Single(Placed("g", style).Glyphs).Place);
        Assert.Equal(image.Coverage.Sum(coverage => coverage), Drawing.Render(60, 60, Color.Black, c => c.Text("g", 10, 40, style, Color.White)).Red());
    }

    [Fact]
    public void Ink_covers_the_area_of_the_letter_at_every_sub_pixel_place()
    {
        // A capital I is a bar: as high as capitals and, at every place, of one area.
        var strike = Font.Inter.Strike(new(14));
        Assert.Equal(4, strike.Phases);
        var areas = Enumerable.Range(0, 4).Select(phase => strike.Image(strike.Place(0, strike.Plain.Covers("I") ? strike.Plain['I'].Glyph : 0, phase))).ToList();
        Assert.All(areas, image => Assert.Equal(strike.CapHeight, image.Height));
        int whole = areas[0].Coverage.Sum(coverage => coverage);
        Assert.All(areas, image => Assert.InRange(image.Coverage.Sum(coverage => coverage), whole * 0.97, whole * 1.03));
        Assert.Contains(areas, image => !image.Coverage.SequenceEqual(areas[0].Coverage));
    }

    [Fact]
    public void Text_is_translucent_exactly()
    {
        var opaque = Drawing.Render(60, 30, Color.Black, c => c.Text("Rough", 3, 20, Body, Color.White));
        var faint = Drawing.Render(60, 30, Color.Black, c => c.Text("Rough", 3, 20, Body, new Color(255, 255, 255, 100)));
        for (int y = 0; y < 30; y++)
            for (int x = 0; x < 60; x++) Assert.Equal((int)Math.Floor(opaque.At(x, y).R * 100 / 255.0 + 0.5), faint.At(x, y).R);
    }

    [Fact]
    public void Kerning_pulls_a_known_pair_together()
    {
        var font = Font.Inter;
        Assert.True(font.Measure("AV", new(96, FontWeight.SemiBold)) < font.Measure("A", new(96, FontWeight.SemiBold)) + font.Measure("V", new(96, FontWeight.SemiBold)) - 2);
    }

    [Fact]
    public void Long_text_ends_in_an_ellipsis_inside_its_box_and_short_text_is_whole()
    {
        const string label = "golden retriever, sunny morning";
        float whole = Font.Inter.Measure(label, Body);
        for (float room = 20; room < whole + 5; room += 3.7f)
        {
            string seen = Fitted(label, room, Cut.End);
            Assert.True(Font.Inter.Measure(seen, Body) <= room + 0.01f);
            Assert.Equal(room < whole, seen.EndsWith('…'));
            Assert.StartsWith(seen.TrimEnd('…'), label, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("American Staffordshire terrier")]
    [InlineData("مزرعة الخيول العربية الكبيرة")]
    [InlineData("Pla\u0301tano de las islas Canarias")]
    public void A_name_is_cut_in_the_middle_between_characters(string name)
    {
        float whole = Font.Inter.Measure(name, Body);
        for (float room = whole * 0.3f; room < whole; room += 7.3f)
        {
            string seen = Fitted(name, room, Cut.Middle);
            Assert.InRange(Font.Inter.Measure(seen, Body), room * 0.6f, room);
            string[] parts = seen.Split('…');
            Assert.Equal(2, parts.Length);
            Assert.StartsWith(parts[0], name, StringComparison.Ordinal);
            Assert.EndsWith(parts[1], name, StringComparison.Ordinal);
            Assert.All(parts, part => Assert.NotEmpty(part));
            Assert.False(parts[1].StartsWith('\u0301'), "a mark without its letter");
            Assert.False(parts[0].EndsWith('a') && name[parts[0].Length] == '\u0301', "a letter without its mark");
        }
    }

    /// <summary>Every one of such names is told from the others by what is left of it.</summary>
    [Theory]
    [InlineData("dataset-2024/flowers/class-0001", "dataset-2024/flowers/class-0002", "dataset-2024/flowers/class-0013")]
    [InlineData("American Staffordshire terrier, Staffordshire terrier", "American black bear, black bear", "American chameleon, anole")]
    [InlineData("a long common beginning, then one and a common end", "a long common beginning, then two and a common end", "a long common beginning, then ten and a common end")]
    public void No_two_names_of_a_list_look_alike(params string[] names)
    {
        foreach (float width in new[] { 150f, 180, 230 })
        {
            var rows = Enumerable.Range(0, names.Length).Select(i => Drawing.Render((int)width, 30, Color.Black, canvas =>
                Names.Draw(canvas, names[i], names.Max(other => Names.Alike(names[i], other)), new Rect(0, 0, width, 30), Body, Color.White))).ToList();
            Assert.Equal(names.Length, rows.Select(row => Convert.ToHexString(row.Bytes)).Distinct().Count());
        }
    }

    [Theory]
    [InlineData(Align.Left)]
    [InlineData(Align.Center)]
    [InlineData(Align.Right)]
    public void Alignment_places_the_ink_and_centres_capitals(Align align)
    {
        var p = Drawing.Render(100, 41, Color.Black, c => c.Text("HHH", new Rect(10, 0, 80, 41), new(28, FontWeight.SemiBold), Color.White, align));
        int left = 100, right = 0, top = 41, bottom = 0;
        for (int y = 0; y < 41; y++)
            for (int x = 0; x < 100; x++)
                if (p.At(x, y).R > 0) (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
        float width = Font.Inter.Measure("HHH", new(28, FontWeight.SemiBold));
        float expected = align switch { Align.Left => 10, Align.Right => 90 - width, _ => 50 - width / 2 };
        Assert.InRange(left, expected, expected + 4);
        Assert.InRange(right, expected + width - 5, expected + width);
        Assert.InRange((top + bottom + 1) / 2.0, 20, 21.5);
    }

    [Fact]
    public void Sizes_are_whole_pixels_within_bounds()
    {
        Assert.Equal(17, Font.Inter.Strike(new(16.9f)).Size);
        Assert.Equal(17, Font.Inter.Strike(new(17.1f)).Size);
        Assert.Equal(400, Font.Inter.Strike(new(500, FontWeight.SemiBold)).Size);
        Assert.Equal(6, Font.Inter.Strike(new(1)).Size);
    }

    private static string Fitted(string text, float room, Cut cut)
    {
        var strike = Font.Inter.Strike(Body);
        return strike.Measure(text) <= room ? text : Cutting.Fit(new char[text.Length + 1], text, room, strike, cut).ToString();
    }

    private static (PlacedGlyph[] Glyphs, Canvas Canvas) Placed(string text, TextStyle style)
    {
        var canvas = new Canvas();
        canvas.Begin(800, 200, Color.Black);
        canvas.Text(text, 10, 120, style, Color.White);
        return (canvas.Glyphs.ToArray(), canvas);
    }
}
