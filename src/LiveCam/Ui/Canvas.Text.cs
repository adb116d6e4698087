using LiveCam.Ui.Fonts;

namespace LiveCam.Ui;

public sealed partial class Canvas
{
    private char[] fitted = new char[256];

    /// <summary>Draws one line of text from (<paramref name="x"/>, <paramref name="baseline"/>) and returns its width in pixels.</summary>
    public float Text(ReadOnlySpan<char> text, float x, float baseline, TextStyle style, Color color)
    {
        var strike = Font.Strike(style);
        text = Shown(text, strike);
        int first = glyphCount;
        float end = Place(text, x, Row(baseline), strike);
        EndRun(first, strike, color);
        return end - x;
    }

    /// <summary>
    /// Draws one line of text in a box, capitals centred vertically; text wider than the box is cut, with an ellipsis. Returns the drawn width.
    /// </summary>
    public float Text(ReadOnlySpan<char> text, Rect box, TextStyle style, Color color, Align align = Align.Left, Cut cut = Cut.End)
    {
        if (text.IsEmpty || box.IsEmpty) return 0;
        var strike = Font.Strike(style);
        text = Shown(text, strike);
        float width = strike.Measure(text);
        if (width > box.Width + 0.01f)
        {
            if (fitted.Length <= text.Length) fitted = new char[text.Length * 2];
            text = Cutting.Fit(fitted, text, box.Width, strike, cut);
            width = strike.Measure(text);
        }
        float x = align switch { Align.Left => box.X, Align.Right => box.Right - width, _ => box.X + (box.Width - width) / 2 };
        int first = glyphCount;
        Place(text, x, Row(box.CenterY + strike.CapHeight / 2), strike);
        EndRun(first, strike, color);
        return width;
    }

    /// <summary>What a name from a file may not do to a window any more than to a terminal.</summary>
    private static ReadOnlySpan<char> Shown(ReadOnlySpan<char> text, Strike strike) =>
        strike.Plain.Covers(text) || Engine.Text.PlainText.IsPlain(text) ? text : Engine.Text.PlainText.Coded(text);

    /// <summary>Appends the visible glyphs of a text and returns the pen's end.</summary>
    private float Place(ReadOnlySpan<char> text, float pen, int baseline, Strike strike)
    {
        if (!strike.Plain.Covers(text))
        {
            ShapedText shaped = strike.Shape(text);
            foreach (ShapedGlyph glyph in shaped.Glyphs) Place(strike, glyph.Face, glyph.Glyph, pen + glyph.X, baseline - Row(glyph.Y));
            return pen + shaped.Width;
        }
        for (int i = 0; i < text.Length; i++)
        {
            if (i > 0) pen += strike.Kerning(text[i - 1], text[i]);
            Place(strike, (int)strike.Weight, strike.Plain[text[i]].Glyph, pen, baseline);
            pen += strike.Advance(text[i]);
        }
        return pen;
    }

    private void Place(Strike strike, int face, int glyph, float pen, int baseline)
    {
        int steps = (int)MathF.Floor(pen * strike.Phases + 0.5f);
        int x = steps >> int.Log2(strike.Phases), place = strike.Place(face, glyph, steps & (strike.Phases - 1));
        GlyphImage image = strike.Image(place);
        Clip clip = clips[clipDepth];
        bool seen = image.Width > 0 && x + image.Left < clip.Right && x + image.Left + image.Width > clip.Left
            && baseline - image.Top < clip.Bottom && baseline - image.Top + image.Height > clip.Top;
        if (!seen) return;
        if (glyphCount == glyphs.Length) Array.Resize(ref glyphs, glyphs.Length * 2);
        glyphs[glyphCount++] = new((short)x, (short)baseline, place);
    }

    private void EndRun(int first, Strike strike, Color color)
    {
        if (glyphCount == first || color.A == 0)
        {
            glyphCount = first;
            return;
        }
        ref var c = ref Add(DrawKind.Text, default, color, 0);
        (c.First, c.Count, c.Strike) = (first, glyphCount - first, strike);
    }
}
