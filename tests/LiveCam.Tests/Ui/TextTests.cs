using LiveCam.Engine;
using LiveCam.Engine.Vision;
using LiveCam.Ui;

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
    public void Every_baked_glyph_except_blanks_has_ink_and_fits_its_line()
    {
        var font = Font.Inter;
        foreach (float size in new[] { 12f, 16, 28, 96 })
        {
            var strike = font.Strike(new(size, FontWeight.SemiBold));
            Assert.Equal(size, strike.Size);
            for (int glyph = 0; glyph <= font.MissingGlyph; glyph++)
            {
                uint code = glyph < font.MissingGlyph ? font.CodePoints[glyph] : 'x';
                ref readonly var mask = ref strike.Mask(glyph, 0);
                Assert.True(mask.Height > 0 != code is ' ' or 0xA0, $"U+{code:X4}");
                Assert.InRange(mask.Top, -strike.Descent - 1, strike.Ascent + 2 + size * 0.1f);
            }
        }
    }

    [Fact]
    public void The_symbols_the_program_uses_are_baked()
    {
        foreach (char c in "…–—×·•°%←↑→↓▲▼✓µ≥≤±éßÅÿ") Assert.NotEqual(Font.Inter.MissingGlyph, Font.Inter.Glyph(c));
    }

    [Fact]
    public void Unknown_characters_and_pairs_of_surrogates_are_one_box()
    {
        var font = Font.Inter;
        float box = font.Strike(Body).Advance(font.MissingGlyph);
        Assert.Equal(box, font.Measure("漢", Body));
        Assert.Equal(box, font.Measure("😀", Body));
        Assert.Equal(box, font.Measure("\ud83d", Body));
        Assert.True(Drawing.Render(40, 40, Color.Black, c => c.Text("漢", 5, 30, Body, Color.White)).Red() > 0);
    }

    [Fact]
    public void Drawn_ink_equals_the_coverage_of_the_masks()
    {
        var strike = Font.Inter.Strike(new(28));
        long coverage = 0;
        ref readonly var mask = ref strike.Mask(Font.Inter.Glyph('g'), 0);
        for (int y = 0; y < mask.Height; y++)
            foreach (byte b in strike.Page.Row(mask.Y + y).Slice(mask.X, mask.Width)) coverage += b;
        Assert.Equal(coverage, Drawing.Render(60, 60, Color.Black, c => c.Text("g", 10, 40, new(28), Color.White)).Red());
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
        var canvas = new Canvas();
        const string label = "golden retriever, sunny morning";
        float whole = canvas.Font.Measure(label, Body);
        for (float room = 20; room < whole + 5; room += 3.7f)
        {
            canvas.Begin(400, 40, Color.Black);
            float drawn = canvas.Text(label, new Rect(10, 5, room, 30), Body, Color.White);
            Assert.True(drawn <= room + 0.01f);
            int dots = canvas.Font.Glyph('…');
            var last = canvas.Glyphs[^1];
            bool ellipsis = last.Mask / canvas.Font.Strike(Body).Phases == dots;
            Assert.Equal(room < whole, ellipsis);
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
    public void The_nearest_baked_size_is_chosen()
    {
        Assert.Equal(16, Font.Inter.Strike(new(16.9f)).Size);
        Assert.Equal(18, Font.Inter.Strike(new(17.1f)).Size);
        Assert.Equal(144, Font.Inter.Strike(new(500, FontWeight.SemiBold)).Size);
        Assert.Equal(FontWeight.SemiBold, Font.Inter.Strike(new(110)).Weight);
    }

    [Fact]
    public void A_file_that_is_no_font_is_refused()
    {
        Assert.Throws<LiveCamException>(() => new Font([]));
        Assert.Throws<LiveCamException>(() => new Font(new byte[100]));
        Assert.Throws<LiveCamException>(() => new Font([.. "LCFONT1\0"u8, 255, 255, 1, 0, 2, 0, 0, 8]));
    }
}
