using LiveCam.Ui;

namespace LiveCam.Tests.Ui;

public sealed class ThemeTests
{
    [Theory]
    [InlineData(false, 4.5)]
    [InlineData(true, 7)]
    public void Text_contrast_reaches_the_stated_ratio_on_every_surface(bool highContrast, double least)
    {
        var theme = new Theme(1, false, highContrast);
        foreach (var ground in new[] { theme.Background, theme.Surface })
            foreach (var text in new[] { theme.Text, theme.TextDim, theme.TextFaint, theme.Accent, theme.Good, theme.Warn, theme.Bad })
                Assert.True(Color.Contrast(text, ground) >= least, $"{text} on {ground}: {Color.Contrast(text, ground):0.00}");
    }

    [Fact]
    public void Bars_and_series_stand_out_from_the_ground()
    {
        // WCAG 2.1, 1.4.11: graphical objects need 3:1.
        var theme = new Theme();
        foreach (var color in theme.Series.Append(theme.TextFaint))
            Assert.True(Color.Contrast(color, theme.Well) >= 3, $"{color}: {Color.Contrast(color, theme.Well):0.00}");
    }

    [Fact]
    public void Contrast_of_known_pairs_matches_the_definition()
    {
        Assert.Equal(21, Color.Contrast(Color.Black, Color.White), 6);
        Assert.Equal(4.48, Color.Contrast(Color.Hex(0x777777), Color.White), 0.005);    // the well-known grey that just fails
        Assert.Equal(1, Color.Contrast(Color.Hex(0x123456), Color.Hex(0x123456)), 6);
    }

    [Fact]
    public void Large_text_and_scale_enlarge_every_style()
    {
        Theme plain = new(), large = new(1, largeText: true), doubled = new(2);
        Func<Theme, TextStyle>[] styles = [t => t.Caption, t => t.Body, t => t.Strong, t => t.Row, t => t.Title, t => t.Headline, t => t.Answer];
        foreach (var style in styles)
        {
            Assert.True(style(large).Size > style(plain).Size);
            Assert.Equal(2 * style(plain).Size, style(doubled).Size);
        }
        Assert.Equal(1, new Theme(0.2f).Scale);
        Assert.Equal(3, new Theme(9).Scale);
    }
}
