using LiveCam.Ui;

namespace LiveCam.Tests.Ui;

public sealed class ColorMapTests
{
    // Values of matplotlib 3 and viridisLite at 0, 1/4, 1/2, 3/4 and 1.
    [Theory]
    [InlineData("viridis", 0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725)]
    [InlineData("magma", 0x000004, 0x51127C, 0xB73779, 0xFC8961, 0xFCFDBF)]
    [InlineData("cividis", 0x00204D, 0x414D6B, 0x7C7B78, 0xBCAF6F, 0xFFEA46)]
    [InlineData("gray", 0x000000, 0x404040, 0x808080, 0xBFBFBF, 0xFFFFFF)]
    public void A_map_passes_through_its_published_colours(string name, int a, int b, int c, int d, int e)
    {
        var map = ColorMap.All.Single(m => m.Name == name);
        int[] expected = [a, b, c, d, e];
        for (int i = 0; i < 5; i++)
        {
            Color want = Color.Hex((uint)expected[i]), got = map[(int)Math.Round(i * 255 / 4.0)];
            Assert.True(Math.Abs(want.R - got.R) <= 7 && Math.Abs(want.G - got.G) <= 7 && Math.Abs(want.B - got.B) <= 7, $"{name} at {i}/4: {got}, published {want}");
        }
    }

    [Fact]
    public void Sequential_maps_grow_lighter_throughout()
    {
        foreach (var map in ColorMap.All.Where(m => !m.Diverging))
            for (int i = 8; i < 256; i++)
                Assert.True(map[i].Luminance > map[i - 8].Luminance, $"{map.Name} at {i}");
    }

    [Fact]
    public void The_signed_map_is_darkest_at_zero_and_tells_signs_apart()
    {
        var map = ColorMap.Signed;
        Assert.Equal(Color.Hex(0x15191F), map[ColorMap.Zero]);
        for (int i = 8; i < 127; i++)
        {
            Assert.True(map[ColorMap.Zero + i].Luminance > map[ColorMap.Zero + i - 8].Luminance);
            Assert.True(map[ColorMap.Zero - i].Luminance > map[ColorMap.Zero - i + 8].Luminance);
            Assert.True(map[ColorMap.Zero + i].R > map[ColorMap.Zero + i].B && map[ColorMap.Zero - i].B > map[ColorMap.Zero - i].R);
        }
    }

    [Fact]
    public void The_default_is_first_and_names_are_unique()
    {
        Assert.Equal("viridis", ColorMap.All[0].Name);
        Assert.Equal(ColorMap.All.Count, ColorMap.All.Select(m => m.Name).Distinct().Count());
        Assert.All(ColorMap.All, m => Assert.All(m.Packed, p => Assert.Equal(255u, p >> 24)));
    }
}
