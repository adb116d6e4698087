using LiveCam.Engine.Tests;
using LiveCam.Ui;
using LiveCam.Ui.Fonts;

namespace LiveCam.Tests.Ui;

/// <summary>Text in scripts that join, turn and combine.</summary>
public sealed class ScriptsOnCanvasTests
{
    private static readonly TextStyle Style = new(32);

    /// <summary>Levels worked out by hand from UAX 9: a digit for each char.</summary>
    [Theory]
    [InlineData("abc", "000")]
    [InlineData("אבג", "111")]
    [InlineData("ab אב 12", "00011122")]
    [InlineData("אב 12.5% cd", "11122222122")]
    [InlineData("cat 12", "000000")]
    [InlineData("אב, גד!", "1111111")]
    [InlineData("ab (אב) cd", "0000110000")]
    [InlineData("שָׁלוֹם", "1111111")]
    public void Directions_follow_the_bidirectional_algorithm(string text, string expected)
    {
        var levels = new byte[text.Length];
        Bidi.Levels(text, levels);
        Assert.Equal(expected, string.Concat(levels));
    }

    [Fact]
    public void A_letter_and_its_mark_are_drawn_as_the_letter_that_has_it()
    {
        Assert.Equal(Font.Inter.Measure("\u00E9", Style), Font.Inter.Measure("e\u0301", Style), 0.01f);
        Assert.Equal(Drawn("caf\u00E9").Bytes, Drawn("cafe\u0301").Bytes);
    }

    [Fact]
    public void A_mark_stands_over_its_letter_and_takes_no_room()
    {
        // There is no such letter in Unicode, only the letter and the mark.
        Assert.Equal(Font.Inter.Measure("x", Style), Font.Inter.Measure("x\u0301", Style), 0.01f);
        Assert.True(Drawn("x\u0301").Red() > Drawn("x").Red());
    }

    [Fact]
    public void Arabic_letters_join_and_run_to_the_left()
    {
        Need('\u0628');
        Assert.InRange(Font.Inter.Measure("\u0628\u0628", Style), 10, 2 * Font.Inter.Measure("\u0628", Style) - 2);
        // The first word stands on the right: alif, a stroke, is far narrower than two letters.
        Assert.Equal("wide narrow", Widths(Drawn("\u0627 \u0628\u0628")));
        Assert.Equal("narrow wide", Widths(Drawn("\u0628\u0628 \u0627")));
    }

    [Fact]
    public void Numbers_in_a_line_to_the_left_keep_their_order()
    {
        Need('\u05D0');
        var shaped = Font.Inter.Strike(Style).Shape("\u05D0 12");
        var strike = Font.Inter.Strike(Style);
        Assert.True(strike.Plain.Covers("12"));
        Assert.Equal([strike.Plain['1'].Glyph, strike.Plain['2'].Glyph], shaped.Glyphs.Take(2).Select(glyph => glyph.Glyph));
    }

    [Fact]
    public void Shaped_text_costs_no_memory_the_second_time()
    {
        var canvas = new Canvas();
        Draw();
        Draw();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Draw();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Draw()
        {
            canvas.Begin(400, 60, Color.Black);
            canvas.Text("\u0410\u0438\u0306 x\u0301 \u05E9\u05DC\u05D5\u05DD 3.5", new Rect(5, 5, 60, 40), Style, Color.White, cut: Cut.Middle);
        }
    }

    private static void Need(char letter)
    {
        if (!Font.Inter.Has(letter)) throw Requirements.Missing($"a font with U+{(int)letter:X4}", "this system has none");
    }

    private static LiveCam.Engine.Vision.Picture Drawn(string text) => Drawing.Render(200, 80, Color.Black, canvas => canvas.Text(text, 20, 55, Style, Color.White));

    /// <summary>Which of two words, from left to right, is the wider one; they are told apart by the widest gap.</summary>
    private static string Widths(LiveCam.Engine.Vision.Picture picture)
    {
        var inked = Enumerable.Range(0, picture.Width).Where(x => Enumerable.Range(0, picture.Height).Any(y => picture.At(x, y).R > 0)).ToList();
        int gap = Enumerable.Range(1, inked.Count - 1).MaxBy(i => inked[i] - inked[i - 1]);
        return inked[gap - 1] - inked[0] > inked[^1] - inked[gap] ? "wide narrow" : "narrow wide";
    }
}
